package dev.pagecache.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps callers away from a remote store that fails. Closed: calls go through. Open after {@value #FAILURES_TO_OPEN}
 * failures among the last {@value #CALLS_COUNTED} calls, in a row or not: calls are skipped. Half-open belongs to a
 * background probe alone: after the open time it asks the remote store once, and closes the breaker or doubles the open
 * time. No caller ever waits for a probe.
 *
 * <p>Asking costs one volatile read. Safe for use by many threads.
 */
public final class CircuitBreaker {
    /** Failures that open it. */
    public static final int FAILURES_TO_OPEN = 5;

    /** Calls among which they count: where every fourth call fails, one request of a hundred would wait for long. */
    public static final int CALLS_COUNTED = 20;

    private static final int ALL_COUNTED = (1 << CALLS_COUNTED) - 1;

    private static final long FIRST_OPEN_MILLIS = 500;

    /** A probe is cheap, and callers do without the store until one is served: 2 seconds with jitter at most. */
    private static final long LONGEST_OPEN_MILLIS = 1_500;

    private static final double JITTER = 0.2;

    /** Runs a task once, later, on a background thread. Drops it without a word when it is shut down. */
    @FunctionalInterface
    public interface Later {

        /**
         * Runs the task after the delay.
         *
         * @param task what to run
         * @param delay from now on
         */
        void run(Runnable task, Duration delay);
    }

    /** Is told of every change of state, once, on the thread that made it. */
    public interface Listener {

        /**
         * Calls are skipped from now on.
         *
         * @param cause the last failure, or null if it was told without one
         */
        void opened(@Nullable RuntimeException cause);

        /**
         * Calls go through again.
         *
         * @param openFor how long they did not
         */
        void closed(Duration openFor);
    }

    private final Runnable probe;
    private final Later later;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Listener listener;

    /** The last calls, a bit each, the latest one lowest: 1 is a failure. */
    private final AtomicInteger history = new AtomicInteger();

    private final Object change = new Object();

    private volatile boolean isOpen;

    /** Both guarded by the lock. */
    private long openedNanos;

    private long openMillis;

    /**
     * A closed breaker.
     *
     * @param probe asks the remote store and throws if it does not serve
     * @param later runs the probe in the background
     * @param nanoTime the node's monotonic time in nanoseconds
     * @param random spreads the probes of many nodes by ±20 %
     * @param listener is told of changes
     */
    public CircuitBreaker(
            Runnable probe, Later later, LongSupplier nanoTime, RandomGenerator random, Listener listener) {
        this.probe = probe;
        this.later = later;
        this.nanoTime = nanoTime;
        this.random = random;
        this.listener = listener;
    }

    /**
     * Whether calls are to be skipped.
     *
     * @return false if a call may be made
     */
    public boolean isOpen() {
        return isOpen;
    }

    /** A call was served. A late one that began before the breaker opened does not close it. */
    public void succeeded() {
        if (history.get() != 0 && !isOpen) {
            history.updateAndGet(calls -> calls << 1 & ALL_COUNTED);
        }
    }

    /**
     * A call failed.
     *
     * @param cause why, or null
     */
    public void failed(@Nullable RuntimeException cause) {
        if (isOpen
                || Integer.bitCount(history.updateAndGet(calls -> (calls << 1 | 1) & ALL_COUNTED)) < FAILURES_TO_OPEN) {
            return;
        }
        synchronized (change) {
            if (isOpen) {
                return;
            }
            openedNanos = nanoTime.getAsLong();
            openMillis = FIRST_OPEN_MILLIS;
            isOpen = true;
        }
        listener.opened(cause);
        scheduleProbe();
    }

    /**
     * Runs in the background, one at a time: each probe is scheduled by the one before or by the opening. An Error is
     * the runner's to report, yet the next probe must come.
     */
    private void runProbe() {
        boolean isServing = false;
        try {
            probe.run();
            isServing = true;
        } catch (RuntimeException e) {
            // A task runner's seam: whatever it is, the store does not serve.
        } finally {
            if (!isServing) {
                synchronized (change) {
                    openMillis = Math.min(LONGEST_OPEN_MILLIS, 2 * openMillis);
                }
                scheduleProbe();
            }
        }
        if (isServing) {
            close();
        }
    }

    private void close() {
        long openNanos;
        synchronized (change) {
            openNanos = nanoTime.getAsLong() - openedNanos;
            history.set(0);
            isOpen = false;
        }
        listener.closed(Duration.ofNanos(openNanos));
    }

    private void scheduleProbe() {
        long millis;
        synchronized (change) {
            millis = openMillis;
        }
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        later.run(this::runProbe, Duration.ofNanos((long) (factor * TimeUnit.MILLISECONDS.toNanos(millis))));
    }
}
