package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.store.Poll;
import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import dev.pagecache.store.RemoteTracking;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deleted in a real Redis by hand, and what becomes of it in the memory of nodes. */
class RedisTrackingIT {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final RedisTestServer server = RedisTestServer.start();

    private final List<TrackedNode> nodes = new ArrayList<>();
    private final CacheKey key = SampleRecords.key("a");
    private final CacheKey other = SampleRecords.variant("a", "b");

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() {
        nodes.forEach(TrackedNode::close);
        server.exec("FLUSHALL");
    }

    private TrackedNode node() {
        return node(server, LONG);
    }

    private TrackedNode node(RedisTestServer redis, Duration timeout) {
        TrackedNode node = new TrackedNode(redis.options(timeout, 4, TrackedNode.KEY_PREFIX));
        nodes.add(node);
        Poll.until("all listen", () -> TrackedNode.trackers(redis) == nodes.size());
        return node;
    }

    private static void delete(CacheKey key) {
        assertEquals(1L, server.exec("DEL", TrackedNode.redisKey(key)));
    }

    private static void awaitLoss(TrackedNode node, CacheKey key) {
        Poll.until("memory has lost the page", () -> !node.holds(key));
    }

    /** It is counted right after memory has lost it. */
    private static void awaitOneDeletion(TrackedNode node) {
        Poll.until("one is counted, and no other", () -> node.deletions() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEL", "UNLINK"})
    void page_deletedByHand_leavesTheMemoryOfAllNodes(String command) {
        TrackedNode first = node();
        TrackedNode second = node();
        first.put(key);
        first.put(other);
        second.get(key);
        second.get(other);
        server.exec(command, TrackedNode.redisKey(key));
        awaitLoss(first, key);
        awaitLoss(second, key);
        assertTrue(first.holds(other) && second.holds(other));
        awaitOneDeletion(first);
        awaitOneDeletion(second);
    }

    /** Both nodes hear of each put, and ask: the answer is that the page is there. */
    @Test
    void page_writtenByThisNodeOrAnother_staysInMemory() {
        TrackedNode first = node();
        TrackedNode second = node();
        CacheKey last = SampleRecords.key("last");
        for (TrackedNode node : nodes) {
            node.put(last);
        }
        first.put(key);
        second.get(key);
        second.put(key);
        first.put(key);
        // What is told is heard in its order.
        delete(last);
        awaitLoss(first, last);
        awaitLoss(second, last);
        assertTrue(first.holds(key) && second.holds(key));
        awaitOneDeletion(first);
        awaitOneDeletion(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLUSHDB", "FLUSHALL"})
    void database_emptied_emptiesMemory(String command) {
        TrackedNode first = node();
        for (int i = 0; i < 3 * RemoteTracking.MAX_NAMES; i++) {
            first.put(SampleRecords.key("page " + i));
        }
        server.exec(command);
        Poll.until("memory is empty", () -> first.deletions() == 3 * RemoteTracking.MAX_NAMES);
        assertFalse(first.holds(SampleRecords.key("page 0")));
    }

    /** Redis does not say which database was emptied. */
    @Test
    void otherDatabase_emptied_leavesMemoryAsItIs() {
        TrackedNode first = node();
        first.put(key);
        first.put(other);
        flush(5);
        delete(other);
        awaitLoss(first, other);
        assertTrue(first.holds(key));
        awaitOneDeletion(first);
    }

    private static void flush(int database) {
        server.exec("EVAL", "redis.call('SELECT', ARGV[1]) return redis.call('FLUSHDB')", "0", "" + database);
    }

    @Test
    void manyPages_deletedAtOnce_leaveMemory() {
        TrackedNode first = node();
        int count = 2 * RemoteTracking.MAX_NAMES + 10;
        for (int i = 0; i < count; i++) {
            first.put(SampleRecords.key("page " + i));
        }
        server.exec("EVAL", "for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('DEL', key) end", "0");
        Poll.until("all have left", () -> first.deletions() == count);
    }

    /** Nodes put and get while somebody deletes. The single races are those of DeletionTrackerTest. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anySequence_inTheEnd_memoryHasNothingThatIsGone(long seed) throws InterruptedException {
        List<CacheKey> keys = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            keys.add(SampleRecords.key("page " + i));
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            TrackedNode node = node();
            Random random = new Random(10 * seed + i);
            threads.add(new Thread(() -> use(node, keys, random)));
        }
        threads.add(new Thread(() -> deleteByHand(keys, new Random(seed))));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        nodes.forEach(node -> node.put(SampleRecords.key("last of all writes")));
        Poll.until(
                "memory has nothing that is gone, seed " + seed,
                () -> nodes.stream()
                        .noneMatch(node -> keys.stream().anyMatch(each -> node.holds(each) && isGone(each))));
        assertTrue(nodes.stream().mapToLong(TrackedNode::deletions).sum() > 0);
    }

    private static void use(TrackedNode node, List<CacheKey> keys, Random random) {
        for (int i = 0; i < 2_000; i++) {
            CacheKey at = keys.get(random.nextInt(keys.size()));
            if (random.nextInt(20) == 0) {
                node.store().put(SampleRecords.page(at, "body", System.nanoTime()));
            } else {
                node.store().get(at);
            }
        }
    }

    private static void deleteByHand(List<CacheKey> keys, Random random) {
        for (int i = 0; i < 300; i++) {
            if (random.nextInt(50) == 0) {
                server.exec("FLUSHDB");
            } else {
                server.exec("DEL", TrackedNode.redisKey(keys.get(random.nextInt(keys.size()))));
            }
        }
    }

    private static boolean isGone(CacheKey key) {
        return Long.valueOf(0).equals(server.exec("EXISTS", TrackedNode.redisKey(key)));
    }

    @Test
    void page_expiredByHand_leavesMemory() {
        TrackedNode first = node();
        first.put(key);
        server.exec("PEXPIRE", TrackedNode.redisKey(key), "1");
        awaitLoss(first, key);
    }

    @Test
    void keysOfOthers_changed_areNotHeard() {
        TrackedNode first = node();
        first.put(key);
        server.exec("SET", "pc1:track:other:" + key.remoteName(), "x");
        server.exec("SET", "pc1:track:{ledger}", "x");
        server.exec("DEL", "pc1:track:other:" + key.remoteName());
        server.exec("DEL", "pc1:track:{ledger}");
        first.put(other);
        delete(other);
        awaitLoss(first, other);
        assertTrue(first.holds(key));
    }

    @Test
    void connection_killed_isMadeAnew() {
        TrackedNode first = node();
        first.put(key);
        for (int i = 0; i < 5; i++) {
            server.exec("CLIENT", "KILL", "TYPE", "pubsub");
            Poll.until("it listens again", () -> TrackedNode.trackers(server) == 1);
        }
        assertTrue(first.holds(key));
        delete(key);
        awaitLoss(first, key);
    }

    /** Pages go on being served from memory, also if Redis comes back empty. */
    @Test
    void redis_killedAndBackEmpty_leavesMemoryAsItIs() {
        try (RedisTestServer own = RedisTestServer.start()) {
            TrackedNode first = node(own, SHORT);
            first.put(key);
            first.put(other);
            own.restart();
            Poll.until("it listens again", () -> TrackedNode.trackers(own) == 1);
            assertTrue(first.holds(key));
            own.exec("SET", TrackedNode.redisKey(other), "x");
            own.exec("DEL", TrackedNode.redisKey(other));
            awaitLoss(first, other);
            assertTrue(first.holds(key));
        }
    }

    @Test
    void redis_frozen_leavesMemoryAsItIsAndIsHeardAgain() {
        try (RedisTestServer own = RedisTestServer.start()) {
            TrackedNode first = node(own, SHORT);
            first.put(key);
            Thread tracking = thread();
            own.freeze();
            Poll.until("it waits for the next attempt", () -> LockSupport.getBlocker(tracking) != null);
            assertTrue(first.holds(key));
            own.thaw();
            Poll.until("it listens again", () -> TrackedNode.trackers(own) == 1);
            own.exec("DEL", TrackedNode.redisKey(key));
            awaitLoss(first, key);
        }
    }

    private static Thread thread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("pagecache-tracking"))
                .findAny()
                .orElseThrow();
    }

    @Test
    void close_whileRedisIsFrozen_ends() {
        try (RedisTestServer own = RedisTestServer.start()) {
            TrackedNode first = node(own, Duration.ofMinutes(1));
            Thread tracking = thread();
            first.put(key);
            own.freeze();
            first.close();
            Poll.until("its thread has ended", () -> !tracking.isAlive());
            own.thaw();
        }
    }

    @Test
    void redis_absentAtTheStart_isHeardWhenItAppears() {
        try (RedisTestServer own = RedisTestServer.prepare();
                TrackedNode first = new TrackedNode(own.options(SHORT, 4, TrackedNode.KEY_PREFIX))) {
            own.restart();
            Poll.until("it listens", () -> TrackedNode.trackers(own) == 1);
            first.put(key);
            own.exec("DEL", TrackedNode.redisKey(key));
            awaitLoss(first, key);
        }
    }

    /** Its replicas hear of it later, and may not tell that it is gone. */
    @Test
    void page_deletedAtThePrimary_leavesMemory() {
        try (RedisTestReplicas replicas = RedisTestReplicas.start();
                TrackedNode first = new TrackedNode(replicas.options(LONG, TrackedNode.KEY_PREFIX))) {
            Poll.until("it listens to the primary", () -> TrackedNode.trackers(replicas.primary()) == 1);
            first.put(key);
            replicas.primary().exec("DEL", TrackedNode.redisKey(key));
            awaitLoss(first, key);
        }
    }

    @Test
    void gone_ofSomeNames_isThoseAtWhichNothingStands() {
        try (RedisRemoteStore store = RedisRemoteStore.open(server.options(LONG, 1, TrackedNode.KEY_PREFIX))) {
            store.put("{b}", new byte[] {1}, Duration.ofMinutes(1));
            assertEquals(Set.of("{a}", "{c}"), store.tracking().gone(List.of("{a}", "{b}", "{c}")));
            assertEquals(Set.of(), store.tracking().gone(List.of("{b}")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*1|:0|", "*1|:2|", "*1|$1|1|", "*-1|", ":1|", "+OK|", "-ERR no|"})
    void gone_answeredWithWhatIsNone_isAnError(String reply) throws IOException {
        try (FakeTcpServer confused = FakeTcpServer.start(socket -> {
                    socket.getInputStream().read(new byte[2_000]);
                    socket.getOutputStream().write(reply.replace("|", "\r\n").getBytes(StandardCharsets.UTF_8));
                    socket.getInputStream().readAllBytes();
                });
                RedisRemoteStore store = RedisRemoteStore.open(confused.options(SHORT))) {
            RemoteException thrown =
                    assertThrows(RemoteException.class, () -> store.tracking().gone(List.of("{a}")));
            assertEquals(Kind.UNAVAILABLE, thrown.kind());
        }
    }
}
