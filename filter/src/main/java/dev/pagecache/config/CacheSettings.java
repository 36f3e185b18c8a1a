package dev.pagecache.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one cache. Its text form shows no password and no secret.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param alias its name among the caches of the application
 * @param location where it keeps what it stores
 * @param timeout how long the low-level API stores what names no time, 0 or more
 * @param keyPrefix what every name in a remote store starts with, may be empty
 * @param version version of the low-level API's keys, 0 or more
 * @param memoryMaxBytes most memory for entries, estimated, 0 or more
 * @param memoryMaxAge longest time an entry is served from memory; null means 10 seconds where a Redis is behind it,
 *     else no bound
 * @param redisTimeout deadline of all calls to Redis for one request, more than 0
 * @param redisPoolSize most connections to each server of Redis, 1 or more
 * @param tracksDeletions whether what is deleted in Redis by hand leaves the memory at once
 * @param redisSecurity certificates and logins that the location does not hold
 * @param redisSecrets what signs records in Redis, or null if they are not signed
 */
public record CacheSettings(
        String alias,
        CacheLocation location,
        Duration timeout,
        String keyPrefix,
        int version,
        long memoryMaxBytes,
        @Nullable Duration memoryMaxAge,
        Duration redisTimeout,
        int redisPoolSize,
        boolean tracksDeletions,
        RedisSecurity redisSecurity,
        @Nullable SigningSecrets redisSecrets) {}
