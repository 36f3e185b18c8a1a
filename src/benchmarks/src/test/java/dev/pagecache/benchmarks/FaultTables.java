package dev.pagecache.benchmarks;

import dev.pagecache.benchmarks.FaultLatency.Row;
import dev.pagecache.benchmarks.FaultLatency.Spread;
import java.util.List;
import java.util.Locale;

/** What was measured of faults, as Markdown. */
final class FaultTables {
    private static final double MILLI = 1e6;

    private FaultTables() {}

    static String latency(List<Row> rows) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "| Redis is | all requests, without Redis: p50, p99, p99.9 ms | with | not in memory, without Redis |"
                        + " with | slow, of | hits of those not in memory |%n|---|---|---|---|---|---|---|%n"));
        for (Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %d of %,d | %.3f |%n",
                    row.name(),
                    millis(row.baseAll()),
                    millis(row.all()),
                    millis(row.baseRemote()),
                    millis(row.remote()),
                    row.slow(),
                    row.requests(),
                    row.hits()));
        }
        return table.toString();
    }

    private static String millis(Spread spread) {
        return String.format(
                Locale.ROOT, "%.1f, %.1f, %.1f", spread.p50() / MILLI, spread.p99() / MILLI, spread.p999() / MILLI);
    }

    static String recovery(Recovery.Result result) {
        return String.format(
                Locale.ROOT,
                "| Redis was | ms until it is used again, each time |%n|---|---|%n| frozen | %s |%n| killed, back empty |"
                        + " %s |%n",
                millis(result.frozen()),
                millis(result.restarted()));
    }

    private static String millis(List<Long> nanos) {
        return String.join(
                ", ",
                nanos.stream()
                        .map(each -> String.format(Locale.ROOT, "%.0f", each / MILLI))
                        .toList());
    }

    static String failovers(List<FailoverWindow.Result> results) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "| what | s until its last miss | pages concerned | hits of the others | p99 meanwhile, ms"
                        + " |%n|---|---|---|---|---|%n"));
        for (FailoverWindow.Result result : results) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %d | %.3f | %.1f |%n",
                    result.name(),
                    result.seconds(),
                    result.pages(),
                    result.othersHits(),
                    result.p99() / MILLI));
        }
        return table.toString();
    }
}
