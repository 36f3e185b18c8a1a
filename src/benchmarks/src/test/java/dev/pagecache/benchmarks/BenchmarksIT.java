package dev.pagecache.benchmarks;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.benchmarks.EngineCosts.Cost;
import dev.pagecache.entry.CacheKey;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

        assertEquals(7, costs.size());
        for (Cost cost : costs) {
            assertAll(
                    cost.name(),
                    () -> assertPositive("time", cost.nanos()),
                    () -> assertPositive("CPU", cost.cpuNanos()),
                    () -> assertPositive("allocation", cost.allocatedBytes()));
        }
    }

    @Test
    void learnedInputs_shortestEdition_givesNumbers() throws Exception {
        List<Comparison> comparisons = LearnedInputs.run(Edition.SMOKE);

        assertEquals(5, comparisons.size());
        comparisons.forEach(BenchmarksIT::assertNumbers);
    }

    /** How long it takes is not tested; that every key is found is. */
    @Test
    void collidingKeys_shortestEdition_areAllFound() {
        List<String> queries = CollidingKeys.colliding(Edition.SMOKE.collidingPairs());
        Set<CacheKey> keys = queries.stream().map(CollidingKeys::key).collect(Collectors.toSet());

        assertEquals(queries.size(), keys.size());
        assertEquals(1, keys.stream().map(CacheKey::hashCode).distinct().count());
        assertEquals(
                4,
                CollidingKeys.run(Edition.SMOKE.collidingPairs(), Edition.SMOKE.lookups())
                        .size());
    }

    /** A process whose heap is little larger than what may be taken; it ends early where that is not enough. */
    @Test
    void urlFlood_shortestEdition_staysWithinBoundsAndKeepsTheHotSet() throws Exception {
        UrlFlood.Result result = FloodProcess.run(Edition.SMOKE.flood());

        assertTrue(result.weightBytes() <= result.maxBytes(), result::toLine);
        assertTrue(result.weightBytes() > result.maxBytes() / 2, result::toLine);
        assertTrue(result.beyondBytes() <= FloodProcess.ALLOWED_BEYOND_BYTES, result::toLine);
        assertTrue(result.hitRatioDuring() >= 0.9 * result.hitRatioBefore(), result::toLine);
    }

    /**
     * Each page comes, and Redis is used again each time, or a run does not come to its end; how soon is not tested.
     */
    @Test
    void faults_shortestEdition_failNoRequest() throws Exception {
        FaultEdition edition = FaultEdition.SMOKE;
        List<FaultLatency.Row> rows = FaultLatency.run(edition);
        Recovery.Result recovery = Recovery.run(edition.recoveries(), edition.away());

        assertEquals(7 + 2 * edition.networks().size(), rows.size());
        assertTrue(
                rows.stream().allMatch(row -> row.requests() > 0 && row.remote().p50() > 0), rows::toString);
        assertEquals(edition.recoveries(), recovery.frozen().size());
        assertEquals(edition.recoveries(), recovery.restarted().size());
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
