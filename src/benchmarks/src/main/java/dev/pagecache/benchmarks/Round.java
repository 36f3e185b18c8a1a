package dev.pagecache.benchmarks;

/**
 * What one round of one side came to.
 *
 * @param operations operations done, more than 0
 * @param nanos time that they took
 * @param usage what the measured process used for them
 */
record Round(long operations, long nanos, Usage usage) {

    double perSecond() {
        return operations * 1e9 / nanos;
    }

    double cpuMicros() {
        return usage.cpuNanos() / 1e3 / operations;
    }

    double allocatedBytes() {
        return (double) usage.allocatedBytes() / operations;
    }
}
