package dev.pagecache.redis;

import static dev.pagecache.redis.RedisTestCluster.firstSlot;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.store.Poll;
import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import dev.pagecache.store.RemoteStore;
import dev.pagecache.store.RemoteStoreContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A real cluster, well and with faults. */
class RedisClusterIT {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MAX_BYTES = 1_000;
    private static final int NAMES = 60;

    private static final RedisTestCluster cluster = RedisTestCluster.start();

    private final RedisRemoteStore store = RedisRemoteStore.open(cluster.options(SHORT, "site"));

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @AfterEach
    void close() {
        store.close();
        cluster.awaitWell();
        cluster.clear();
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
            super(0, RedisRemoteStore.open(cluster.options(LONG, "contract")));
        }

        @Override
        void clear() {
            cluster.clear();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String key(String name) {
        return "pc1:site:" + name;
    }

    /** Names whose keys belong to a shard. */
    private static List<String> namesOf(int shard) {
        List<String> names = new ArrayList<>();
        for (int i = 0; names.size() < NAMES / 3; i++) {
            if (RedisTestCluster.shardOf(key("{n" + i + "}")) == shard) {
                names.add("{n" + i + "}");
            }
        }
        return names;
    }

    private void putAll() {
        for (int shard = 0; shard < 3; shard++) {
            namesOf(shard).forEach(name -> store.put(name, bytes(name), MINUTE));
        }
        // A put that a replica has not heard of would be lost with its master, which is right but not the point here.
        cluster.awaitReplicated();
    }

    private void assertServed(int shard) {
        namesOf(shard).forEach(name -> assertArrayEquals(bytes(name), store.get(name, MAX_BYTES), name));
    }

    private void assertPartial(String name) {
        RemoteException thrown = assertThrows(RemoteException.class, () -> store.get(name, MAX_BYTES));
        assertEquals(Kind.PARTIAL, thrown.kind(), thrown::toString);
    }

    private boolean isServed(String name) {
        try {
            return store.get(name, MAX_BYTES) != null;
        } catch (RemoteException e) {
            assertEquals(Kind.PARTIAL, e.kind(), e::toString);
            return false;
        }
    }

    @Test
    void master_killed_costsItsOwnKeysUntilItsReplicaTakesOver() {
        putAll();
        int master = cluster.masterOf(0);
        cluster.node(master).kill();
        assertPartial(namesOf(0).get(0));
        assertServed(1);
        assertServed(2);
        Poll.until("the replica serves", () -> isServed(namesOf(0).get(0)));
        assertServed(0);
        store.put(namesOf(0).get(0), bytes("new"), MINUTE);
        cluster.node(master).restart();
    }

    @Test
    void master_frozen_holdsNobodyOnceItIsKnown() {
        putAll();
        int master = cluster.masterOf(1);
        String name = namesOf(1).get(0);
        assertTrue(isServed(name));
        cluster.node(master).freeze();
        try {
            List<String> reasons = new ArrayList<>();
            Poll.until("it is skipped or replaced", () -> {
                try {
                    byte[] unused = store.get(name, MAX_BYTES);
                    return true;
                } catch (RemoteException e) {
                    assertEquals(Kind.PARTIAL, e.kind(), e::toString);
                    reasons.add(e.getMessage());
                    return "the server of the key is skipped".equals(e.getMessage());
                }
            });
            assertTrue(reasons.size() <= 6, reasons::toString);
            assertServed(0);
            assertServed(2);
            Poll.until("the replica serves", () -> isServed(name));
            assertServed(1);
        } finally {
            cluster.node(master).thaw();
        }
        Poll.until("the old master knows", () -> !cluster.isMaster(master));
        assertServed(1);
    }

    @Test
    void shard_dead_costsItsOwnKeysOnly() {
        putAll();
        cluster.node(2).kill();
        cluster.node(5).kill();
        Poll.until("the cluster knows", () -> {
            namesOf(2).forEach(this::assertPartial);
            assertServed(0);
            assertServed(1);
            return cluster.says(0, "fail");
        });
        store.ping();
        assertServed(0);
        assertServed(1);
        cluster.node(2).restart();
        cluster.node(5).restart();
        Poll.until("it serves again", () -> {
            try {
                store.put("{n}", bytes("x"), MINUTE);
                namesOf(2).forEach(name -> store.put(name, bytes(name), MINUTE));
                return true;
            } catch (RemoteException e) {
                return false;
            }
        });
        assertServed(2);
    }

    @Test
    void master_replacedByFailover_losesNothing() {
        putAll();
        assertServed(0);
        cluster.failover(0);
        assertServed(0);
        namesOf(0).forEach(name -> store.put(name, bytes("again"), MINUTE));
        assertServed(1);
    }

    /** Slots move from the second to the third shard while eight threads read and write in them. */
    @Test
    void slots_movedUnderLoad_loseNothing() throws Exception {
        int from = cluster.masterOf(1);
        int to = cluster.masterOf(2);
        int slots = 40;
        List<String> names = namesIn(firstSlot(1), slots);
        names.forEach(name -> store.put(name, bytes(name), MINUTE));
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger rounds = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> callers = new ArrayList<>();
        try (RedisRemoteStore patient = RedisRemoteStore.open(cluster.options(LONG, "site"))) {
            for (int i = 0; i < 4; i++) {
                callers.add(threads.submit(() -> {
                    while (!isOver.get()) {
                        for (String name : names) {
                            assertArrayEquals(bytes(name), patient.get(name, MAX_BYTES), name);
                            patient.put(name, bytes(name), MINUTE);
                        }
                        rounds.incrementAndGet();
                    }
                }));
            }
            Poll.until("the load runs", () -> rounds.get() > 8);
            cluster.reshard(firstSlot(1), slots, from, to);
            int after = rounds.get();
            Poll.until("the load went on", () -> rounds.get() > after + 8);
            isOver.set(true);
            for (Future<?> caller : callers) {
                caller.get();
            }
        } finally {
            isOver.set(true);
            threads.shutdown();
            cluster.reshard(firstSlot(1), slots, to, from);
        }
    }

    private static List<String> namesIn(int firstSlot, int slots) {
        List<String> names = new ArrayList<>();
        for (int i = 0; names.size() < 20; i++) {
            int slot = JedisClusterCRC16.getSlot(key("{s" + i + "}"));
            if (slot >= firstSlot && slot < firstSlot + slots) {
                names.add("{s" + i + "}");
            }
        }
        return names;
    }

    /** What is there is served by the old server, and what is new is written to the next one. */
    @Test
    void slot_onItsWay_isFollowedByAsking() {
        int shard = RedisTestCluster.shardOf(key("{moving}"));
        int source = cluster.masterOf(shard);
        int target = cluster.masterOf((shard + 1) % 3);
        int slot = JedisClusterCRC16.getSlot(key("{moving}"));
        store.put("{moving}:old", bytes("old"), MINUTE);
        cluster.beginMove(slot, source, target);
        store.put("{moving}:new", bytes("new"), MINUTE);
        assertArrayEquals(bytes("old"), store.get("{moving}:old", MAX_BYTES));
        assertArrayEquals(bytes("new"), store.get("{moving}:new", MAX_BYTES));
        assertEquals(1L, cluster.node(target).exec("CLUSTER", "COUNTKEYSINSLOT", Integer.toString(slot)));
        store.remove("{moving}:new");
        assertNull(store.get("{moving}:new", MAX_BYTES));
        cluster.endMove(slot, source, target);
        assertArrayEquals(bytes("old"), store.get("{moving}:old", MAX_BYTES));
        cluster.reshard(slot, 1, target, source);
        assertArrayEquals(bytes("old"), store.get("{moving}:old", MAX_BYTES));
    }

    @Test
    void subscription_hearsWhatIsPublishedAnywhere() {
        try (Servers servers = Servers.open(cluster.options(LONG, "site"));
                Subscription subscription = servers.subscribe("news")) {
            for (int shard = 0; shard < 3; shard++) {
                cluster.node(cluster.masterOf(shard)).exec("PUBLISH", "news", "from " + shard);
                Subscription.Event event = subscription.read(LONG);
                assertArrayEquals(
                        bytes("from " + shard),
                        assertInstanceOf(Subscription.Message.class, event).payload());
            }
        }
    }

    @Test
    void start_whileTheClusterIsAway_isNoError() {
        try (RedisTestServer absent = RedisTestServer.prepare("--cluster-enabled", "yes");
                RedisRemoteStore early = RedisRemoteStore.open(new RedisOptions(
                        new RedisTopology.Cluster(List.of(absent.address()), RedisLogin.NONE), null, SHORT, 2, ""))) {
            RemoteException thrown = assertThrows(RemoteException.class, early::ping);
            assertEquals(Kind.UNAVAILABLE, thrown.kind());
            assertThrows(RemoteException.class, () -> early.get("{a}", MAX_BYTES));
            absent.restart();
            List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            for (int slot = 0; slot < SlotRanges.SLOTS; slot++) {
                command.add(Integer.toString(slot));
            }
            absent.exec(command.toArray(String[]::new));
            Poll.until("it serves", () -> canPut(early, "{a}"));
            assertArrayEquals(bytes("x"), early.get("{a}", MAX_BYTES));
        }
    }

    private static boolean canPut(RedisRemoteStore store, String name) {
        try {
            store.put(name, bytes("x"), MINUTE);
            return true;
        } catch (RemoteException e) {
            return false;
        }
    }

    @Test
    void close_whileTheClusterIsFrozen_ends() {
        RedisRemoteStore patient = RedisRemoteStore.open(cluster.options(MINUTE, "site"));
        patient.put("{a}", bytes("x"), MINUTE);
        for (int i = 0; i < 6; i++) {
            cluster.node(i).freeze();
        }
        try {
            patient.close();
            store.close();
            Poll.until("its threads have ended", () -> !hasOurThread());
        } finally {
            for (int i = 0; i < 6; i++) {
                cluster.node(i).thaw();
            }
        }
        assertFalse(hasOurThread());
    }

    private static boolean hasOurThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("pagecache-redis-"));
    }
}
