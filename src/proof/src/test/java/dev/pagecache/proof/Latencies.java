package dev.pagecache.proof;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long answers took, in steps of an eighth of a power of two.
 *
 * <p>Safe for use by many threads.
 */
final class Latencies {
    private static final int STEPS = 8;

    private final AtomicLongArray counts = new AtomicLongArray(64 * STEPS);

    void add(long nanos) {
        counts.incrementAndGet(index(Math.max(1, nanos)));
    }

    long count() {
        long sum = 0;
        for (int i = 0; i < counts.length(); i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    /** The time in microseconds within which that part of the answers came, 0 if there were none. */
    long micros(double part) {
        double left = count() * part;
        for (int i = 0; i < counts.length(); i++) {
            left -= counts.get(i);
            if (left <= 0 && counts.get(i) > 0) {
                return upper(i) / 1000;
            }
        }
        return 0;
    }

    private static int index(long nanos) {
        int power = 63 - Long.numberOfLeadingZeros(nanos);
        long step = power < 3 ? 0 : (nanos >>> (power - 3)) - STEPS;
        return power * STEPS + (int) step;
    }

    private static long upper(int index) {
        int power = index / STEPS;
        long step = index % STEPS + 1L;
        return power < 3 ? 1L << (power + 1) : (STEPS + step) << (power - 3);
    }
}
