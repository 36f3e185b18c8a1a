package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Lifetime;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.entry.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every record store does. */
public interface RecordStoreContract {

    /** The store under test, the same within one test. */
    RecordStore store();

    /** The monotonic time that the store was given. */
    AtomicLong nanoTime();

    private Page page(String url, String body) {
        return SampleRecords.page(SampleRecords.key(url), body, nanoTime().get());
    }

    private void assertBody(String body, CacheKey key) {
        Page page = assertInstanceOf(Page.class, store().get(key));
        assertEquals(key, page.key());
        assertArrayEquals(body.getBytes(StandardCharsets.UTF_8), page.body().toBytes());
    }

    @Test
    default void get_emptyStore_findsNothing() {
        assertNull(store().get(SampleRecords.key("nothing")));
    }

    @Test
    default void get_afterPut_findsTheRecord() {
        store().put(page("a", "1"));
        assertBody("1", SampleRecords.key("a"));
    }

    @Test
    default void get_ofAnIndex_findsItsNames() {
        CacheKey key = SampleRecords.key("varies");
        store().put(SampleRecords.index(key, nanoTime().get(), "accept-language"));
        assertEquals(SampleRecords.index(key, nanoTime().get(), "accept-language"), store().get(key));
    }

    @Test
    default void get_ofVariants_tellsThemApart() {
        CacheKey german = SampleRecords.variant("url", "de");
        CacheKey french = SampleRecords.variant("url", "fr");
        store().put(SampleRecords.page(german, "Hallo", nanoTime().get()));
        store().put(SampleRecords.page(french, "Salut", nanoTime().get()));
        assertBody("Hallo", german);
        assertBody("Salut", french);
        assertNull(store().get(SampleRecords.key("url")));
    }

    @Test
    default void put_again_replaces() {
        store().put(page("a", "old"));
        store().put(page("a", "new"));
        assertBody("new", SampleRecords.key("a"));
    }

    @Test
    default void put_withoutRetention_removesWhatIsThere() {
        store().put(page("a", "old"));
        CacheKey key = SampleRecords.key("a");
        store().put(SampleRecords.page(key, "dead", nanoTime().get(), new Lifetime(0, 0, 0)));
        assertNull(store().get(key));
    }

    @Test
    default void remove_thenGet_findsNothing() {
        store().put(page("a", "1"));
        store().put(page("b", "2"));
        store().remove(SampleRecords.key("a"));
        assertNull(store().get(SampleRecords.key("a")));
        assertBody("2", SampleRecords.key("b"));
    }

    @Test
    default void remove_thenPut_findsTheRecord() {
        store().put(page("a", "1"));
        store().remove(SampleRecords.key("a"));
        store().put(page("a", "2"));
        assertBody("2", SampleRecords.key("a"));
    }

    @Test
    default void remove_ofNothing_doesNothing() {
        store().remove(SampleRecords.key("nothing"));
        assertNull(store().get(SampleRecords.key("nothing")));
    }

    @Test
    default void get_afterTheRetention_findsNothing() {
        CacheKey key = SampleRecords.key("short");
        store().put(SampleRecords.page(key, "x", nanoTime().get(), new Lifetime(1_000, 0, 500)));
        nanoTime().addAndGet(TimeUnit.MILLISECONDS.toNanos(1_499));
        assertBody("x", key);
        nanoTime().addAndGet(TimeUnit.MILLISECONDS.toNanos(2));
        assertNull(store().get(key));
    }

    @Test
    default void get_afterClose_findsNothing() {
        store().put(page("a", "1"));
        store().close();
        store().close();
        assertNull(store().get(SampleRecords.key("a")));
        store().put(page("b", "2"));
        @Nullable StoredRecord late = store().get(SampleRecords.key("b"));
        assertNull(late);
        store().remove(SampleRecords.key("b"));
    }
}
