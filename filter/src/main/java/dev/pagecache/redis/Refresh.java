package dev.pagecache.redis;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Learns again and again, in the background, which servers there are: now and then of its own accord, and soon after
 * somebody has asked for it, but with a pause between two times.
 *
 * <p>Safe for use by many threads.
 */
final class Refresh {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final double JITTER = 0.2;

    private final Background background;
    private final Runnable work;
    private final Duration period;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final AtomicBoolean isAsked = new AtomicBoolean();
    private final CountDownLatch first = new CountDownLatch(1);

    /**
     * Of the background's thread: when the work was done last; before the first time, so long ago that it may begin.
     */
    private long endNanos;

    /**
     * What does the work at times.
     *
     * @param work learns, and throws nothing
     * @param period how often at least, spread by ±20 % so that many nodes do not ask at once
     */
    Refresh(Background background, Runnable work, Duration period, LongSupplier nanoTime, RandomGenerator random) {
        this.background = background;
        this.work = work;
        this.period = period;
        this.nanoTime = nanoTime;
        this.random = random;
        this.endNanos = nanoTime.getAsLong() - PAUSE_NANOS;
    }

    /** Begins at once. */
    void start() {
        ask();
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        background.run(this::start, Duration.ofNanos((long) (factor * period.toNanos())));
    }

    /** Has the work done soon. */
    void ask() {
        if (!isAsked.get() && isAsked.compareAndSet(false, true)) {
            background.run(this::runAfterPause, Duration.ZERO);
        }
    }

    private void runAfterPause() {
        long pause = endNanos + PAUSE_NANOS - nanoTime.getAsLong();
        if (pause > 0) {
            background.run(this::runAfterPause, Duration.ofNanos(pause));
            return;
        }
        // Who asks from here on may know more than the work finds.
        isAsked.set(false);
        try {
            work.run();
        } finally {
            endNanos = nanoTime.getAsLong();
            first.countDown();
        }
    }

    /** Waits until the work was done once, well or not, and no longer than it is said. */
    void awaitFirst(long waitNanos) {
        try {
            boolean unused = first.await(waitNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
