package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.Stamp;
import dev.pagecache.store.Poll;
import dev.pagecache.store.RemoteLedger.Changes;
import dev.pagecache.store.RemoteLedger.Raised;
import dev.pagecache.store.SharedStampLedger;
import dev.pagecache.store.StampLedger;
import dev.pagecache.store.StampLedgerContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger that nodes share through a real Redis. */
final class RedisLedgerIT {
    private static final RedisTestServer server = RedisTestServer.start();
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String KEY = "pc1:ledger-test:{ledger}";

    private final List<SharedStampLedger> nodes = new ArrayList<>();

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() {
        nodes.forEach(SharedStampLedger::close);
        server.exec("FLUSHALL");
    }

    private SharedStampLedger node() {
        RedisLedger remote = RedisLedger.open(server.options(Duration.ofSeconds(2), 4, "ledger-test"));
        SharedStampLedger node =
                new SharedStampLedger(100_000, remote, Duration.ofSeconds(20), System::nanoTime, new Random());
        nodes.add(node);
        node.start(LONG);
        assertTrue(node.mayRead());
        return node;
    }

    private RedisLedger remote() {
        return RedisLedger.open(server.options(Duration.ofSeconds(5), 4, "ledger-test"));
    }

    /** Subscribed connections of our ledgers. */
    private static long feeds() {
        String clients = new String(
                (byte[]) Objects.requireNonNull(server.exec("CLIENT", "LIST", "TYPE", "pubsub")),
                StandardCharsets.UTF_8);
        return clients.lines().filter(line -> line.contains(" sub=2")).count();
    }

    /** What every ledger does. */
    @Nested
    final class Contract implements StampLedgerContract {
        private final SharedStampLedger ledger = node();

        @Override
        public StampLedger ledger() {
            return ledger;
        }
    }

    @Test
    void raise_reachesOtherNodesByMessage() {
        SharedStampLedger first = node();
        SharedStampLedger second = node();
        Poll.until("both listen", () -> feeds() == 2);
        Stamp before = second.now();
        first.raise(List.of("tag:a"));
        assertTrue(first.awaitShared(LONG));
        Poll.until("the other node has heard", () -> second.isRaisedSince(before, "tag:a"));
        assertFalse(second.isRaisedSince(second.now(), "tag:a"));
        assertTrue(second.mayHave('t'));
    }

    @Test
    void page_renderedAfterTheOwnRaise_isGoodForOtherNodes() {
        SharedStampLedger first = node();
        SharedStampLedger second = node();
        Poll.until("both listen", () -> feeds() == 2);
        first.raise(List.of("url:a"));
        Stamp written =
                Stamp.foreign(Objects.requireNonNull(first.settled(first.now())).ledger());
        Poll.until("the other node has heard", () -> second.known() == first.known());
        assertTrue(second.trusts(written));
        assertFalse(second.isRaisedSince(written, "url:a"));
    }

    @Test
    void node_thatStartsLater_knowsWhatWasRaised() {
        SharedStampLedger first = node();
        Stamp written = Stamp.foreign(first.known());
        first.raise(List.of("tag:a", "x".repeat(5_000), "tag:\u00e9\n\u4e2d"));
        assertTrue(first.awaitShared(LONG));
        SharedStampLedger late = node();
        assertTrue(late.isRaisedSince(written, "tag:a"));
        assertTrue(late.isRaisedSince(written, "x".repeat(5_000)));
        assertTrue(late.isRaisedSince(written, "tag:\u00e9\n\u4e2d"));
        assertTrue(late.mayHave('x'));
        assertFalse(late.isRaisedSince(written, "tag:b"));
    }

    /** F-25: the connection of the feed is cut again and again, and no raise is lost. */
    @Test
    void feed_cutAgainAndAgain_losesNoRaise() {
        SharedStampLedger first = node();
        SharedStampLedger second = node();
        List<Stamp> before = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            before.add(second.now());
            first.raise(List.of("tag:" + i));
            if (i % 40 == 20) {
                server.exec("CLIENT", "KILL", "TYPE", "pubsub");
            }
        }
        assertTrue(first.awaitShared(LONG));
        for (int i = 0; i < 200; i++) {
            String name = "tag:" + i;
            Stamp stamp = before.get(i);
            Poll.until("the other node knows " + name, () -> second.isRaisedSince(stamp, name));
        }
        Poll.until("both listen again", () -> feeds() == 2);
    }

    @Test
    void redisAway_raisesTakeEffectHereAndReachOthersLater() {
        RedisTestServer own = RedisTestServer.start();
        try (own;
                SharedStampLedger first = ownNode(own);
                SharedStampLedger second = ownNode(own)) {
            Stamp here = first.now();
            Stamp there = second.now();
            own.freeze();
            first.raise(List.of("tag:a"));
            assertTrue(first.isRaisedSince(here, "tag:a"));
            assertFalse(first.awaitShared(Duration.ofMillis(1)));
            Poll.until("the window is over", () -> !first.mayRead());
            own.thaw();
            assertTrue(first.awaitShared(LONG));
            Poll.until("the other node knows", () -> second.isRaisedSince(there, "tag:a"));
            Poll.until("remote pages are read again", () -> first.mayRead() && second.mayRead());
        }
    }

    /** Without a message, by asking alone. */
    @Test
    void ledgerDeletedByHand_pagesOfBefore_areNotTrusted() {
        RedisTestServer own = RedisTestServer.start();
        try (own;
                SharedStampLedger first = ownNode(own)) {
            Stamp written = Stamp.foreign(first.known());
            assertTrue(first.trusts(written));
            own.exec("FLUSHALL");
            Poll.until("the loss is noticed", () -> !first.trusts(written));
            assertTrue(first.trusts(Objects.requireNonNull(first.settled(first.now()))));
        }
    }

    /** F-09: a full Redis takes no purge, but serves pages, and tells what was raised before. */
    @Test
    void redisFull_pagesAreReadAndRaisesWait() {
        RedisTestServer own = RedisTestServer.start("--maxmemory-policy", "noeviction");
        try (own;
                SharedStampLedger first = ownNode(own)) {
            Stamp before = first.now();
            own.exec("CONFIG", "SET", "maxmemory", "1");
            first.raise(List.of("tag:a"));
            assertTrue(first.isRaisedSince(before, "tag:a"));
            assertFalse(first.awaitShared(Duration.ofSeconds(1)), "Redis has no room");
            assertTrue(first.mayRead());
            own.exec("CONFIG", "SET", "maxmemory", "0");
            assertTrue(first.awaitShared(LONG));
        }
    }

    @Test
    void redisAbsentAtTheStart_startsAndFindsItLater() {
        RedisTestServer own = RedisTestServer.prepare();
        try (own;
                SharedStampLedger first = ownNode(own)) {
            assertFalse(first.mayRead());
            first.raise(List.of("tag:a"));
            own.restart();
            assertTrue(first.awaitShared(LONG));
            Poll.until("it is asked", first::mayRead);
        }
    }

    private static SharedStampLedger ownNode(RedisTestServer own) {
        RedisLedger remote = RedisLedger.open(own.options(Duration.ofMillis(150), 4, "own"));
        SharedStampLedger node =
                new SharedStampLedger(1_000, remote, Duration.ofMillis(300), System::nanoTime, new Random());
        node.start(LONG);
        return node;
    }

    @Test
    void raise_manyNames_areTrimmedAndTheFloorRises() {
        try (RedisLedger remote = remote()) {
            long first = remote.changes(0).time();
            List<String> names = new ArrayList<>();
            Raised last = new Raised(0, 0);
            for (int i = 0; i < 100_300; i++) {
                names.add("tag:" + i);
                if (names.size() == 250) {
                    last = remote.raise(last.time(), "n", i, names);
                    names.clear();
                }
            }
            Changes changes = remote.changes(last.time());
            assertTrue(changes.floor() > first, "the oldest names are gone");
            assertTrue(changes.floor() < last.time());
            long members = (Long) Objects.requireNonNull(server.exec("ZCARD", KEY));
            assertTrue(members <= 100_002, () -> "members: " + members);
        }
    }

    @Test
    void changes_moreThanOneAnswerHolds_areAllFound() {
        try (RedisLedger remote = remote()) {
            long known = remote.changes(0).time();
            for (int i = 0; i < 40; i++) {
                List<String> names = new ArrayList<>();
                for (int n = 0; n < 250; n++) {
                    names.add("tag:" + i + "-" + n);
                }
                remote.raise(known, "n", i, names);
            }
            SharedStampLedger node = node();
            Stamp written = Stamp.foreign(known);
            for (int i = 0; i < 40; i++) {
                for (int n = 0; n < 250; n++) {
                    assertTrue(node.isRaisedSince(written, "tag:" + i + "-" + n));
                }
            }
        }
    }

    /** T1 a replica that lacks the latest raises becomes the primary: its clock goes on from what nodes know. */
    @Test
    void clockSetBack_goesOnFromWhatTheCallerKnows() {
        try (RedisLedger remote = remote()) {
            long known = remote.changes(0).time() + 1_000_000;
            Changes changes = remote.changes(known);
            assertEquals(known, changes.time());
            assertEquals(known, changes.floor());
            Raised raised = remote.raise(known, "n", 1, List.of("tag:a"));
            assertEquals(known, raised.previous());
            assertTrue(raised.time() > known);
        }
    }

    @Test
    void times_grow_whateverTheClockSays() {
        try (RedisLedger remote = remote()) {
            long previous = 0;
            for (int i = 0; i < 500; i++) {
                Raised raised = remote.raise(previous, "n", i, List.of("tag:a"));
                assertTrue(raised.time() > previous);
                assertTrue(i == 0 || raised.previous() == previous);
                previous = raised.time();
            }
        }
    }

    /** Others publish on our channel what is none of ours: no node falls over it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1 5 6 x 1 1\n3:ab",
                "1 5 6 x 1 2\n2:ab",
                "1 6 5 x 1 1\n2:ab",
                "1 a b c d e\n",
                "2 5 6 x 1 1\n2:ab",
                "1 5 6 x 1 999999999\n2:ab",
                "1 5 99999999999999999999 x 1 1\n2:ab"
            })
    void message_ofAnotherForm_isIgnored(String payload) {
        SharedStampLedger node = node();
        Poll.until("it listens", () -> feeds() == 1);
        Stamp before = node.now();
        server.exec("PUBLISH", "pc1:ledger-test:ledger", payload);
        node.raise(List.of("tag:a"));
        assertTrue(node.awaitShared(LONG));
        assertFalse(node.isRaisedSince(before, "ab"));
        assertNotEquals(0, feeds());
    }

    /** A wrong type at the ledger's key is an outage, not an exception. */
    @Test
    void ledger_ofAnotherType_isAnOutage() {
        server.exec("SET", "pc1:own:{ledger}", "text");
        RedisLedger remote = RedisLedger.open(server.options(Duration.ofSeconds(2), 4, "own"));
        try (SharedStampLedger node =
                new SharedStampLedger(10, remote, Duration.ofSeconds(2), System::nanoTime, new Random())) {
            node.start(LONG);
            assertFalse(node.mayRead());
            server.exec("DEL", "pc1:own:{ledger}");
            Poll.until("it is asked", node::mayRead);
        }
    }
}
