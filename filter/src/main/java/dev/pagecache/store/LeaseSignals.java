package dev.pagecache.store;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends of leases that this node hears of, for those who wait for them. One that is heard before anybody waits is lost.
 *
 * <p>Safe for use by many threads.
 */
public final class LeaseSignals {
    private final ConcurrentHashMap<String, CountDownLatch> waiting = new ConcurrentHashMap<>();

    /** Nobody waits. */
    public LeaseSignals() {}

    /**
     * Wakes all who wait.
     *
     * @param name name of the lease that has ended
     */
    public void ended(String name) {
        CountDownLatch latch = waiting.remove(name);
        if (latch != null) {
            latch.countDown();
        }
    }

    /** Waits for the end of a lease; false if interrupted. */
    boolean await(String name, Duration atMost) {
        CountDownLatch latch = waiting.computeIfAbsent(name, any -> new CountDownLatch(1));
        try {
            boolean unused = latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            // Who waits besides looks again by himself when his moment is over.
            waiting.remove(name, latch);
        }
    }
}
