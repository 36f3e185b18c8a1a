package dev.pagecache.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * How much time a run takes.
 *
 * @param warmup time for which each side of a comparison runs before it counts
 * @param rounds rounds of each side that count, 1 or more
 * @param round time of one round
 * @param forks JVMs in which JMH runs a benchmark one after the other, or 0 to run it in this one
 * @param warmups JMH's iterations that do not count
 * @param iterations JMH's iterations that count
 * @param iteration time of one of JMH's iterations
 * @param pageBytes sizes of the pages that are served
 * @param valueBytes sizes of the pages that are read from Redis
 * @param collidingPairs two to this power is the number of keys with one hash code
 * @param lookups look-ups of a round among them
 * @param purges number of purges
 * @param flood the flood of URLs
 */
record Edition(
        Duration warmup,
        int rounds,
        Duration round,
        int forks,
        int warmups,
        int iterations,
        Duration iteration,
        List<Integer> pageBytes,
        List<Integer> valueBytes,
        int collidingPairs,
        int lookups,
        int purges,
        Flood flood) {
    private static final int KIB = 1024;
    private static final List<Integer> PAGES = List.of(KIB, 10 * KIB, 100 * KIB, KIB * KIB);
    private static final List<Integer> VALUES = List.of(KIB, 10 * KIB, 100 * KIB);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /**
     * A flood.
     *
     * @param urls number of distinct URLs
     * @param maxBytes bound of the memory for pages
     * @param hotPages number of pages of 10 KB that are asked for all the time
     */
    record Flood(long urls, long maxBytes, int hotPages) {}

    /** Medians that can be quoted; about seven minutes. */
    static final Edition FULL = new Edition(
            Duration.ofSeconds(4),
            5,
            Duration.ofSeconds(3),
            1,
            10,
            5,
            SECOND,
            PAGES,
            VALUES,
            14,
            200_000,
            500_000,
            new Flood(10_000_000, 64L << 20, 1_000));

    /** A first impression; about one minute. */
    static final Edition QUICK = new Edition(
            SECOND,
            2,
            SECOND,
            1,
            1,
            2,
            SECOND,
            PAGES,
            VALUES,
            14,
            50_000,
            100_000,
            new Flood(1_000_000, 64L << 20, 1_000));

    /** Shows that everything still runs; its numbers say nothing. */
    static final Edition SMOKE = new Edition(
            Duration.ofMillis(50),
            1,
            Duration.ofMillis(100),
            0,
            0,
            1,
            Duration.ofMillis(50),
            List.of(10 * KIB),
            List.of(10 * KIB),
            10,
            1_000,
            2_000,
            new Flood(300_000, 16L << 20, 300));

    Edition {
        pageBytes = List.copyOf(pageBytes);
        valueBytes = List.copyOf(valueBytes);
    }

    /**
     * The edition of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Edition named(String name) {
        return switch (name) {
            case "full" -> FULL;
            case "quick" -> QUICK;
            case "smoke" -> SMOKE;
            default -> throw new IllegalArgumentException("edition '" + name + "'; allowed: full, quick, smoke");
        };
    }
}
