package dev.pagecache.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process brings about. */
public final class Poll {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private Poll() {}

    /** Returns as soon as the condition holds; fails the test if it never does. */
    public static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > DEADLINE_NANOS) {
                throw new AssertionError("in vain waited until " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
