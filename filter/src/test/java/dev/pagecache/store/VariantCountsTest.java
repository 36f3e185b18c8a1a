package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.SampleRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VariantCountsTest {
    private static final CacheKey URL = SampleRecords.key("url");

    private final AtomicLong nanoTime = new AtomicLong();
    private final VariantCounts counts = new VariantCounts(nanoTime::get);

    private boolean admits(String selected) {
        return counts.admits(URL, SampleRecords.variant("url", selected));
    }

    @Test
    void admits_upToTheBound_andThoseAgain() {
        for (int i = 0; i < VariantCounts.MAX_VARIANTS; i++) {
            assertTrue(admits("v" + i));
        }
        assertFalse(admits("one more"));
        assertTrue(admits("v0"));
        assertTrue(counts.admits(SampleRecords.key("other"), SampleRecords.variant("other", "v")));
    }

    @Test
    void admits_variantsOfOneHashCode_countsEach() {
        List<String> values = List.of("");
        for (int i = 0; i < 6; i++) {
            List<String> longer = new ArrayList<>();
            values.forEach(value -> Stream.of("Aa", "BB").forEach(end -> longer.add(value + end)));
            values = longer;
        }
        assertEquals(
                1,
                values.stream()
                        .map(value -> SampleRecords.variant("url", value).hashCode())
                        .distinct()
                        .count());
        assertEquals(
                VariantCounts.MAX_VARIANTS, values.stream().filter(this::admits).count());
    }

    @Test
    void admits_variantsThatChanged_areCountedFromTheLastChange() {
        for (int i = 0; i < VariantCounts.MAX_VARIANTS; i++) {
            assertTrue(admits("v" + i));
            nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        }
        assertFalse(admits("one more"));
        nanoTime.addAndGet(Duration.ofMinutes(10).toNanos());
        assertTrue(admits("one more"), "counted anew");
    }
}
