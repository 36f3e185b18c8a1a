package dev.pagecache.benchmarks;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.benchmarks.EngineCosts.Cost;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shortest edition of each benchmark gives numbers; what they are is not tested. */
class BenchmarksIT {

    @Test
    void hitThroughput_shortestEdition_givesNumbers() throws Exception {
        List<Comparison> comparisons = HitThroughput.run(Edition.SMOKE);

        assertEquals(2, comparisons.size());
        comparisons.forEach(BenchmarksIT::assertNumbers);
    }

    @Test
    void l2Hit_shortestEdition_givesNumbers() throws Exception {
        List<Comparison> comparisons = L2Hit.run(Edition.SMOKE);

        assertEquals(1, comparisons.size());
        comparisons.forEach(BenchmarksIT::assertNumbers);
    }

    @Test
    void engineCosts_shortestEdition_givesNumbers() throws Exception {
        List<Cost> costs = EngineCosts.run(Edition.SMOKE);

        assertEquals(5, costs.size());
        for (Cost cost : costs) {
            assertAll(
                    cost.name(),
                    () -> assertPositive("time", cost.nanos()),
                    () -> assertPositive("CPU", cost.cpuNanos()),
                    () -> assertPositive("allocation", cost.allocatedBytes()));
        }
    }

    private static void assertNumbers(Comparison comparison) {
        assertAll(
                comparison.name(),
                () -> assertPositive("throughput", comparison.throughputRatio()),
                () -> assertPositive("CPU", comparison.cpuRatio()),
                () -> assertPositive("allocation", Comparison.median(comparison.ours(), Round::allocatedBytes)));
    }

    private static void assertPositive(String name, double number) {
        assertTrue(number > 0 && Double.isFinite(number), () -> name + " is " + number);
    }
}
