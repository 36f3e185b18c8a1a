package dev.pagecache.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Sends requests at a fixed rate, whether or not those before are answered, and counts the time of each from the moment
 * at which it was due. A slow answer therefore hides no other one. Confined to one thread.
 */
final class PacedClient implements AutoCloseable {
    /** Most requests on their way at a time: more than are due while one waits for the longest deadline. */
    private static final int WORKERS = 128;

    private final List<Worker> workers = new ArrayList<>();

    /**
     * What to ask for.
     *
     * @param port of the server
     * @param target path and query
     * @param group number under which answers are counted
     */
    record Request(int port, String target, int group) {}

    /**
     * An answer.
     *
     * @param request the request
     * @param dueNanos when it was due, as {@link System#nanoTime}
     * @param nanos from then to the end of the answer
     * @param isHit whether it came from a cache
     */
    record Sample(Request request, long dueNanos, long nanos, boolean isHit) {}

    PacedClient() {
        for (int i = 0; i < WORKERS; i++) {
            workers.add(new Worker());
        }
    }

    /** Connections that are kept from run to run, one to each server. Confined to one thread at a time. */
    private static final class Worker {
        private final Map<Integer, KeptConnection> connections = new HashMap<>();

        boolean isHit(Request request) throws IOException {
            KeptConnection connection = connections.get(request.port());
            if (connection == null) {
                connection = new KeptConnection(request.port());
                connections.put(request.port(), connection);
            }
            return connection.isHit(request.target());
        }
    }

    /**
     * Sends requests for a time and waits for all answers.
     *
     * @param requests the request of each number, counted from 0
     * @param perSecond how many a second
     * @param time for how long
     */
    List<Sample> run(LongFunction<Request> requests, int perSecond, Duration time) {
        long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long count = time.toNanos() / interval;
        AtomicLong next = new AtomicLong();
        long start = System.nanoTime();
        List<FutureTask<List<Sample>>> tasks = new ArrayList<>();
        for (Worker worker : workers) {
            FutureTask<List<Sample>> task = new FutureTask<>(() -> {
                List<Sample> samples = new ArrayList<>();
                for (long i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    samples.add(send(worker, requests.apply(i), start + i * interval));
                }
                return samples;
            });
            tasks.add(task);
            new Thread(task, "paced client").start();
        }
        List<Sample> all = new ArrayList<>();
        tasks.forEach(task -> all.addAll(result(task)));
        return all;
    }

    private static Sample send(Worker worker, Request request, long due) throws IOException {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        boolean isHit = worker.isHit(request);
        return new Sample(request, due, System.nanoTime() - due, isHit);
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        for (Worker worker : workers) {
            worker.connections.values().forEach(PacedClient::close);
        }
    }

    private static void close(KeptConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
