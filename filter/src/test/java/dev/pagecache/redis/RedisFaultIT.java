package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.Poll;
import dev.pagecache.store.TieredStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults of a real server as a request sees them: misses. */
class RedisFaultIT {
    private static final int MAX_RECORD_BYTES = 1 << 20;
    private static final int THREADS = 8;

    private final List<TieredStore> stores = new ArrayList<>();
    private final CacheKey key = SampleRecords.key("a");

    @AfterEach
    void close() {
        stores.forEach(TieredStore::close);
    }

    /** A store without memory, so that every get is one of Redis. */
    private TieredStore node(RedisTestServer server) {
        return node(server.options(Duration.ofMillis(500), 16, ""));
    }

    private TieredStore node(RedisOptions options) {
        TieredStore store = new TieredStore(
                new MemoryStore(0, null, System::nanoTime),
                RedisRemoteStore.open(options),
                MAX_RECORD_BYTES,
                System::nanoTime,
                InstantSource.system(),
                new Random(1));
        stores.add(store);
        return store;
    }

    private static Page page(CacheKey key, String body) {
        return SampleRecords.page(key, body, System.nanoTime());
    }

    private static String redisKey(CacheKey key) {
        return "pc1:" + key.remoteName();
    }

    private static void putAndAwait(TieredStore store, Page page) {
        long writes = store.counters().writes();
        store.put(page);
        Poll.until("the page is written", () -> store.counters().writes() > writes);
    }

    private static void assertBody(String body, TieredStore store, CacheKey key) {
        Page page = assertInstanceOf(Page.class, store.get(key));
        assertEquals(key, page.key());
        assertArrayEquals(body.getBytes(StandardCharsets.UTF_8), page.body().toBytes());
    }

    /** Misses until the breaker is open. */
    private void failReads(TieredStore store) {
        for (int i = 0; !store.isReadBreakerOpen(); i++) {
            assertNull(store.get(key));
            assertTrue(i < 5, "still closed");
        }
    }

    /** Puts until the breaker is open. */
    private static void failWrites(TieredStore store, String body) {
        for (int i = 0; !store.isWriteBreakerOpen(); i++) {
            long done = store.counters().writeErrors() + store.counters().writes();
            store.put(page(SampleRecords.key("w" + i), body));
            Poll.until(
                    "the write is over",
                    () -> store.counters().writeErrors() + store.counters().writes() > done);
        }
    }

    @Test
    void page_ofOneNode_isFoundByAnother() {
        try (RedisTestServer server = RedisTestServer.start()) {
            putAndAwait(node(server), page(key, "body"));
            assertBody("body", node(server), key);
        }
    }

    @Test
    void redis_absentAtStart_isUsedWhenItAppears() {
        try (RedisTestServer server = RedisTestServer.prepare()) {
            TieredStore store = node(server);
            failReads(store);
            server.restart();
            Poll.until("the breaker closes", () -> !store.isReadBreakerOpen());
            putAndAwait(store, page(key, "body"));
            assertBody("body", store, key);
        }
    }

    @Test
    void redis_killedAndRestarted_isUsedAgain() {
        try (RedisTestServer server = RedisTestServer.start()) {
            TieredStore store = node(server);
            putAndAwait(store, page(key, "body"));
            assertBody("body", store, key);
            server.kill();
            failReads(store);
            failWrites(store, "lost");
            server.restart();
            Poll.until("the breakers close", () -> !store.isReadBreakerOpen() && !store.isWriteBreakerOpen());
            assertNull(store.get(key), "it is empty");
            putAndAwait(store, page(key, "new"));
            assertBody("new", store, key);
        }
    }

    @Test
    void redis_restartedBetweenCalls_isNotSeenAtAll() {
        try (RedisTestServer server = RedisTestServer.start()) {
            TieredStore store = node(server);
            putAndAwait(store, page(key, "body"));
            server.restart();
            assertNull(store.get(key));
            assertEquals(0, store.counters().remoteErrors(), "stale connections are replaced");
        }
    }

    @Test
    void redis_frozen_opensTheBreakerAndHoldsNobody() throws Exception {
        try (RedisTestServer server = RedisTestServer.start()) {
            TieredStore store = node(server);
            putAndAwait(store, page(key, "body"));
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> callers = new ArrayList<>();
            server.freeze();
            for (int i = 0; i < THREADS; i++) {
                callers.add(threads.submit(() -> {
                    for (int call = 0; call < 1_000; call++) {
                        assertNull(store.get(key));
                    }
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
            threads.shutdown();
            assertTrue(store.isReadBreakerOpen());
            long errors = store.counters().remoteErrors();
            assertTrue(errors >= 5 && errors <= 5 + THREADS, "errors " + errors);
            server.thaw();
            Poll.until("the breaker closes", () -> !store.isReadBreakerOpen());
            assertBody("body", store, key);
        }
    }

    @Test
    void close_whileRedisIsFrozen_ends() {
        try (RedisTestServer server = RedisTestServer.start()) {
            RedisOptions patient = server.options(Duration.ofMinutes(1), 4, "");
            TieredStore store = node(patient);
            putAndAwait(store, page(key, "body"));
            server.freeze();
            store.put(page(key, "new"));
            store.close();
            Poll.until("its threads have ended", () -> !hasOurThread());
            server.thaw();
        }
    }

    private static boolean hasOurThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("pagecache-"));
    }

    @Test
    void value_ofAnotherApplication_isAMissAndRemoved() {
        try (RedisTestServer server = RedisTestServer.start()) {
            TieredStore store = node(server);
            server.exec("SET", redisKey(key), "\"json\"");
            assertMissAndRemoved(server, store);
        }
    }

    private void assertMissAndRemoved(RedisTestServer server, TieredStore store) {
        assertNull(store.get(key));
        Poll.until("it is removed", () -> Long.valueOf(0).equals(server.exec("EXISTS", redisKey(key))));
        assertEquals(1, store.counters().badValues());
        assertFalse(store.isReadBreakerOpen());
    }

    @Test
    void values_swapped_areMisses() {
        try (RedisTestServer server = RedisTestServer.start()) {
            TieredStore store = node(server);
            CacheKey other = SampleRecords.key("b");
            putAndAwait(store, page(key, "first"));
            putAndAwait(store, page(other, "second"));
            byte[] first = assertInstanceOf(byte[].class, server.exec("GET", redisKey(key)));
            byte[] second = assertInstanceOf(byte[].class, server.exec("GET", redisKey(other)));
            server.execBytes("SET", redisKey(key).getBytes(StandardCharsets.UTF_8), second);
            server.execBytes("SET", redisKey(other).getBytes(StandardCharsets.UTF_8), first);
            assertNull(store.get(key));
            assertNull(store.get(other));
        }
    }

    @Test
    void redis_full_refusesWritesAndServesReads() {
        try (RedisTestServer server = RedisTestServer.start()) {
            TieredStore store = node(server);
            putAndAwait(store, page(key, "body"));
            server.exec("CONFIG", "SET", "maxmemory-policy", "noeviction");
            server.exec("CONFIG", "SET", "maxmemory", "1");
            failWrites(store, "x");
            assertFalse(store.isReadBreakerOpen());
            assertBody("body", store, key);
            assertEquals(0, store.counters().remoteErrors());
            store.remove(key);
            Poll.until("removes go on", () -> Long.valueOf(0).equals(server.exec("EXISTS", redisKey(key))));
            server.exec("CONFIG", "SET", "maxmemory", "0");
            Poll.until("the write breaker closes", () -> !store.isWriteBreakerOpen());
        }
    }

    @Test
    void password_wrongThenRight_worksAfterwards() {
        try (RedisTestServer server = RedisTestServer.start("--requirepass", "right")) {
            RedisOptions wrong =
                    TestOptions.single("127.0.0.1", server.port(), 0, null, "new", null, Duration.ofMillis(500), 4, "");
            TieredStore store = node(wrong);
            failReads(store);
            server.exec("ACL", "SETUSER", "default", ">new");
            Poll.until("the breaker closes", () -> !store.isReadBreakerOpen());
            putAndAwait(store, page(key, "body"));
            assertNotNull(store.get(key));
        }
    }

    @Test
    void redis_readOnlyReplica_refusesWritesAndServesReads() {
        try (RedisTestServer primary = RedisTestServer.start("--repl-diskless-sync-delay", "0");
                RedisTestServer replica = RedisTestServer.start()) {
            putAndAwait(node(primary), page(key, "body"));
            replica.exec("REPLICAOF", "127.0.0.1", Integer.toString(primary.port()));
            Poll.until("it is replicated", () -> Long.valueOf(1).equals(replica.exec("EXISTS", redisKey(key))));
            TieredStore store = node(replica);
            assertBody("body", store, key);
            failWrites(store, "x");
            assertBody("body", store, key);
            assertFalse(store.isReadBreakerOpen());
        }
    }
}
