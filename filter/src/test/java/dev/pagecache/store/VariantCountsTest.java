package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.CacheKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class VariantCountsTest {
    private static final List<String> NAMES = List.of("x-flavour");

    private final AtomicLong nanoTime = new AtomicLong();
    private final VariantCounts counts = new VariantCounts(nanoTime::get);
    private final CacheKey url = url("/p");

    private static CacheKey url(String path) {
        return CacheKey.url("", "http", "example.com", 80, path, path, null, List.of(), name -> null);
    }

    private boolean admits(String value) {
        return counts.admits(url, url.variant(NAMES, name -> value));
    }

    @Test
    void admits_moreVariantsThanAllowed_refusesOnlyNewOnes() {
        for (int i = 0; i < VariantCounts.MAX_VARIANTS; i++) {
            assertTrue(admits("v" + i));
            assertTrue(admits("v" + i));
        }
        assertFalse(admits("other"));
        assertTrue(admits("v0"));
        assertTrue(counts.admits(url("/q"), url("/q").variant(NAMES, name -> "other")));
    }

    /** "Aa" and "BB" have one hash code, and so have all values made of them. */
    @Test
    void admits_variantsOfOneHashCode_areSeveral() {
        int admitted = 0;
        int hash = url.variant(NAMES, name -> "AaAaAaAaAaAaAaAa").hashCode();
        for (int bits = 0; bits < 256; bits++) {
            StringBuilder value = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                value.append((bits >> i & 1) == 0 ? "Aa" : "BB");
            }
            assertEquals(hash, url.variant(NAMES, name -> value.toString()).hashCode());
            admitted += admits(value.toString()) ? 1 : 0;
        }
        assertEquals(VariantCounts.MAX_VARIANTS, admitted);
    }

    @Test
    void admits_afterAWhile_countsAnew() {
        for (int i = 0; i < VariantCounts.MAX_VARIANTS; i++) {
            admits("v" + i);
        }
        nanoTime.addAndGet(Duration.ofMinutes(10).toNanos());
        assertTrue(admits("other"));
    }

    @Test
    void admits_variantsThatChanged_areCountedFromTheLastChange() {
        for (int i = 0; i < VariantCounts.MAX_VARIANTS; i++) {
            assertTrue(admits("v" + i));
            nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        }
        assertFalse(admits("one more"));
    }

    /** Long URLs count by their length, or a flood of them would take a hundred megabytes. */
    @Test
    void admits_longUrls_areBoundedByTheirBytes() {
        String path = "/" + "x".repeat(8_000);
        for (int i = 0; i < 1_000; i++) {
            CacheKey other = url(path + i);
            assertTrue(counts.admits(other, other.variant(NAMES, name -> "v")));
        }
        long weight = counts.weightBytes();
        assertTrue(weight > 0 && weight <= 4 << 20, "weight " + weight);
    }
}
