package dev.pagecache.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.runner.RunnerException;

/** Runs everything and prints the results as Markdown. */
public final class Benchmarks {
    private static final String ALL = "hits,redis,engine,inputs,collisions,purges";

    private Benchmarks() {}

    /**
     * Runs an edition.
     *
     * @param args its name: {@code full}, {@code quick} or {@code smoke}; none means full. Then which parts:
     *     {@code hits}, {@code redis}, {@code engine}, {@code inputs}, {@code collisions}, {@code purges} and
     *     {@code flood}, separated by commas; none, or {@code all}, means all but the flood
     * @throws IOException if a server fails
     * @throws RunnerException if JMH fails
     */
    public static void main(String[] args) throws IOException, RunnerException {
        Edition edition = Edition.named(args.length == 0 ? "full" : args[0]);
        String parts = args.length < 2 ? "all" : args[1];
        System.out.println(Tables.machine());
        for (String part : (parts.equals("all") ? ALL : parts).split(",", -1)) {
            run(part, edition);
        }
    }

    private static void run(String part, Edition edition) throws IOException, RunnerException {
        switch (part) {
            case "hits" ->
                print("Hits from memory, through Jetty", Tables.comparisons("bare", "hit", HitThroughput.run(edition)));
            case "redis" -> print("Hits from Redis", Tables.comparisons("raw GET", "hit", L2Hit.run(edition)));
            case "engine" -> print("The engine alone", Tables.costs(EngineCosts.run(edition)));
            case "inputs" ->
                print("Learned inputs", Tables.comparisons("declared", "learned", LearnedInputs.run(edition)));
            case "collisions" ->
                print(
                        "Keys of one hash code",
                        Tables.collisions(CollidingKeys.run(edition.collidingPairs(), edition.lookups())));
            case "purges" -> print("Purges", Tables.purges(Purges.run(edition.lookups() / 40, edition.purges())));
            case "flood" -> print("A flood of URLs", Tables.flood(FloodProcess.run(edition.flood())));
            default -> throw new IllegalArgumentException("part '" + part + "'; allowed: all, flood, " + ALL);
        }
    }

    private static void print(String title, String table) {
        System.out.printf("%n## %s%n%n%s", title, table);
    }
}
