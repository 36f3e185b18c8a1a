package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.store.Poll;
import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import dev.pagecache.store.RemoteStore;
import dev.pagecache.store.RemoteStoreContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A real primary with two replicas, well and with faults. */
class RedisReplicasIT {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MAX_BYTES = 1_000;

    private static final RedisTestReplicas servers = RedisTestReplicas.start();

    private final RemoteStore store = settled(LONG, "site");

    @AfterAll
    static void stop() {
        servers.close();
    }

    @AfterEach
    void close() {
        store.close();
        servers.awaitLinked();
        servers.primary().exec("FLUSHALL");
        servers.awaitReplicated();
    }

    /** A store whose writes have reached the replicas when they return. */
    private static RemoteStore settled(Duration timeout, String keyPrefix) {
        return new Settled(RedisRemoteStore.open(servers.options(timeout, keyPrefix)));
    }

    private record Settled(RemoteStore remote) implements RemoteStore {
        @Override
        public byte @Nullable [] get(String name, int maxBytes) {
            return remote.get(name, maxBytes);
        }

        @Override
        public void put(String name, byte[] value, Duration timeToLive) {
            remote.put(name, value, timeToLive);
            servers.awaitReplicated();
        }

        @Override
        public void remove(String name) {
            remote.remove(name);
            servers.awaitReplicated();
        }

        @Override
        public void ping() {
            remote.ping();
        }

        @Override
        public void close() {
            remote.close();
        }
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
            super(0, settled(LONG, "contract"));
        }

        @Override
        void clear() {
            servers.primary().exec("FLUSHALL");
            servers.awaitReplicated();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static long reads(RedisTestServer server) {
        String stats = server.info("commandstats");
        String start = "cmdstat_getrange:calls=";
        int at = stats.indexOf(start);
        return at < 0 ? 0 : Long.parseLong(stats.substring(at + start.length(), stats.indexOf(',', at)));
    }

    private static void resetStats() {
        servers.primary().exec("CONFIG", "RESETSTAT");
        servers.replica(0).exec("CONFIG", "RESETSTAT");
        servers.replica(1).exec("CONFIG", "RESETSTAT");
    }

    private void assertRead(String value) {
        assertArrayEquals(bytes(value), store.get("{a}", MAX_BYTES));
    }

    @Test
    void reads_goToTheReplicasInTurn() {
        store.put("{a}", bytes("x"), MINUTE);
        resetStats();
        for (int i = 0; i < 10; i++) {
            assertRead("x");
        }
        assertEquals(0, reads(servers.primary()));
        assertEquals(5, reads(servers.replica(0)));
        assertEquals(5, reads(servers.replica(1)));
    }

    @Test
    void replicas_killedOneByOne_areReplacedByWhatIsLeft() {
        store.put("{a}", bytes("x"), MINUTE);
        servers.replica(0).kill();
        for (int i = 0; i < 20; i++) {
            assertRead("x");
        }
        servers.replica(1).kill();
        for (int i = 0; i < 20; i++) {
            assertRead("x");
        }
        store.ping();
        servers.replica(0).restart();
        servers.replica(1).restart();
        servers.awaitLinked();
        Poll.until("the replicas are asked again", () -> {
            resetStats();
            for (int i = 0; i < 4; i++) {
                assertRead("x");
            }
            return reads(servers.replica(0)) > 0 && reads(servers.replica(1)) > 0;
        });
    }

    @Test
    void replica_frozen_costsNoReadWithinTheDeadline() {
        store.put("{a}", bytes("x"), MINUTE);
        RemoteStore brisk = RedisRemoteStore.open(servers.options(Duration.ofSeconds(2), "site"));
        servers.replica(0).freeze();
        try {
            for (int i = 0; i < 14; i++) {
                assertArrayEquals(bytes("x"), brisk.get("{a}", MAX_BYTES));
            }
        } finally {
            servers.replica(0).thaw();
            brisk.close();
        }
    }

    /** It answers a ping all the time, but no reads. */
    @Test
    void replica_withoutItsPrimary_isSkippedWhereItRefusesReads() {
        store.put("{a}", bytes("x"), MINUTE);
        servers.replica(0).exec("CONFIG", "SET", "replica-serve-stale-data", "no");
        servers.replica(0).exec("REPLICAOF", "127.0.0.1", "1");
        try {
            for (int i = 0; i < 20; i++) {
                assertRead("x");
            }
        } finally {
            servers.replica(0).exec("CONFIG", "SET", "replica-serve-stale-data", "yes");
            servers.replica(0)
                    .exec(
                            "REPLICAOF",
                            "127.0.0.1",
                            Integer.toString(servers.primary().port()));
        }
    }

    @Test
    void primary_killed_leavesReadsToTheReplicas() {
        store.put("{a}", bytes("x"), MINUTE);
        servers.primary().kill();
        try {
            for (int i = 0; i < 10; i++) {
                assertRead("x");
            }
            store.ping();
            RemoteException thrown = assertThrows(RemoteException.class, () -> store.put("{a}", bytes("y"), MINUTE));
            assertEquals(Kind.UNAVAILABLE, thrown.kind());
        } finally {
            servers.primary().restart();
        }
        servers.awaitLinked();
        store.put("{a}", bytes("z"), MINUTE);
        assertRead("z");
    }

    @Test
    void value_ofAnotherType_isBadAtOnce() {
        servers.primary().exec("RPUSH", "pc1:site:{a}", "x");
        servers.awaitReplicated();
        resetStats();
        RemoteException thrown = assertThrows(RemoteException.class, () -> store.get("{a}", MAX_BYTES));
        assertEquals(Kind.BAD_VALUE, thrown.kind());
        assertTrue(reads(servers.primary()) == 0);
    }

    @Test
    void subscription_hearsThePrimary() {
        try (Servers all = Servers.open(servers.options(LONG, "site"));
                Subscription subscription = all.subscribe("news")) {
            servers.primary().exec("PUBLISH", "news", "x");
            assertArrayEquals(
                    bytes("x"),
                    assertInstanceOf(Subscription.Message.class, subscription.read(LONG))
                            .payload());
        }
    }
}
