package dev.pagecache.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Page, VaryIndex and Lifetime. */
final class StoredRecordTest {
    private static final CacheKey KEY = SampleRecords.key("key");

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            times within bounds stay,           10,             20, 30, 10,            20, 30, 40
            the longer window counts,           10,             30, 20, 10,            30, 20, 40
            negative times are none,            -1,             -5, -9, 0,             0,  0,  0
            a time beyond 2^31 s is 2^31 s,     2147483648001,  0,  0,  2147483648000, 0,  0,  2147483648000
            """)
    @DisplayName("RFC 9111 section 1.2.2: a lifetime is clamped")
    void lifetime_isClamped(
            String sentence, long fresh, long revalidate, long error, long f, long r, long e, long retention) {
        Lifetime lifetime = new Lifetime(fresh, revalidate, error);
        assertEquals(f, lifetime.freshMillis(), sentence);
        assertEquals(r, lifetime.staleWhileRevalidateMillis());
        assertEquals(e, lifetime.staleIfErrorMillis());
        assertEquals(retention, lifetime.retentionMillis());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            a page just born has no age,            0,                    0
            parts of a millisecond do not count,    999999,               0
            a millisecond counts,                   1000000,              1
            a page from the future has no age,      -5000000,             0
            a clock that overflows counts on,       9223372036854775807,  9223372036854
            """)
    @DisplayName("RFC 9111 section 4.2.3: age")
    void ageMillis_countsFromBirth(String sentence, long passedNanos, long expectedMillis) {
        long born = Long.MAX_VALUE - 3;
        Page page = SampleRecords.page(KEY, "body", born);
        assertEquals(expectedMillis, page.ageMillis(born + passedNanos), sentence);
    }

    @Test
    void retentionMillis_ofPage_isWhatIsLeftOfLifetimeAndWindows() {
        Page page = SampleRecords.page(KEY, "body", 0, new Lifetime(1000, 200, 300));
        assertEquals(1300, page.retentionMillis(0));
        assertEquals(0, page.retentionMillis(TimeUnit.MILLISECONDS.toNanos(1300)));
        assertEquals(-1, page.retentionMillis(TimeUnit.MILLISECONDS.toNanos(1301)));
    }

    @Test
    void page_copiesItsTags() {
        List<String> tags = new ArrayList<>(List.of("a"));
        Page page = new Page(
                KEY,
                200,
                Fields.empty(),
                new byte[0],
                0,
                new Lifetime(1, 0, 0),
                PageTraits.NONE,
                Stamp.foreign(0),
                tags);
        tags.add("b");
        assertEquals(List.of("a"), page.tags());
        assertThrows(UnsupportedOperationException.class, () -> page.tags().add("c"));
    }

    @Test
    void weightBytes_ofPage_coversAllThatGrows() {
        Lifetime lifetime = new Lifetime(1, 0, 0);
        Page bare = new Page(
                KEY, 200, Fields.empty(), new byte[0], 0, lifetime, PageTraits.NONE, Stamp.foreign(0), List.of());
        Page full = new Page(
                SampleRecords.key("key++"),
                200,
                Fields.of("Name", "value", "N", "v"),
                new byte[1000],
                0,
                lifetime,
                PageTraits.NONE,
                Stamp.foreign(0),
                List.of("tag"));
        assertTrue(full.weightBytes() >= bare.weightBytes() + 2 + 1000 + "Namevalue".length() + "Nv".length() + 3);
        assertTrue(bare.weightBytes() > KEY.length());
    }

    @Test
    void varyIndex_names_areSortedOnceAndCopied() {
        List<String> names = new ArrayList<>(List.of("cookie", "accept", "cookie"));
        VaryIndex index = new VaryIndex(KEY, names, 0);
        names.clear();
        assertEquals(List.of("accept", "cookie"), index.names());
        assertThrows(UnsupportedOperationException.class, () -> index.names().add("x"));
    }

    @Test
    void varyIndex_weightAndRetention_followFromItsParts() {
        long expires = SampleRecords.page(KEY, "", Long.MIN_VALUE).bornNanos() + 5;
        VaryIndex none = new VaryIndex(KEY, List.of(), expires);
        VaryIndex one = new VaryIndex(KEY, List.of("accept"), expires);
        assertTrue(one.weightBytes() >= none.weightBytes() + "accept".length());
        assertEquals(1, none.retentionMillis(expires - 1_000_000));
        assertEquals(-1, none.retentionMillis(expires + 1_000_000));
    }
}
