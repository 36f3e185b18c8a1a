package dev.pagecache.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void ratios_oneDisturbedPair_areThoseOfTheMedianPair() {
        Comparison comparison = new Comparison("", 1, rounds(100, 100, 100), List.of(round(90), round(10), round(95)));

        assertEquals(0.9, comparison.throughputRatio(), 1e-9);
        assertEquals(100 / 90.0, comparison.cpuRatio(), 1e-9);
        assertEquals(100 / 95.0, comparison.lowestCpuRatio(), 1e-9);
    }

    @Test
    void ratios_twoPairs_areInTheMiddle() {
        Comparison comparison = new Comparison("", 1, rounds(100, 100), rounds(50, 150));

        assertEquals(1, comparison.throughputRatio(), 1e-9);
    }

    @Test
    void run_sides_warmUpAndTakeTurns() {
        Edition edition = new Edition(
                Duration.ofSeconds(1),
                2,
                Duration.ofSeconds(2),
                0,
                0,
                1,
                Duration.ofSeconds(1),
                List.of(),
                List.of(),
                1,
                1,
                1,
                new Edition.Flood(1, 1, 1));
        Queue<String> order = new ArrayDeque<>();

        Comparison comparison = Comparison.run(
                "name",
                1,
                edition,
                time -> {
                    order.add("base " + time.toSeconds());
                    return round(1);
                },
                time -> {
                    order.add("ours " + time.toSeconds());
                    return round(2);
                });

        assertEquals(List.of("base 1", "ours 1", "base 2", "ours 2", "ours 2", "base 2"), List.copyOf(order));
        assertEquals(2, comparison.throughputRatio(), 1e-9);
    }

    private static List<Round> rounds(long... operations) {
        return Arrays.stream(operations).mapToObj(ComparisonTest::round).toList();
    }

    /** One second of all of a processor. */
    private static Round round(long operations) {
        return new Round(operations, SECOND, new Usage(SECOND, 1));
    }
}
