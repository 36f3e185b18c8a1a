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

    static String collisions(List<CollidingKeys.Cost> costs) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "| look-up among | keys | random: p50, p99 ns | one hash code: p50, p99 ns | ratio of p50 | ratio of p99"
                        + " |%n|---|---|---|---|---|---|%n"));
        for (CollidingKeys.Cost cost : costs) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %,d, %,d | %,d, %,d | %.1f | %.1f |%n",
                    cost.name(),
                    cost.keys(),
                    cost.random().p50(),
                    cost.random().p99(),
                    cost.colliding().p50(),
                    cost.colliding().p99(),
                    (double) cost.colliding().p50() / cost.random().p50(),
                    (double) cost.colliding().p99() / cost.random().p99()));
        }
        return table.toString();
    }

    static String flood(UrlFlood.Result result) {
        double mib = 1 << 20;
        return String.format(
                Locale.ROOT,
                "| URLs | bound of the pages, MiB | heap after a collection, MiB | beyond the bound, MiB | hits of the hot"
                        + " set before | during |%n|---|---|---|---|---|---|%n| %,d | %.1f | %.1f | %.1f | %.4f | %.4f |%n",
                result.urls(),
                result.maxBytes() / mib,
                result.heapBytes() / mib,
                result.beyondBytes() / mib,
                result.hitRatioBefore(),
                result.hitRatioDuring());
    }

    static String purges(Purges.Result result) {
        return String.format(
                Locale.ROOT,
                "| purges a second | reach of another node: p50, p99 µs | reads without purges: p50, p99 µs | reads meanwhile:"
                        + " p50, p99 µs | 100,000 names, MiB |%n|---|---|---|---|---|%n| %,.0f | %s | %s | %s | %.1f |%n",
                result.perSecond(),
                micros(result.reach()),
                micros(result.idleReads()),
                micros(result.busyReads()),
                result.mirrorBytes() / (double) (1 << 20));
    }

    private static String micros(CollidingKeys.Times nanos) {
        return String.format(Locale.ROOT, "%,d, %,d", nanos.p50() / 1_000, nanos.p99() / 1_000);
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
