package dev.pagecache.servlet;

import dev.pagecache.config.CacheLocation;
import dev.pagecache.config.CacheSettings;
import dev.pagecache.config.SigningSecrets;
import dev.pagecache.entry.RecordCodec;
import dev.pagecache.entry.RecordSigner;
import dev.pagecache.redis.RedisRemoteStore;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.RecordStore;
import dev.pagecache.store.TieredStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** Opens caches in memory over Redis. Loaded only where one is configured, because the Redis client is optional. */
final class RedisCaches {
    /** Age that a page reaches in memory before Redis is asked again: so old can be what another node has replaced. */
    private static final Duration MEMORY_MAX_AGE = Duration.ofSeconds(10);

    /** What a record has besides its body at most: fields, key, frame. */
    private static final int MAX_RECORD_OVERHEAD = 64 * 1024;

    private RedisCaches() {}

    /** A cache whose location is one of Redis. */
    static RecordStore open(CacheSettings settings, int maxBodyBytes, LongSupplier nanoTime) {
        requireClient(settings.location());
        Duration maxAge = settings.memoryMaxAge() == null ? MEMORY_MAX_AGE : settings.memoryMaxAge();
        return new TieredStore(
                new MemoryStore(settings.memoryMaxBytes(), maxAge, nanoTime),
                RedisRemoteStore.open(RedisLocations.options(settings)),
                codec(settings),
                maxBodyBytes + MAX_RECORD_OVERHEAD,
                nanoTime,
                InstantSource.system(),
                new SplittableRandom());
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
