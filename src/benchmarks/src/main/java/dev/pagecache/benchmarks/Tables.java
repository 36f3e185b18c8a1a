package dev.pagecache.benchmarks;

import dev.pagecache.benchmarks.EngineCosts.Cost;
import java.util.List;
import java.util.Locale;

/** The results as Markdown. */
final class Tables {
    private Tables() {}

    static String machine() {
        return String.format(
                Locale.ROOT,
                "%d cores, %s %s, %s %s",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
    }

    static String comparisons(String base, String ours, List<Comparison> comparisons) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "| what | bytes | throughput ratio | CPU ratio | CPU ratio of the lowest | %1$s: op/s, CPU µs,"
                        + " allocated B | %2$s: op/s, CPU µs, allocated B |%n|---|---|---|---|---|---|---|%n",
                base,
                ours));
        for (Comparison comparison : comparisons) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.2f | %.2f | %.2f | %s | %s |%n",
                    comparison.name(),
                    comparison.bytes(),
                    comparison.throughputRatio(),
                    comparison.cpuRatio(),
                    comparison.lowestCpuRatio(),
                    side(comparison.base()),
                    side(comparison.ours())));
        }
        return table.toString();
    }

    private static String side(List<Round> rounds) {
        return String.format(
                Locale.ROOT,
                "%.0f, %.1f, %.0f",
                Comparison.median(rounds, Round::perSecond),
                Comparison.median(rounds, Round::cpuMicros),
                Comparison.median(rounds, Round::allocatedBytes));
    }

    static String costs(List<Cost> costs) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT, "| operation | CPU ns, lowest | ns, mean | allocated B |%n|---|---|---|---|%n"));
        for (Cost cost : costs) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f |%n",
                    cost.name(),
                    cost.cpuNanos(),
                    cost.nanos(),
                    cost.allocatedBytes()));
        }
        return table.toString();
    }
}
