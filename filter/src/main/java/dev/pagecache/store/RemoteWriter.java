package dev.pagecache.store;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends queued writes to a remote store on one background daemon thread, which also runs the breakers' probes. It holds
 * back a bounded number and weight of writes and gives up each that fails.
 *
 * <p>Safe for use by many threads.
 */
final class RemoteWriter {
    private static final int MAX_WRITES = 1_024;
    /** In a small heap an eighth of it. */
    private static final long MAX_BYTES =
            Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 8);

    private static final long CLOSE_MILLIS = 1_500;

    /** The probe of writes is a write: a full Redis or a replica answers a PING well. */
    private static final String PROBE_NAME = "{probe}";

    private static final byte[] PROBE_VALUE = "probe".getBytes(StandardCharsets.US_ASCII);

    private final WriteQueue queue = new WriteQueue(MAX_WRITES, MAX_BYTES);
    private final Consumer<WriteQueue.Write> sender;
    private final BooleanSupplier isUnreachable;
    private final StoreCounters counters;
    private final CircuitBreaker breaker;
    private final ScheduledThreadPoolExecutor executor;

    /** Whether a drain is scheduled or running. */
    private final AtomicBoolean isDraining = new AtomicBoolean();

    RemoteWriter(
            RemoteStore remote,
            Consumer<WriteQueue.Write> sender,
            BooleanSupplier isUnreachable,
            StoreCounters counters,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.sender = sender;
        this.isUnreachable = isUnreachable;
        this.counters = counters;
        this.executor =
                new ScheduledThreadPoolExecutor(1, RemoteWriter::daemon, new ThreadPoolExecutor.DiscardPolicy());
        this.executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.breaker =
                new CircuitBreaker(() -> probe(remote), this::later, nanoTime, random, StoreEvents.breakerOf("writes"));
    }

    /** If only the server of the probe's name is away, others take writes. */
    private static void probe(RemoteStore remote) {
        try {
            remote.put(PROBE_NAME, PROBE_VALUE, Duration.ofSeconds(1));
        } catch (RemoteException e) {
            if (e.kind() != RemoteException.Kind.PARTIAL) {
                throw e;
            }
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "pagecache-store");
        thread.setDaemon(true);
        return thread;
    }

    void put(StoredRecord record) {
        offer(new WriteQueue.Write(record.key(), record));
    }

    void remove(CacheKey key) {
        offer(new WriteQueue.Write(key, null));
    }

    WriteQueue.@Nullable Write pending(CacheKey key) {
        return queue.pending(key);
    }

    boolean isBreakerOpen() {
        return breaker.isOpen();
    }

    boolean isIdle() {
        return queue.isEmpty() && !isDraining.get();
    }

    /** Runs the task later on the writer's thread; after {@link #stop} not at all. */
    void later(Runnable task, Duration delay) {
        Future<?> unused = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void offer(WriteQueue.Write write) {
        // A pending put of the key must not outlive what comes after it, so a write of such a key is queued in any
        // case.
        if (isHopeless(write) && queue.pending(write.key) == null) {
            counters.droppedWrites.increment();
            return;
        }
        counters.droppedWrites.add(queue.offer(write));
        if (!isDraining.get() && isDraining.compareAndSet(false, true)) {
            executor.execute(this::drain);
        }
    }

    /** A full Redis refuses puts but not removes: these are tried as long as it answers reads. */
    private boolean isHopeless(WriteQueue.Write write) {
        return breaker.isOpen() && (!write.isRemove() || isUnreachable.getAsBoolean());
    }

    private void drain() {
        try {
            for (WriteQueue.Write write = queue.peek(); write != null; write = queue.peek()) {
                sendOnce(write);
            }
        } finally {
            isDraining.set(false);
        }
        // T1 saw an empty queue, T2 queued and saw a drain under way, T1 ended it: T1 looks again.
        if (!queue.isEmpty() && isDraining.compareAndSet(false, true)) {
            executor.execute(this::drain);
        }
    }

    private void sendOnce(WriteQueue.Write write) {
        try {
            if (isHopeless(write)) {
                counters.droppedWrites.increment();
            } else {
                send(write);
            }
        } finally {
            queue.done(write);
        }
    }

    /** The one seam where what a remote write throws ends. */
    private void send(WriteQueue.Write write) {
        try {
            sender.accept(write);
            counters.writes.increment();
            if (!write.isRemove()) {
                breaker.succeeded();
            }
        } catch (RuntimeException e) {
            counters.writeErrors.increment();
            if (isFault(e)) {
                breaker.failed(e);
            }
            StoreEvents.writeFailed(e);
        }
    }

    /** A record without a place in the format, or a lack of connections, says nothing about the remote store. */
    private static boolean isFault(RuntimeException e) {
        if (e instanceof RemoteException own) {
            return own.kind() == RemoteException.Kind.UNAVAILABLE;
        }
        return !(e instanceof IllegalArgumentException);
    }

    /** Waits until every write so far was sent or dropped, a bounded time. */
    void awaitWrites(Duration atMost) {
        CountDownLatch sent = new CountDownLatch(1);
        later(sent::countDown, Duration.ZERO);
        try {
            boolean unused = sent.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes no more work, drops what is queued and interrupts what runs. */
    void stop() {
        executor.shutdownNow();
        counters.droppedWrites.add(queue.clear());
    }

    /** Waits a bounded time for the thread to end, which closing the remote store has set free. */
    void awaitEnd() {
        try {
            executor.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
