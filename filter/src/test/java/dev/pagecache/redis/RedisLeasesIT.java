package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.store.LeaseStore.Claim;
import dev.pagecache.store.Poll;
import dev.pagecache.store.RemoteFeed;
import dev.pagecache.store.RemoteLeases;
import dev.pagecache.store.RemoteLedger;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leases in a real Redis. */
final class RedisLeasesIT {
    private static final RedisTestServer server = RedisTestServer.start();
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String KEY = "pc1:leases:{page}:lease";

    private final RedisOptions options = server.options(Duration.ofSeconds(5), 4, "leases");
    private final RedisRemoteStore store = RedisRemoteStore.open(options);
    private final RemoteLeases leases = store.leases();

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() {
        store.close();
        server.exec("FLUSHALL");
    }

    @Test
    void claim_isGrantedOnce_untilItsHolderEndsIt() {
        assertEquals(Claim.GRANTED, leases.claim("{page}", "a.1", LONG));
        assertEquals(Claim.TAKEN, leases.claim("{page}", "b.1", LONG));
        assertEquals(Claim.TAKEN, leases.claim("{page}", "c.1", LONG));
        assertEquals(Claim.GRANTED, leases.claim("{other}", "b.1", LONG));
        leases.end("{page}", "a.1", Duration.ZERO);
        assertNull(server.exec("GET", KEY));
        assertEquals(Claim.GRANTED, leases.claim("{page}", "b.1", LONG));
    }

    @Test
    void end_byAnother_changesNothing() {
        leases.claim("{page}", "a.1", LONG);
        leases.end("{page}", "b.1", Duration.ZERO);
        assertNotNull(server.exec("GET", KEY));
        assertEquals(Claim.TAKEN, leases.claim("{page}", "b.1", LONG));
    }

    /** The answer to a claim may be lost, and so may an end. */
    @Test
    void lease_thatANodeHasAndDoesNotKnowOf_isGrantedToItAnew() {
        assertEquals(Claim.GRANTED, leases.claim("{page}", "a.1", LONG));
        assertEquals(Claim.TAKEN, leases.claim("{page}", "ab.1", LONG), "another node");
        assertEquals(Claim.GRANTED, leases.claim("{page}", "a.2", LONG));
        leases.end("{page}", "a.1", Duration.ZERO);
        assertEquals(Claim.TAKEN, leases.claim("{page}", "b.1", LONG), "an end that comes late ends no later lease");
        leases.end("{page}", "a.2", Duration.ZERO);
        assertEquals(Claim.GRANTED, leases.claim("{page}", "b.2", LONG));
    }

    @Test
    void lease_takenOver_isTheNewHolders() {
        assertEquals(Claim.GRANTED, leases.takeOver("{page}", "b.1", LONG), "nobody has it");
        assertEquals(Claim.GRANTED, leases.takeOver("{page}", "a.1", LONG));
        leases.end("{page}", "b.1", Duration.ZERO);
        assertEquals(Claim.TAKEN, leases.claim("{page}", "b.2", LONG));
        leases.end("{page}", "a.1", LONG);
        assertEquals(Claim.FREE, leases.takeOver("{page}", "b.3", LONG));
    }

    @Test
    void end_withoutPage_setsEverybodyFreeForAWhile() {
        leases.claim("{page}", "a.1", LONG);
        leases.end("{page}", "a.1", LONG);
        assertEquals(Claim.FREE, leases.claim("{page}", "b.1", LONG));
        assertEquals(Claim.FREE, leases.claim("{page}", "a.1", LONG));
    }

    @Test
    void lease_endsByItself_alsoIfSomebodyWaits() {
        assertEquals(Claim.GRANTED, leases.claim("{page}", "a.1", LONG));
        assertEquals(Claim.TAKEN, leases.claim("{page}", "b.1", LONG));
        long left = (Long) Objects.requireNonNull(server.exec("PTTL", KEY));
        assertTrue(left > 0 && left <= LONG.toMillis(), () -> "left: " + left);
        leases.end("{page}", "a.1", Duration.ZERO);
        assertEquals(Claim.GRANTED, leases.claim("{page}", "a.1", Duration.ofMillis(1)));
        Poll.until("it has ended", () -> server.exec("GET", KEY) == null);
    }

    /** Ends for which nobody waits are not published: a page that is stored is no news to other nodes. */
    @Test
    void end_isToldToWhoWaits_andToNobodyElse() {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        try (RedisLedger ledger = RedisLedger.open(options, told::add);
                RemoteFeed<RemoteLedger.Notice> feed = ledger.listen()) {
            leases.claim("{page}", "a.1", LONG);
            leases.end("{page}", "a.1", Duration.ZERO);
            leases.claim("{other}", "a.1", LONG);
            leases.claim("{other}", "b.1", LONG);
            leases.end("{other}", "a.1", Duration.ZERO);
            while (told.isEmpty()) {
                assertNull(feed.next(Duration.ofSeconds(20)));
            }
            assertEquals("{other}", told.poll());
            leases.claim("{third}", "a.1", LONG);
            leases.claim("{third}", "b.1", LONG);
            leases.takeOver("{third}", "c.1", LONG);
            leases.end("{third}", "c.1", Duration.ZERO);
            while (told.isEmpty()) {
                assertNull(feed.next(Duration.ofSeconds(20)));
            }
            assertEquals("{third}", told.poll(), "who waited for the one before waits for the new holder");
        }
    }
}
