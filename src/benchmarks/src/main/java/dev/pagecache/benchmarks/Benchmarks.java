package dev.pagecache.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.runner.RunnerException;

/** Runs everything and prints the results as Markdown. */
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * Runs an edition.
     *
     * @param args its name: {@code full}, {@code quick} or {@code smoke}; none means full
     * @throws IOException if a server fails
     * @throws RunnerException if JMH fails
     */
    public static void main(String[] args) throws IOException, RunnerException {
        Edition edition = Edition.named(args.length == 0 ? "full" : args[0]);
        System.out.println(Tables.machine());
        print("Hits from memory, through Jetty", Tables.comparisons("bare", "hit", HitThroughput.run(edition)));
        print("Hits from Redis", Tables.comparisons("raw GET", "hit", L2Hit.run(edition)));
        print("The engine alone", Tables.costs(EngineCosts.run(edition)));
    }

    private static void print(String title, String table) {
        System.out.printf("%n## %s%n%n%s", title, table);
    }
}
