package dev.pagecache.benchmarks;

import java.io.IOException;

/**
 * Runs the part {@code faults} and prints the results as Markdown. It stands among the tests because it needs the
 * servers of the filter's tests.
 */
public final class FaultBenchmarks {
    private FaultBenchmarks() {}

    /**
     * Runs an edition.
     *
     * @param args its name: {@code full}, {@code quick} or {@code smoke}; what follows does not matter
     * @throws IOException if a server fails
     */
    public static void main(String[] args) throws IOException {
        // What the nodes log of faults that are meant would hide the results.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        FaultEdition edition = FaultEdition.named(args.length == 0 ? "full" : args[0]);
        System.out.println(Tables.machine());
        print("Requests while Redis is in trouble", FaultTables.latency(FaultLatency.run(edition)));
        print("Redis back again", FaultTables.recovery(Recovery.run(edition.recoveries(), edition.away())));
        if (edition.hasFailovers()) {
            print("Masters replaced", FaultTables.failovers(FailoverWindow.run()));
        }
    }

    private static void print(String title, String table) {
        System.out.printf("%n## %s%n%n%s", title, table);
    }
}
