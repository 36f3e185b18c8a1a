package dev.pagecache.store;

import java.util.concurrent.TimeUnit;

/** How long a background thread waits before it tries again. */
final class Backoff {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int MAX_DOUBLINGS = 10;

    /** A connection that is lost once is back at once, and worth no line in the log. */
    static final int FAILURES_TO_TELL = 2;

    private Backoff() {}

    /** Nanoseconds after so many failures in a row, 1 or more. */
    static long nanos(int failures) {
        return Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(failures - 1, MAX_DOUBLINGS));
    }
}
