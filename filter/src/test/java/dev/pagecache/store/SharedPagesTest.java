package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.RecordCodec;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.entry.StoredRecord;
import dev.pagecache.entry.VaryIndex;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node finds that asks for a newer page than its memory has. */
final class SharedPagesTest {
    private final AtomicLong nanoTime = new AtomicLong(TimeUnit.HOURS.toNanos(1));
    private final FakeRemote remote = new FakeRemote();
    private final TieredStore store = new TieredStore(
            new MemoryStore(1 << 20, Duration.ofMinutes(1), nanoTime::get),
            remote,
            100_000,
            nanoTime::get,
            () -> Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(nanoTime.get())),
            new Random(1));
    private final CacheKey key = SampleRecords.key("a");

    @AfterEach
    void close() {
        remote.thaw();
        store.close();
    }

    private Page page(String body) {
        return SampleRecords.page(key, body, nanoTime.get());
    }

    private void putRemote(StoredRecord record) {
        remote.values.put(
                key.remoteName(),
                new RecordCodec().encode(record, nanoTime.get(), TimeUnit.NANOSECONDS.toMillis(nanoTime.get())));
    }

    /** Fills memory alone. */
    private Page putHere(String body) {
        Page page = page(body);
        store.memory().put(page);
        return page;
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private static String body(@Nullable StoredRecord record) {
        return new String(assertInstanceOf(Page.class, record).body().toBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void newerPage_isFoundAndTakesThePlaceInMemory() {
        putHere("old");
        pass(Duration.ofSeconds(10));
        putRemote(page("new"));
        assertEquals("new", body(store.getShared(key, page -> 1)));
        assertEquals("new", body(store.get(key)));
        assertEquals(1, remote.gets.get());
        assertEquals(1, store.counters().remoteHits());
    }

    /** As after a write of this node that did not reach the remote store. */
    @Test
    void olderPage_isPassedOver() {
        putRemote(page("old"));
        pass(Duration.ofSeconds(10));
        Page own = putHere("own");
        assertSame(own, store.getShared(key, page -> 1));
        assertSame(own, store.get(key));
    }

    @Test
    void nothingThere_leavesWhatMemoryHas() {
        Page own = putHere("own");
        assertSame(own, store.getShared(key, page -> 1));
        assertEquals(1, remote.gets.get());
    }

    @Test
    void nothingInMemory_isFilled() {
        putRemote(page("new"));
        assertEquals("new", body(store.getShared(key, page -> 1)));
        assertEquals("new", body(store.memory().get(key)));
    }

    @Test
    void remoteStoreAway_leavesWhatMemoryHas() {
        Page own = putHere("own");
        remote.readFault = new IllegalStateException("away");
        for (int i = 0; i < 10; i++) {
            assertSame(own, store.getShared(key, page -> 1));
        }
        assertTrue(store.isReadBreakerOpen());
    }

    @Test
    void indexThere_takesThePlaceOfAPage() {
        putHere("old");
        putRemote(SampleRecords.index(key, nanoTime.get(), "accept"));
        assertInstanceOf(VaryIndex.class, store.getShared(key, page -> 1));
        assertInstanceOf(VaryIndex.class, store.get(key));
    }

    /** How pages vary is known here: a page of a variant costs one round trip. */
    @Test
    void indexInMemory_isNotAskedFor() {
        VaryIndex index = SampleRecords.index(key, nanoTime.get(), "accept");
        store.memory().put(index);
        assertSame(index, store.getShared(key, page -> 1));
        assertEquals(0, remote.gets.get());
    }

    @Test
    void writeOfThisNodeOnItsWay_isNewer() {
        putRemote(page("old"));
        remote.freezeWrites();
        Page own = page("own");
        store.put(own);
        assertSame(own, store.getShared(key, page -> 1));
        assertEquals(0, remote.gets.get());
    }

    @Test
    void pagePutDuringTheRead_staysInMemory() {
        putHere("old");
        pass(Duration.ofSeconds(10));
        putRemote(page("new"));
        Page own = page("own");
        remote.duringGet = () -> store.put(own);
        store.getShared(key, page -> 1);
        assertSame(own, store.get(key));
    }

    @Test
    void pageRemovedDuringTheRead_isNotBroughtBack() {
        putHere("old");
        pass(Duration.ofSeconds(10));
        putRemote(page("new"));
        remote.duringGet = () -> store.remove(key);
        store.getShared(key, page -> 1);
        remote.duringGet = () -> {};
        assertNull(store.get(key));
    }

    @Test
    void closedStore_asksNobody() {
        putRemote(page("new"));
        store.close();
        assertNull(store.getShared(key, page -> 1));
        assertEquals(0, remote.gets.get());
    }

    private static ToIntFunction<Page> revoked(String body) {
        return page -> body(page).equals(body) ? 0 : 1;
    }

    /** It can still stand in for errors. */
    @Test
    void revokedPage_thoughNewer_neverTakesThePlaceInMemory() {
        Page own = putHere("own");
        pass(Duration.ofSeconds(10));
        putRemote(page("new"));
        assertSame(own, store.getShared(key, revoked("new")));
        assertSame(own, store.get(key));
    }

    /** As where the clock of this node is ahead, or the page came with an age. */
    @Test
    void olderPage_whereTheOneInMemoryIsRevoked_takesItsPlace() {
        putRemote(page("old"));
        pass(Duration.ofSeconds(10));
        putHere("own");
        assertEquals("old", body(store.getShared(key, revoked("own"))));
        assertEquals("old", body(store.get(key)));
    }

    /** As after a soft purge, when both were rendered at nearly the same time. */
    @Test
    void pageThatIsWorthMore_thoughAsOld_takesThePlaceInMemory() {
        putHere("doubted");
        putRemote(page("good"));
        assertEquals("good", body(store.getShared(key, page -> body(page).equals("good") ? 2 : 1)));
        assertEquals("good", body(store.get(key)));
    }

    @Test
    void twoRevokedPages_leaveWhatMemoryHas() {
        Page own = putHere("own");
        pass(Duration.ofSeconds(10));
        putRemote(page("new"));
        assertSame(own, store.getShared(key, page -> 0));
    }

    /** It comes back with a time that was rounded. */
    @ParameterizedTest
    @ValueSource(longs = {0, 400_000, 1_900_000})
    void samePage_readLater_isNotNewer(long nanos) {
        Page own = putHere("own");
        putRemote(own);
        pass(Duration.ofNanos(nanos));
        assertSame(own, store.getShared(key, page -> 1));
    }
}
