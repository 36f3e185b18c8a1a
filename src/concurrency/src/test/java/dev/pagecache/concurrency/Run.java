package dev.pagecache.concurrency;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** How much is tried: a little in every build, as much as is worth it with the profile {@code concurrency}. */
public final class Run {
    private Run() {}

    /** Whether the long run was asked for. */
    static boolean isLong() {
        return "long".equals(System.getProperty("concurrency.run"));
    }

    /**
     * Tries the interleavings of a scenario one after the other, switching threads where they touch what they share.
     *
     * @return options for two threads of two or three operations each
     */
    public static ModelCheckingOptions modelChecking() {
        return new ModelCheckingOptions()
                .iterations(isLong() ? 100 : 8)
                .invocationsPerIteration(isLong() ? 2_000 : 100)
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(isLong() ? 3 : 2)
                .actorsAfter(1);
    }
}
