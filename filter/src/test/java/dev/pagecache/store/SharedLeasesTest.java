package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.store.LeaseStore.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leases of one node over a store that fails: none is left behind for others to wait for. */
final class SharedLeasesTest {
    private static final Duration TIME = Duration.ofSeconds(10);

    private final AtomicLong nanoTime = new AtomicLong(-5);
    private final TieredStore store = new TieredStore(
            new MemoryStore(1 << 20, Duration.ofMinutes(1), nanoTime::get),
            new FakeRemote(),
            1_000,
            nanoTime::get,
            () -> Instant.EPOCH,
            new Random(1));
    private final Remote remote = new Remote();
    private final SharedLeases leases =
            new SharedLeases(remote, store, new LeaseSignals(), TIME, nanoTime::get, new Random(2));
    private final CacheKey key = SampleRecords.key("a");

    @AfterEach
    void close() {
        store.close();
    }

    /** Holders by name; takes claims and ends, and may lose the answers. */
    private static final class Remote implements RemoteLeases {
        private final Map<String, String> holders = new ConcurrentHashMap<>();
        private final AtomicInteger ends = new AtomicInteger();
        private volatile boolean losesAnswers;
        private volatile boolean refusesEnds;

        @Override
        public Claim claim(String name, String holder, Duration timeToLive) {
            String before = holders.putIfAbsent(name, holder);
            fail(losesAnswers);
            return before == null ? Claim.GRANTED : Claim.TAKEN;
        }

        @Override
        public Claim takeOver(String name, String holder, Duration timeToLive) {
            holders.put(name, holder);
            fail(losesAnswers);
            return Claim.GRANTED;
        }

        @Override
        public void end(String name, String holder, Duration freeFor) {
            ends.incrementAndGet();
            fail(refusesEnds);
            holders.remove(name, holder);
        }

        private static void fail(boolean fails) {
            if (fails) {
                throw new RemoteException(RemoteException.Kind.UNAVAILABLE, "lost", null);
            }
        }
    }

    private @Nullable String holder() {
        return remote.holders.get(key.remoteName());
    }

    private void awaitNoHolder() {
        Poll.until("the lease is given back", () -> holder() == null);
    }

    @Test
    void claim_itsEnd_givesItBack() {
        assertEquals(Claim.GRANTED, leases.claim(key));
        leases.endStored(key);
        awaitNoHolder();
    }

    @Test
    void claim_eachTime_isAnotherHolder() {
        leases.claim(key);
        String first = holder();
        leases.endWithoutPage(key);
        awaitNoHolder();
        leases.claim(key);
        assertTrue(String.valueOf(first).matches("[0-9a-f]{16}\\.1"), first);
        assertEquals(String.valueOf(first).replace(".1", ".2"), holder());
    }

    @Test
    void claim_whoseAnswerIsLost_isGivenBack() {
        remote.losesAnswers = true;
        assertEquals(Claim.FREE, leases.claim(key));
        awaitNoHolder();
        assertEquals(Claim.FREE, leases.takeOver(key));
        awaitNoHolder();
    }

    @Test
    void end_thatFails_isTriedUntilItGetsThrough() {
        leases.claim(key);
        remote.refusesEnds = true;
        leases.endStored(key);
        Poll.until("it is tried again", () -> remote.ends.get() >= 2);
        remote.refusesEnds = false;
        awaitNoHolder();
    }

    /** By then it has ended by itself. */
    @Test
    void end_thatFailsForLong_isGivenUp() {
        leases.claim(key);
        remote.refusesEnds = true;
        leases.endStored(key);
        Poll.until("it is tried", () -> remote.ends.get() >= 1);
        nanoTime.addAndGet(TIME.toNanos());
        CacheKey other = SampleRecords.key("b");
        remote.refusesEnds = false;
        leases.claim(other);
        leases.endStored(other);
        Poll.until("another one is given back", () -> !remote.holders.containsKey(other.remoteName()));
        int tried = remote.ends.get();
        AtomicInteger passed = new AtomicInteger();
        store.afterWrites(passed::incrementAndGet, Duration.ofMillis(400));
        Poll.until("the time of the next try is over", () -> passed.get() == 1);
        assertEquals(tried, remote.ends.get());
    }

    @Test
    void lease_takenOver_isGivenBackByItsNewHolder() {
        remote.holders.put(key.remoteName(), "other.1");
        assertEquals(Claim.TAKEN, leases.claim(key));
        assertEquals(Claim.GRANTED, leases.takeOver(key));
        leases.endStored(key);
        awaitNoHolder();
    }
}
