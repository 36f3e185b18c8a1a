package dev.pagecache.proof;

/**
 * Since when nothing is wrong. Times are those of one monotonic clock, in nanoseconds.
 *
 * <p>Safe for use by many threads.
 */
final class Health {
    /** What {@link #since} gives while a fault is on. */
    static final long NEVER = Long.MAX_VALUE;

    private final long recoveryNanos;
    private long since;

    /** Everything is new: it counts as just recovering. */
    Health(long recoveryNanos, long nowNanos) {
        this.recoveryNanos = recoveryNanos;
        this.since = nowNanos + recoveryNanos;
    }

    /** Called before a fault is injected. */
    synchronized void faultBegins() {
        since = NEVER;
    }

    /** Called after a fault is over. */
    synchronized void faultEnds(long nowNanos) {
        since = nowNanos + recoveryNanos;
    }

    /** The time from which on nothing was or will be wrong, which may be to come, or {@link #NEVER}. */
    synchronized long since() {
        return since;
    }

    synchronized boolean isHealthy(long nowNanos) {
        return since <= nowNanos;
    }
}
