package dev.pagecache.redis;

import dev.pagecache.store.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One daemon thread for what no request waits for. Safe for use by many threads. */
final class Background implements CircuitBreaker.Later, AutoCloseable {
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, Background::daemon, new ThreadPoolExecutor.DiscardPolicy());

    Background() {
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "pagecache-redis-topology");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void run(Runnable task, Duration delay) {
        Future<?> unused = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Starts nothing more and interrupts what runs. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
