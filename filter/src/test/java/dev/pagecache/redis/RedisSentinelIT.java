package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.store.Poll;
import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import dev.pagecache.store.RemoteStore;
import dev.pagecache.store.RemoteStoreContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A real master that three Sentinels watch, well and with faults. */
class RedisSentinelIT {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MAX_BYTES = 1_000;

    private static final RedisTestSentinel servers = RedisTestSentinel.start();

    private final RedisRemoteStore store = RedisRemoteStore.open(servers.options(SHORT, "site"));

    @AfterAll
    static void stop() {
        servers.close();
    }

    @AfterEach
    void close() {
        store.close();
        servers.awaitWatched();
        servers.master().exec("FLUSHALL");
    }

    @Nested
    class AsRemoteStore implements RemoteStoreContract {
        @Override
        public RemoteStore remote() {
            return store;
        }
    }

    @Nested
    class AsRecordStore extends TieredOverRedis {
        AsRecordStore() {
            super(0, RedisRemoteStore.open(servers.options(LONG, "contract")));
        }

        @Override
        void clear() {
            servers.master().exec("FLUSHALL");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private boolean canPut(String value) {
        try {
            store.put("{a}", bytes(value), MINUTE);
            return true;
        } catch (RemoteException e) {
            assertEquals(Kind.UNAVAILABLE, e.kind(), e::toString);
            return false;
        }
    }

    private void assertWritable(String value) {
        Poll.until("writes reach a master", () -> canPut(value) && isRead(value));
        assertEquals(1L, servers.master().exec("EXISTS", "pc1:site:{a}"));
    }

    private boolean isRead(String value) {
        try {
            return Arrays.equals(bytes(value), store.get("{a}", MAX_BYTES));
        } catch (RemoteException e) {
            return false;
        }
    }

    @Test
    void master_replacedByFailover_isFollowed() {
        store.put("{a}", bytes("old"), MINUTE);
        servers.failover();
        assertWritable("new");
    }

    /** What is deleted at the new master is noticed, too, though nobody is told by the old one. */
    @Test
    void master_replacedByFailover_isTracked() {
        CacheKey key = SampleRecords.key("a");
        try (TrackedNode node = new TrackedNode(servers.options(LONG, TrackedNode.KEY_PREFIX))) {
            Poll.until("it listens", () -> TrackedNode.trackers(servers.master()) == 1);
            node.put(key);
            servers.failover();
            Poll.until("it listens to the new master", () -> TrackedNode.trackers(servers.master()) == 1);
            Poll.until("the new master takes the page", () -> {
                node.put(key);
                return Long.valueOf(1).equals(servers.master().exec("EXISTS", TrackedNode.redisKey(key)));
            });
            servers.master().exec("DEL", TrackedNode.redisKey(key));
            Poll.until("memory has lost the page", () -> !node.holds(key));
        }
    }

    @Test
    void master_killed_isReplacedByAReplica() {
        store.put("{a}", bytes("old"), MINUTE);
        RedisTestServer old = servers.master();
        old.kill();
        Poll.until("another one is master", () -> servers.master() != old);
        assertWritable("new");
        old.restart();
        Poll.until("it is a replica again", () -> old.says("replication", "role:slave"));
        assertWritable("newer");
    }

    /** It comes back as a master that nobody names any more, and is told to be a replica: nothing is written to it. */
    @Test
    void master_frozen_isReplacedAndNotWrittenToAgain() {
        store.put("{a}", bytes("old"), MINUTE);
        RedisTestServer old = servers.master();
        old.freeze();
        try {
            Poll.until("another one is master", () -> servers.master() != old);
            assertWritable("new");
        } finally {
            old.thaw();
        }
        Poll.until("it is a replica", () -> old.says("replication", "role:slave"));
        assertWritable("newer");
    }

    @Test
    void sentinels_awayButOne_areNotNeeded() {
        servers.sentinel(0).freeze();
        servers.sentinel(1).kill();
        try (RedisRemoteStore other = RedisRemoteStore.open(servers.options(LONG, "site"))) {
            other.put("{b}", bytes("x"), MINUTE);
            assertArrayEquals(bytes("x"), other.get("{b}", MAX_BYTES));
        } finally {
            servers.sentinel(0).thaw();
            servers.sentinel(1).restart();
        }
    }

    @Test
    void sentinels_allAway_leaveTheMasterInUse() {
        store.put("{a}", bytes("x"), MINUTE);
        for (int i = 0; i < 3; i++) {
            servers.sentinel(i).kill();
        }
        try {
            assertArrayEquals(bytes("x"), store.get("{a}", MAX_BYTES));
            store.put("{a}", bytes("y"), MINUTE);
        } finally {
            for (int i = 0; i < 3; i++) {
                servers.sentinel(i).restart();
            }
        }
    }

    @Test
    void start_whileAllAreAway_isNoError() {
        try (RedisTestServer absent = RedisTestServer.prepare();
                RedisRemoteStore early = RedisRemoteStore.open(new RedisOptions(
                        new RedisTopology.Sentinel(List.of(absent.address()), "m", RedisLogin.NONE, RedisLogin.NONE),
                        null,
                        SHORT,
                        2,
                        ""))) {
            RemoteException thrown = assertThrows(RemoteException.class, early::ping);
            assertEquals(Kind.UNAVAILABLE, thrown.kind());
            assertEquals("no master is known", thrown.getMessage());
            assertThrows(RemoteException.class, () -> early.get("{a}", MAX_BYTES));
        }
    }

    @Test
    void name_thatNoSentinelKnows_isUnavailable() {
        RedisTopology topology = new RedisTopology.Sentinel(
                List.of(servers.sentinel(0).address()), "unknown", RedisLogin.NONE, RedisLogin.NONE);
        try (RedisRemoteStore wrong = RedisRemoteStore.open(new RedisOptions(topology, null, LONG, 2, ""))) {
            RemoteException thrown = assertThrows(RemoteException.class, wrong::ping);
            assertEquals("no master is known", thrown.getMessage());
        }
    }

    /** A replica that a Sentinel named would refuse all writes. */
    @Test
    void server_thatIsNoMaster_isNotTaken() {
        RedisTestServer master = servers.master();
        try (RedisTestServer replica =
                        RedisTestServer.start("--replicaof", "127.0.0.1", Integer.toString(master.port()));
                RedisTestServer sentinel =
                        RedisTestServer.startSentinel("sentinel monitor other 127.0.0.1 " + replica.port() + " 1");
                RedisRemoteStore wrong = RedisRemoteStore.open(new RedisOptions(
                        new RedisTopology.Sentinel(
                                List.of(sentinel.address()), "other", RedisLogin.NONE, RedisLogin.NONE),
                        null,
                        LONG,
                        2,
                        ""))) {
            assertEquals(
                    "no master is known",
                    assertThrows(RemoteException.class, wrong::ping).getMessage());
        }
    }

    @Test
    void subscription_hearsTheMaster() {
        try (Servers all = Servers.open(servers.options(LONG, "site"));
                Subscription subscription = all.subscribe("news")) {
            servers.master().exec("PUBLISH", "news", "x");
            assertArrayEquals(
                    bytes("x"),
                    assertInstanceOf(Subscription.Message.class, subscription.read(LONG))
                            .payload());
        }
    }
}
