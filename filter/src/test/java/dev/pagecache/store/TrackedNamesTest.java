package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.SampleRecords;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrackedNamesTest {
    private final AtomicLong nanoTime = new AtomicLong(77);
    private final MemoryStore memory = MemoryStore.tracked(20_000, Duration.ofMinutes(1), nanoTime::get);
    private final TrackedNames names = Objects.requireNonNull(memory.names());
    private final CacheKey key = SampleRecords.key("a");

    private void put(CacheKey at) {
        memory.put(SampleRecords.page(at, "body", nanoTime.get()));
    }

    @Test
    void find_ofWhatMemoryHolds_givesItsKey() {
        CacheKey variant = SampleRecords.variant("a", "b");
        put(key);
        memory.replace(null, SampleRecords.page(variant, "body", nanoTime.get()));
        assertSame(key, names.find(key.remoteName()));
        assertSame(variant, names.find(variant.remoteName()));
        assertNull(names.find(SampleRecords.key("b").remoteName()));
        assertEquals(Set.of(key, variant), Set.copyOf(names.all()));
    }

    @Test
    void find_ofWhatWasReplaced_givesItsKey() {
        put(key);
        put(key);
        assertSame(key, names.find(key.remoteName()));
    }

    @Test
    void find_ofWhatWasRemoved_givesNothing() {
        put(key);
        memory.remove(key);
        assertNull(names.find(key.remoteName()));
    }

    @Test
    void find_ofWhatExpired_givesNothing() {
        put(key);
        nanoTime.addAndGet(Duration.ofMinutes(2).toNanos());
        memory.cleanUp();
        assertEquals(List.of(), names.all());
    }

    @Test
    void names_ofAFullMemory_areThoseThatItHolds() {
        for (int i = 0; i < 1_000; i++) {
            put(SampleRecords.key("page " + i));
        }
        memory.cleanUp();
        assertEquals(memory.size(), names.all().size());
        names.all().forEach(held -> assertNotNull(memory.find(held)));
    }

    @Test
    void find_ofWhatIsRead_givesItsKeyUntilTheLastEnds() {
        long first = names.beginReading(key);
        long second = names.beginReading(SampleRecords.key("a"));
        assertEquals(first, second);
        names.endReading(first);
        assertEquals(key, names.find(key.remoteName()));
        assertEquals(List.of(key), names.all());
        names.endReading(second);
        assertNull(names.find(key.remoteName()));
    }

    @Test
    void close_forgetsAll() {
        put(key);
        memory.close();
        put(key);
        assertEquals(List.of(), names.all());
    }

    /** Puts and removes of few keys by many threads: in the end the names are those of what is there. */
    @Test
    void names_afterPutsAndRemovesAtOnce_areThoseThatMemoryHolds() throws InterruptedException {
        List<CacheKey> keys = List.of(key, SampleRecords.key("b"), SampleRecords.key("c"));
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = List.of(
                changing(keys, 1, start), changing(keys, 2, start), changing(keys, 3, start), changing(keys, 5, start));
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        memory.cleanUp();
        for (CacheKey each : keys) {
            assertEquals(memory.find(each) != null, names.find(each.remoteName()) != null);
        }
    }

    private Thread changing(List<CacheKey> keys, int step, CountDownLatch start) {
        return new Thread(() -> {
            try {
                start.await();
            } catch (InterruptedException e) {
                return;
            }
            for (int i = 0; i < 6_000; i++) {
                CacheKey at = keys.get(i % keys.size());
                if (i * step % 7 < 3) {
                    put(at);
                } else {
                    memory.remove(at);
                }
            }
        });
    }
}
