package dev.pagecache.redis;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.store.DeletionTracker;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.Poll;
import dev.pagecache.store.TieredStore;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Random;

/** A node whose memory keeps pages for as long as they live, unless they are deleted in Redis. */
final class TrackedNode implements AutoCloseable {
    static final String KEY_PREFIX = "track";

    private final TieredStore store;
    private final DeletionTracker tracker;

    TrackedNode(RedisOptions options) {
        RedisRemoteStore remote = RedisRemoteStore.open(options);
        store = new TieredStore(
                MemoryStore.tracked(1 << 24, null, System::nanoTime),
                remote,
                1 << 20,
                System::nanoTime,
                InstantSource.system(),
                new Random(1));
        tracker = new DeletionTracker(store, remote.tracking());
        tracker.start();
    }

    /** Connections to which a server tells of changed keys. */
    static long trackers(RedisTestServer server) {
        String clients = new String(
                (byte[]) Objects.requireNonNull(server.exec("CLIENT", "LIST", "TYPE", "pubsub")),
                StandardCharsets.UTF_8);
        return clients.lines().filter(TrackedNode::isTracker).count();
    }

    private static boolean isTracker(String client) {
        int from = client.indexOf(" flags=") + " flags=".length();
        // B: it has enabled tracking in broadcast mode.
        return client.substring(from, client.indexOf(' ', from)).contains("B");
    }

    static String redisKey(CacheKey key) {
        return "pc1:" + KEY_PREFIX + ":" + key.remoteName();
    }

    TieredStore store() {
        return store;
    }

    /** Renders a page, and waits until Redis has it. */
    void put(CacheKey key) {
        long writes = store.counters().writes();
        store.put(SampleRecords.page(key, "body", System.nanoTime()));
        Poll.until("the page is written", () -> store.counters().writes() > writes);
    }

    /** Has a page that Redis has. */
    void get(CacheKey key) {
        Poll.until("the page is read", () -> store.get(key) != null && holds(key));
    }

    /** Whether the page is in its memory. */
    boolean holds(CacheKey key) {
        return store.getLocal(key) != null;
    }

    long deletions() {
        return store.counters().deletions();
    }

    @Override
    public void close() {
        tracker.close();
        store.close();
    }
}
