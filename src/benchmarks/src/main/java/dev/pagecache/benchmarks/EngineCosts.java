package dev.pagecache.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What the engine costs without a container, by JMH. */
final class EngineCosts {
    private EngineCosts() {}

    /**
     * What one operation costs.
     *
     * @param name of the operation
     * @param nanos mean time in nanoseconds
     * @param cpuNanos processor time in nanoseconds, of the iteration that took the least
     * @param allocatedBytes bytes allocated
     */
    record Cost(String name, double nanos, double cpuNanos, double allocatedBytes) {}

    static List<Cost> run(Edition edition) throws RunnerException {
        Options options = new OptionsBuilder()
                .include("\\Q" + EngineHitBenchmark.class.getName() + "\\E\\..*")
                .include("\\Q" + MissBenchmark.class.getName() + "\\E\\..*")
                .forks(edition.forks())
                .warmupIterations(edition.warmups())
                .warmupTime(TimeValue.milliseconds(edition.iteration().toMillis()))
                .measurementIterations(edition.iterations())
                .measurementTime(TimeValue.milliseconds(edition.iteration().toMillis()))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
        List<Cost> costs = new ArrayList<>();
        for (RunResult result : new Runner(options).run()) {
            String[] name = result.getParams().getBenchmark().split("\\.", -1);
            Result<?> time = result.getPrimaryResult();
            costs.add(new Cost(
                    name[name.length - 1],
                    time.getScore(),
                    score(result, CpuProfiler.NAME),
                    score(result, "gc.alloc.rate.norm")));
        }
        return costs;
    }

    /** NaN if a profiler did not give it. */
    private static double score(RunResult run, String name) {
        Result<?> result = run.getSecondaryResults().get(name);
        return result == null ? Double.NaN : result.getScore();
    }
}
