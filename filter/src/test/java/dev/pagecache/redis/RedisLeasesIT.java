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
        assertEquals(Claim.GRANTED, leases.claim("{page}", "a", LONG));
        assertEquals(Claim.TAKEN, leases.claim("{page}", "b", LONG));
        assertEquals(Claim.TAKEN, leases.claim("{page}", "c", LONG));
        assertEquals(Claim.GRANTED, leases.claim("{other}", "b", LONG));
        leases.end("{page}", "a", Duration.ZERO);
        assertNull(server.exec("GET", KEY));
        assertEquals(Claim.GRANTED, leases.claim("{page}", "b", LONG));
    }

    @Test
    void end_byAnother_changesNothing() {
        leases.claim("{page}", "a", LONG);
        leases.end("{page}", "b", Duration.ZERO);
        assertNotNull(server.exec("GET", KEY));
        assertEquals(Claim.TAKEN, leases.claim("{page}", "b", LONG));
    }

    @Test
    void end_withoutPage_setsEverybodyFreeForAWhile() {
        leases.claim("{page}", "a", LONG);
        leases.end("{page}", "a", LONG);
        assertEquals(Claim.FREE, leases.claim("{page}", "b", LONG));
        assertEquals(Claim.FREE, leases.claim("{page}", "a", LONG));
    }

    @Test
    void lease_endsByItself_alsoIfSomebodyWaits() {
        assertEquals(Claim.GRANTED, leases.claim("{page}", "a", LONG));
        assertEquals(Claim.TAKEN, leases.claim("{page}", "b", LONG));
        long left = (Long) Objects.requireNonNull(server.exec("PTTL", KEY));
        assertTrue(left > 0 && left <= LONG.toMillis(), () -> "left: " + left);
        leases.end("{page}", "a", Duration.ZERO);
        assertEquals(Claim.GRANTED, leases.claim("{page}", "a", Duration.ofMillis(1)));
        Poll.until("it has ended", () -> server.exec("GET", KEY) == null);
    }

    /** Ends for which nobody waits are not published: a page that is stored is no news to other nodes. */
    @Test
    void end_isToldToWhoWaits_andToNobodyElse() {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        try (RedisLedger ledger = RedisLedger.open(options, told::add);
                RemoteFeed<RemoteLedger.Notice> feed = ledger.listen()) {
            leases.claim("{page}", "a", LONG);
            leases.end("{page}", "a", Duration.ZERO);
            leases.claim("{other}", "a", LONG);
            leases.claim("{other}", "b", LONG);
            leases.end("{other}", "a", Duration.ZERO);
            while (told.isEmpty()) {
                assertNull(feed.next(Duration.ofSeconds(20)));
            }
            assertEquals("{other}", told.poll());
        }
    }
}
