package dev.pagecache.servlet;

import dev.pagecache.config.CacheLocation;
import dev.pagecache.config.CacheSettings;
import dev.pagecache.config.SigningSecrets;
import dev.pagecache.entry.RecordCodec;
import dev.pagecache.entry.RecordSigner;
import dev.pagecache.redis.RedisLedger;
import dev.pagecache.redis.RedisOptions;
import dev.pagecache.redis.RedisRemoteStore;
import dev.pagecache.store.DeletionTracker;
import dev.pagecache.store.LeaseSignals;
import dev.pagecache.store.MemoryStampLedger;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.SharedLeases;
import dev.pagecache.store.SharedStampLedger;
import dev.pagecache.store.TieredStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** Opens caches in memory over Redis. Loaded only where one is configured, because the Redis client is optional. */
final class RedisCaches {
    /** Age that a page reaches in memory before Redis is asked again: so old can be what another node has replaced. */
    private static final Duration MEMORY_MAX_AGE = Duration.ofSeconds(10);

    /**
     * So long pages of Redis are read before its ledger is missed: as long as a cluster or Sentinels take to replace
     * the server of the ledger, so that the pages of the others go on being hits.
     */
    private static final Duration LONGEST_WINDOW = Duration.ofSeconds(5);

    /** So long the start waits for a Redis that does not answer: without its ledger the first requests would miss. */
    private static final Duration LEDGER_WAIT = Duration.ofSeconds(1);

    /** A node that hangs or has died keeps others from rendering no longer; who waits does so for a shorter time. */
    private static final Duration LEASE_TIME = Duration.ofSeconds(10);

    /** What a record has besides its body at most: fields, key, frame. */
    private static final int MAX_RECORD_OVERHEAD = 64 * 1024;

    private RedisCaches() {}

    /** A cache whose location is one of Redis. */
    static OpenCache open(CacheSettings settings, int maxBodyBytes, LongSupplier nanoTime) {
        requireClient(settings.location());
        Duration maxAge = settings.memoryMaxAge() == null ? MEMORY_MAX_AGE : settings.memoryMaxAge();
        Duration window = window(maxAge);
        RedisOptions options = RedisLocations.options(settings);
        LeaseSignals signals = new LeaseSignals();
        SharedStampLedger ledger = new SharedStampLedger(
                MemoryStampLedger.DEFAULT_MAX_NAMES,
                RedisLedger.open(options, signals::ended),
                window,
                // Not the clock by which pages age: this is about the connection.
                System::nanoTime,
                new SecureRandom());
        RedisRemoteStore remote = RedisRemoteStore.open(options);
        TieredStore store = new TieredStore(
                memory(settings, maxAge.minus(window), nanoTime),
                remote,
                codec(settings),
                ledger,
                maxBodyBytes + MAX_RECORD_OVERHEAD,
                nanoTime,
                InstantSource.system(),
                new SplittableRandom());
        ledger.start(LEDGER_WAIT);
        SharedLeases leases =
                new SharedLeases(remote.leases(), store, signals, LEASE_TIME, System::nanoTime, new SecureRandom());
        return new OpenCache(store, ledger, leases, settings.tracksDeletions() ? tracker(store, remote) : null);
    }

    private static MemoryStore memory(CacheSettings settings, Duration maxAge, LongSupplier nanoTime) {
        return settings.tracksDeletions()
                ? MemoryStore.tracked(settings.memoryMaxBytes(), maxAge, nanoTime)
                : new MemoryStore(settings.memoryMaxBytes(), maxAge, nanoTime);
    }

    private static DeletionTracker tracker(TieredStore store, RedisRemoteStore remote) {
        DeletionTracker tracker = new DeletionTracker(store, remote.tracking());
        tracker.start();
        return tracker;
    }

    /**
     * How long remote pages are read without an answer of the ledger. What was revoked in that time is then served from
     * memory for the rest of its age, so both together are no longer than the age that is set.
     */
    private static Duration window(Duration maxAge) {
        Duration half = maxAge.dividedBy(2);
        return half.compareTo(LONGEST_WINDOW) < 0 ? half : LONGEST_WINDOW;
    }

    private static RecordCodec codec(CacheSettings settings) {
        SigningSecrets secrets = settings.redisSecrets();
        return secrets == null
                ? new RecordCodec()
                : new RecordCodec(new RecordSigner(secrets.texts(), settings.keyPrefix()));
    }

    private static void requireClient(CacheLocation location) {
        try {
            Class.forName("redis.clients.jedis.Connection", false, RedisCaches.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "cache location " + location + " needs the Redis client: add redis.clients:jedis 8.0.2 or later",
                    e);
        }
    }
}
