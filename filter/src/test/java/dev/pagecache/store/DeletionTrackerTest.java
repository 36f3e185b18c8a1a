package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.store.RemoteTracking.Changes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What leaves memory because it is gone from the remote store, and what does not. */
final class DeletionTrackerTest {
    private final AtomicLong nanoTime = new AtomicLong(77);
    private final FakeRemote remote = new FakeRemote();
    private final FakeTracking tracking = new FakeTracking(remote.values);
    private final TieredStore store = store(MemoryStore.tracked(1 << 20, Duration.ofMinutes(1), nanoTime::get));
    private final DeletionTracker tracker = new DeletionTracker(store, tracking);
    private final CacheKey key = SampleRecords.key("a");
    private final CacheKey other = SampleRecords.variant("a", "b");

    private TieredStore store(MemoryStore memory) {
        return new TieredStore(
                memory,
                remote,
                100_000,
                nanoTime::get,
                () -> Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(nanoTime.get())),
                new Random(1));
    }

    @BeforeEach
    void start() {
        tracker.start();
    }

    @AfterEach
    void close() {
        remote.thaw();
        tracker.close();
        store.close();
    }

    private Page put(CacheKey at) {
        Page page = SampleRecords.page(at, "body", nanoTime.get());
        store.put(page);
        return page;
    }

    private Page putAndAwait(CacheKey at) {
        Page page = put(at);
        Poll.until("it is written", store::isIdle);
        return page;
    }

    private void deleteByHand(CacheKey at) {
        remote.values.remove(at.remoteName());
    }

    @Test
    void record_gone_leavesMemory() {
        putAndAwait(key);
        Page stays = putAndAwait(other);
        deleteByHand(key);
        tracking.tell(key.remoteName(), other.remoteName());
        assertNull(store.getLocal(key));
        assertSame(stays, store.getLocal(other));
        assertEquals(1, store.counters().deletions());
    }

    @Test
    void record_writtenAnew_staysInMemory() {
        Page page = putAndAwait(key);
        tracking.tell(key.remoteName());
        assertSame(page, store.getLocal(key));
        assertEquals(1, tracking.questions.size());
        assertEquals(0, store.counters().deletions());
    }

    @Test
    void names_thatMemoryDoesNotHave_areNotAskedFor() {
        putAndAwait(key);
        tracking.tell("{ledger}", "{probe}", key.remoteName() + ":lease", other.remoteName(), "");
        assertEquals(List.of(), tracking.questions);
    }

    @Test
    void record_evictedFromMemory_isNotAskedForAnyMore() {
        putAndAwait(key);
        store.memory().remove(key);
        deleteByHand(key);
        tracking.tell(key.remoteName());
        assertEquals(List.of(), tracking.questions);
    }

    @Test
    void everything_isAskedFor_andWhatIsThereStays() {
        putAndAwait(key);
        Page stays = putAndAwait(other);
        deleteByHand(key);
        tracking.tell(Changes.EVERYTHING);
        assertNull(store.getLocal(key));
        assertSame(stays, store.getLocal(other));
    }

    @Test
    void everything_ofManyRecords_isAskedForInParts() {
        int count = 2 * RemoteTracking.MAX_NAMES + 1;
        for (int i = 0; i < count; i++) {
            putAndAwait(SampleRecords.key("page " + i));
        }
        remote.values.clear();
        tracking.tell(Changes.EVERYTHING);
        assertEquals(3, tracking.questions.size());
        assertEquals(count, store.counters().deletions());
        assertEquals(0, store.memory().size());
    }

    /** It is not there yet, so that its absence says nothing. Once it was there, it does. */
    @Test
    void record_onItsWay_isAskedForWhenItHasArrived() {
        remote.freezeWrites();
        Page page = put(key);
        tracking.tell(key.remoteName());
        assertSame(page, store.getLocal(key));
        assertEquals(List.of(), tracking.questions);
        remote.thaw();
        Poll.until("it is written", store::isIdle);
        deleteByHand(key);
        tracking.heartbeat();
        assertNull(store.getLocal(key));
    }

    /** T1 the tracker hears that it is gone, T2 it is rendered and queued anew, T1 takes out what is there. */
    @Test
    void record_renderedDuringTheQuestion_staysInMemory() {
        putAndAwait(key);
        deleteByHand(key);
        remote.freezeWrites();
        tracking.duringQuestion = () -> put(key);
        tracking.tell(key.remoteName());
        tracking.duringQuestion = () -> {};
        assertNotNull(store.getLocal(key));
    }

    /** T1 has read the old bytes, T2 they are removed and the tracker is told, T1 puts nothing into memory. */
    @Test
    void record_deletedWhileItIsRead_doesNotComeToMemory() {
        putAndAwait(key);
        store.memory().remove(key);
        DuringGet get = new DuringGet();
        remote.duringGet = get;
        store.get(key);
        assertEquals(1, tracking.questions.size());
        assertNull(store.getLocal(key));
    }

    private final class DuringGet implements Runnable {
        @Override
        public void run() {
            // The fake remote reads after this, so that the bytes have to be there until the question.
            tracking.duringQuestion = () -> {};
            byte[] bytes = remote.values.remove(key.remoteName());
            tracking.tell(key.remoteName());
            remote.values.put(key.remoteName(), java.util.Objects.requireNonNull(bytes));
        }
    }

    @ParameterizedTest
    @EnumSource(RemoteException.Kind.class)
    void questions_thatFail_areAskedAgain(RemoteException.Kind kind) {
        putAndAwait(key);
        deleteByHand(key);
        tracking.faultKind = kind;
        tracking.faults.set(3);
        tracking.tell(key.remoteName());
        tracking.heartbeat();
        assertNull(store.getLocal(key));
        assertEquals(4, tracking.questions.size());
        assertEquals(1, tracking.feeds.get());
    }

    @Test
    void question_thatFails_isForgottenWithItsRecord() {
        putAndAwait(key);
        deleteByHand(key);
        tracking.faults.set(Integer.MAX_VALUE);
        tracking.tell(key.remoteName());
        store.memory().remove(key);
        tracking.heartbeat();
        int asked = tracking.questions.size();
        tracking.heartbeat();
        assertEquals(asked, tracking.questions.size());
    }

    @Test
    void tracker_ofMemoryThatIsNotTracked_isRefused() {
        TieredStore plain = store(new MemoryStore(1, null, nanoTime::get));
        assertThrows(IllegalArgumentException.class, () -> new DeletionTracker(plain, tracking));
        plain.close();
    }
}
