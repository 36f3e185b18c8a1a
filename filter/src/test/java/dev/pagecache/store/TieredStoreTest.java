package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Lifetime;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.RecordCodec;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.entry.VaryIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TieredStoreTest implements RecordStoreContract {
    private static final int MAX_RECORD_BYTES = 100_000;

    private final AtomicLong nanoTime = new AtomicLong(77);
    private final FakeRemote remote = new FakeRemote();
    private final TieredStore store = store(1 << 20);
    private final CacheKey key = SampleRecords.key("a");

    private TieredStore store(long memoryBytes) {
        return new TieredStore(
                new MemoryStore(memoryBytes, Duration.ofMinutes(1), nanoTime::get),
                remote,
                MAX_RECORD_BYTES,
                nanoTime::get,
                () -> Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(nanoTime.get())),
                new Random(1));
    }

    @AfterEach
    void close() {
        remote.thaw();
        store.close();
    }

    @Override
    public RecordStore store() {
        return store;
    }

    @Override
    public AtomicLong nanoTime() {
        return nanoTime;
    }

    private Page page(CacheKey key) {
        return SampleRecords.page(key, "body", nanoTime.get());
    }

    private void putRemote(CacheKey at, Page page) {
        remote.values.put(at.remoteName(), new RecordCodec().encode(page, nanoTime.get(), 0));
    }

    private void awaitIdle() {
        Poll.until("writes are sent", store::isIdle);
    }

    @Test
    void get_ofARemoteRecord_fillsMemory() {
        putRemote(key, page(key));
        assertNotNull(store.get(key));
        assertNotNull(store.get(key));
        assertEquals(1, remote.gets.get());
        assertEquals(1, store.counters().remoteHits());
        assertEquals(1, store.counters().memoryHits());
    }

    @Test
    void get_ofARemoteIndex_fillsMemory() {
        VaryIndex index = SampleRecords.index(key, nanoTime.get(), "accept");
        remote.values.put(key.remoteName(), new RecordCodec().encode(index, nanoTime.get(), 0));
        store.get(key);
        assertNotNull(store.get(key));
        assertEquals(1, remote.gets.get(), "a known variant costs one round trip");
    }

    @Test
    void put_reachesTheRemoteStoreWithItsRetention() {
        store.put(SampleRecords.page(key, "body", nanoTime.get(), new Lifetime(60_000, 0, 5_000)));
        awaitIdle();
        assertTrue(remote.values.containsKey(key.remoteName()));
        assertEquals(Duration.ofSeconds(65), remote.timesToLive.get(key.remoteName()));
        assertEquals(1, store.counters().writes());
    }

    @Test
    void remove_reachesTheRemoteStore() {
        putRemote(key, page(key));
        store.remove(key);
        awaitIdle();
        assertEquals(0, remote.pages());
        assertNull(store.get(key));
    }

    @Test
    void get_whileTheRemoveWaits_findsNothing() {
        putRemote(key, page(key));
        remote.freezeWrites();
        store.remove(key);
        assertNull(store.get(key));
        assertEquals(0, remote.gets.get());
    }

    @Test
    void get_whileThePutWaits_findsItThoughMemoryLostIt() {
        remote.freezeWrites();
        TieredStore withoutMemory = store(0);
        Page page = page(key);
        withoutMemory.put(page);
        assertSame(page, withoutMemory.get(key));
        withoutMemory.close();
    }

    @Test
    void remove_duringARemoteRead_keepsTheRecordOutOfMemory() {
        putRemote(key, page(key));
        remote.duringGet = () -> store.remove(key);
        store.get(key);
        remote.duringGet = () -> {};
        awaitIdle();
        assertNull(store.get(key));
    }

    @Test
    void put_duringARemoteRead_winsInMemory() {
        putRemote(key, page(key));
        Page newer = page(key);
        remote.duringGet = () -> store.put(newer);
        store.get(key);
        assertSame(newer, store.get(key));
    }

    @Test
    void get_ofForeignBytes_isAMissAndRemovesThemOnce() {
        remote.values.put(key.remoteName(), new byte[] {1, 2, 3});
        remote.freezeWrites();
        for (int i = 0; i < 5; i++) {
            assertNull(store.get(key));
        }
        assertEquals(1, remote.gets.get());
        remote.thaw();
        awaitIdle();
        assertEquals(1, remote.removes.get());
        assertEquals(0, remote.pages());
        assertEquals(1, store.counters().badValues());
    }

    /** While nodes are upgraded one by one; the node of the later release goes on using it. */
    @Test
    void get_ofARecordOfALaterRelease_isAMissAndLeavesItThere() {
        putRemote(key, page(key));
        byte[] later = Objects.requireNonNull(remote.values.get(key.remoteName()));
        later[1] = 3;
        assertNull(store.get(key));
        awaitIdle();
        assertSame(later, remote.values.get(key.remoteName()));
        assertEquals(0, remote.removes.get());
        assertEquals(0, store.counters().badValues());
        assertEquals(1, store.counters().laterRecords());
    }

    @Test
    void get_ofSwappedValues_isAMiss() {
        CacheKey other = SampleRecords.key("b");
        putRemote(key, page(other));
        putRemote(other, page(key));
        assertNull(store.get(key));
        assertNull(store.get(other));
    }

    @Test
    void get_ofATooLongValue_isAMissAndRemovesIt() {
        remote.values.put(key.remoteName(), new byte[MAX_RECORD_BYTES + 1]);
        assertNull(store.get(key));
        awaitIdle();
        assertEquals(0, remote.pages());
        assertFalse(store.isReadBreakerOpen());
    }

    @Test
    void get_ofAnythingThrown_isAMissAndOpensTheReadBreaker() {
        remote.readFault = new IllegalStateException("any");
        for (int i = 0; i < 20; i++) {
            assertNull(store.get(key));
        }
        assertTrue(store.isReadBreakerOpen());
        assertFalse(store.isWriteBreakerOpen());
        assertEquals(CircuitBreaker.FAILURES_TO_OPEN, remote.gets.get());
        assertEquals(CircuitBreaker.FAILURES_TO_OPEN, store.counters().remoteErrors());
        assertEquals(15, store.counters().remoteSkipped());
        assertEquals(20, store.counters().misses());
    }

    @Test
    void readBreaker_afterTheStoreIsBack_closesInTheBackground() {
        remote.readFault = new IllegalStateException("any");
        for (int i = 0; i < 5; i++) {
            store.get(key);
        }
        remote.readFault = null;
        Poll.until("the probe closes the breaker", () -> !store.isReadBreakerOpen());
    }

    /** As through a narrow network: what is short is answered in time. */
    @Test
    void readBreaker_whilePingsAreServedAndPagesAreNot_staysOpen() {
        putRemote(key, page(key));
        remote.getFault = new RemoteException(RemoteException.Kind.UNAVAILABLE, "no answer in time", null);
        for (int i = 0; i < 5; i++) {
            store.get(key);
        }
        int asked = remote.gets.get();
        Poll.until("a probe has asked for a page and come to its end", () -> remote.gets.get() > asked + 1);
        assertTrue(store.isReadBreakerOpen());
        remote.getFault = null;
        Poll.until("the probe closes the breaker", () -> !store.isReadBreakerOpen());
        assertNotNull(store.get(key));
    }

    /** Otherwise one page that is too large for the network would keep all others away. */
    @Test
    void readBreaker_whileOnePageOfThoseThatFailedIsServed_closes() {
        remote.readFault = new RemoteException(RemoteException.Kind.UNAVAILABLE, "no answer in time", null);
        for (int i = 0; i < 5; i++) {
            store.get(SampleRecords.key("u" + i));
        }
        String large = SampleRecords.key("u0").remoteName();
        RemoteException fault = new RemoteException(RemoteException.Kind.UNAVAILABLE, "no answer in time", null);
        remote.duringGetOf = name -> {
            if (name.equals(large)) {
                throw fault;
            }
        };
        remote.readFault = null;
        Poll.until("the probe closes the breaker", () -> !store.isReadBreakerOpen());
    }

    @ParameterizedTest
    @EnumSource(
            value = RemoteException.Kind.class,
            names = {"EXHAUSTED", "BAD_VALUE", "PARTIAL"})
    void readBreaker_whoseProbeSaysNothingAboutTheStore_closes(RemoteException.Kind kind) {
        remote.readFault = new IllegalStateException("all are away");
        for (int i = 0; i < 5; i++) {
            store.get(key);
        }
        remote.getFault = new RemoteException(kind, "test", null);
        remote.readFault = null;
        Poll.until("the probe closes the breaker", () -> !store.isReadBreakerOpen());
    }

    @ParameterizedTest
    @EnumSource(
            value = RemoteException.Kind.class,
            names = {"EXHAUSTED", "BAD_VALUE", "PARTIAL"})
    void get_ofWhatSaysNothingAboutTheStore_keepsTheBreakerClosed(RemoteException.Kind kind) {
        remote.readFault = new RemoteException(kind, "test", null);
        for (int i = 0; i < 20; i++) {
            assertNull(store.get(SampleRecords.key("u" + i)));
        }
        assertFalse(store.isReadBreakerOpen());
        assertEquals(20, remote.gets.get());
    }

    @Test
    void puts_thatFail_openTheWriteBreakerOnly() {
        remote.putFault = new IllegalStateException("full");
        for (int i = 0; i < 10; i++) {
            store.put(page(SampleRecords.key("u" + i)));
            awaitIdle();
        }
        assertTrue(store.isWriteBreakerOpen());
        assertFalse(store.isReadBreakerOpen());
        assertEquals(5, store.counters().writeErrors());
        assertEquals(5, store.counters().droppedWrites());
        putRemote(key, page(key));
        assertNotNull(store.get(key), "reads go on");
        store.remove(key);
        awaitIdle();
        assertEquals(0, remote.pages(), "removes go on");
    }

    @Test
    void puts_thatOneServerOfManyFails_keepTheWriteBreakerClosed() {
        remote.putFault = new RemoteException(RemoteException.Kind.PARTIAL, "one is away", null);
        for (int i = 0; i < 10; i++) {
            store.put(page(SampleRecords.key("u" + i)));
            awaitIdle();
        }
        assertFalse(store.isWriteBreakerOpen());
        assertEquals(10, store.counters().writeErrors());
    }

    /** The probe's name may be one of the server that is away: the others take writes again. */
    @Test
    void writeBreaker_whoseProbeMeetsOneServerOfMany_closes() {
        remote.putFault = new IllegalStateException("all are away");
        for (int i = 0; !store.isWriteBreakerOpen(); i++) {
            store.put(page(SampleRecords.key("u" + i)));
            awaitIdle();
        }
        remote.putFault = new RemoteException(RemoteException.Kind.PARTIAL, "one is away", null);
        Poll.until("the probe closes the breaker", () -> !store.isWriteBreakerOpen());
    }

    @Test
    void put_ofWhatTheFormatCannotHold_saysNothingAboutTheStore() {
        for (int i = 0; i < 10; i++) {
            store.put(SampleRecords.page(SampleRecords.key("u" + i), "x".repeat(MAX_RECORD_BYTES), nanoTime.get()));
        }
        awaitIdle();
        assertFalse(store.isWriteBreakerOpen());
        assertEquals(10, store.counters().writeErrors());
    }

    @Test
    void puts_beyondTheQueue_areDroppedAndServedFromMemory() {
        remote.freezeWrites();
        for (int i = 0; i < 1_100; i++) {
            store.put(page(SampleRecords.key("u" + i)));
        }
        assertEquals(76, store.counters().droppedWrites());
        assertNotNull(store.get(SampleRecords.key("u1099")));
        remote.thaw();
        awaitIdle();
        assertEquals(1_024, remote.pages());
    }

    @Test
    void close_whileTheRemoteStandsStill_endsTheThread() {
        remote.freezeWrites();
        store.put(page(key));
        Poll.until("the write is under way", () -> hasThread("pagecache-store"));
        store.close();
        Poll.until("the thread has ended", () -> !hasThread("pagecache-store"));
        assertNull(store.get(key));
    }

    /** Others need not render anew what a node has rendered right before it ends. */
    @Test
    void close_withWritesOnTheirWay_sendsThem() {
        for (int i = 0; i < 500; i++) {
            store.put(page(SampleRecords.key("page " + i)));
        }
        store.close();
        assertEquals(500, remote.pages());
    }

    @Test
    void close_onAnInterruptedThread_keepsTheFlag() {
        remote.freezeWrites();
        store.put(page(key));
        Thread.currentThread().interrupt();
        store.close();
        assertTrue(Thread.interrupted());
    }

    @Test
    void store_withSenselessBound_isRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new TieredStore(
                        new MemoryStore(1, null, nanoTime::get),
                        remote,
                        0,
                        nanoTime::get,
                        () -> Instant.EPOCH,
                        new Random(1)));
    }

    private static boolean hasThread(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(name));
    }
}
