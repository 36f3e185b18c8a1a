package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.SampleRecords;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryStoreTest implements RecordStoreContract {
    private final AtomicLong nanoTime = new AtomicLong(-1_000);
    private final MemoryStore store = new MemoryStore(1 << 20, null, nanoTime::get);

    @Override
    public RecordStore store() {
        return store;
    }

    @Override
    public AtomicLong nanoTime() {
        return nanoTime;
    }

    @Test
    void get_givesTheSameObject() {
        Page page = page("a", 10);
        store.put(page);
        assertSame(page, store.get(page.key()));
    }

    @Test
    void put_heavierThanTheStore_removesWhatIsThere() {
        store.put(page("a", 10));
        store.put(page("a", 2 << 20));
        assertNull(store.get(SampleRecords.key("a")));
        assertEquals(0, store.size());
    }

    @Test
    void put_manyRecords_keepsTheWeightBounded() {
        for (int i = 0; i < 1_000; i++) {
            store.put(page("u" + i, 10_000));
        }
        store.cleanUp();
        assertTrue(store.weightBytes() <= 1 << 20, () -> "weight " + store.weightBytes());
        assertTrue(store.size() > 50, () -> "size " + store.size());
        assertEquals(1_000, store.size() + store.counters().evictions());
        assertTrue(store.counters().evictedBytes() > 10_000 * store.counters().evictions());
    }

    @Test
    void get_afterTheMaximumAge_findsNothing() {
        MemoryStore capped = new MemoryStore(1 << 20, Duration.ofSeconds(10), nanoTime::get);
        Page page = page("a", 10);
        capped.put(page);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(9));
        assertNotNull(capped.get(page.key()), "reads do not prolong it");
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertNull(capped.get(page.key()));
    }

    @Test
    void replace_ofNothing_keepsWhatWasPutMeanwhile() {
        Page newer = page("a", 1);
        store.put(newer);
        store.replace(null, page("a", 2));
        assertSame(newer, store.get(newer.key()));
    }

    @Test
    void replace_ofThePageThere_takesItsPlace() {
        Page older = page("a", 1);
        store.put(older);
        Page newer = page("a", 1);
        store.replace(older, newer);
        assertSame(newer, store.get(newer.key()));
    }

    @Test
    void replace_ofAnotherPage_keepsWhatIsThere() {
        Page newer = page("a", 1);
        store.put(newer);
        store.replace(page("a", 1), page("a", 2));
        assertSame(newer, store.get(newer.key()));
    }

    @Test
    void replace_ofAPageThatIsGone_bringsNothingBack() {
        Page removed = page("a", 1);
        store.replace(removed, page("a", 2));
        assertNull(store.get(removed.key()));
    }

    @Test
    void removeSame_ofAnotherObject_keepsTheRecord() {
        Page newer = page("a", 1);
        store.put(newer);
        store.removeSame(page("a", 1));
        assertSame(newer, store.get(newer.key()));
        store.removeSame(newer);
        assertNull(store.get(newer.key()));
    }

    @Test
    void counters_tellHitsAndMisses() {
        CacheKey key = SampleRecords.key("a");
        store.get(key);
        store.put(page("a", 1));
        store.get(key);
        store.get(key);
        assertEquals(2, store.counters().memoryHits());
        assertEquals(1, store.counters().misses());
    }

    @Test
    void store_withSenselessBounds_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new MemoryStore(-1, null, nanoTime::get));
        assertThrows(IllegalArgumentException.class, () -> new MemoryStore(1, Duration.ZERO, nanoTime::get));
    }

    @Test
    void dummy_storesNothing() {
        DummyStore dummy = new DummyStore();
        dummy.put(page("a", 1));
        assertNull(dummy.get(SampleRecords.key("a")));
        dummy.remove(SampleRecords.key("a"));
        dummy.close();
    }

    private Page page(String url, int bodyBytes) {
        return SampleRecords.page(SampleRecords.key(url), "x".repeat(bodyBytes), nanoTime.get());
    }
}
