package dev.pagecache.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many pages are renewed a second because somebody wants them refreshed: a bucket that holds one token and is
 * filled at an even pace, so that the load of a refresh is even, too.
 *
 * <p>Safe for use by many threads. Nobody waits.
 */
public final class RefreshRate {
    private final long intervalNanos;
    private final LongSupplier nanoTime;

    /** The time from which on there is a token. */
    private final AtomicLong next;

    /**
     * A full bucket.
     *
     * @param perSecond tokens a second, 0 for none at all
     * @param nanoTime monotonic time
     */
    public RefreshRate(int perSecond, LongSupplier nanoTime) {
        this.intervalNanos = perSecond <= 0 ? 0 : Math.max(1, TimeUnit.SECONDS.toNanos(1) / perSecond);
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** Takes the token, if it is there. */
    boolean tryTake() {
        long now = nanoTime.getAsLong();
        long due = next.get();
        // Of threads that see the same token one gets it; the others come later to a bucket just emptied.
        return intervalNanos > 0 && now - due >= 0 && next.compareAndSet(due, now + intervalNanos);
    }
}
