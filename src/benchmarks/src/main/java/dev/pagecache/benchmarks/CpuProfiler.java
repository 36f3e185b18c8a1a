package dev.pagecache.benchmarks;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds the processor time of the process per operation, that of the iteration with the least: other processes take
 * time, but hardly processor time, from a benchmark. Confined to the thread that runs iterations.
 */
public final class CpuProfiler implements InternalProfiler {
    /** Name of the result. */
    static final String NAME = "cpu.norm";

    private long before;

    /** JMH makes the object. */
    public CpuProfiler() {}

    @Override
    public String getDescription() {
        return "processor time per operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = Usage.now().cpuNanos();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double used = Usage.now().cpuNanos() - before;
        long operations = Math.max(1, result.getMetadata().getAllOps());
        return List.of(new ScalarResult(NAME, used / operations, "ns/op", AggregationPolicy.MIN));
    }
}
