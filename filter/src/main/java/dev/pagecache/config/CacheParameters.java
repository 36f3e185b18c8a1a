package dev.pagecache.config;

import static dev.pagecache.config.ValueSyntax.DURATION;
import static dev.pagecache.config.ValueSyntax.SIZE;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of a cache, each given as {@code caches.<alias>.<option>}, in the order of the documentation. */
final class CacheParameters {
    static final Parameter<CacheLocation> LOCATION = Parameter.of(
                    "location",
                    "memory://",
                    "redis://user:password@host:port/database, rediss://…, memory:// or dummy://",
                    "Where the cache keeps what it stores; % and @ in user or password are written %25 and %40",
                    CacheLocation::parse)
            .asLocation();

    static final Parameter<Duration> TIMEOUT = Parameter.of(
            "timeout", "300", DURATION, "How long the low-level API stores what names no time", ValueSyntax::duration);

    static final Parameter<String> KEY_PREFIX = Parameter.of(
            "keyPrefix",
            "pagecache",
            "up to 128 printable ASCII characters without spaces",
            "What every key in Redis starts with",
            text -> ValueSyntax.printable(text, 128));

    static final Parameter<Integer> VERSION = Parameter.of(
            "version",
            "1",
            "0 to 2147483647",
            "Version of the low-level API's keys; another one sees none of the old entries",
            text -> ValueSyntax.number(text, 0, Integer.MAX_VALUE));

    static final Parameter<Long> MEMORY_MAX_BYTES = Parameter.of(
            "memory.maxBytes",
            "64MiB",
            SIZE,
            "Most memory for entries in this JVM, estimated",
            text -> ValueSyntax.size(text, 1L << 50));

    static final Parameter<@Nullable Duration> MEMORY_MAX_AGE = Parameter.<@Nullable Duration>of(
                    "memory.maxAge",
                    "auto",
                    DURATION + ", more than 0, or auto",
                    "Longest time that an entry is served from memory without asking Redis",
                    text -> text.equals("auto") ? null : ValueSyntax.positiveDuration(text))
            .shownAs("10s where a Redis is behind it, else without bound");

    static final Parameter<String> COMPRESSION = Parameter.of(
            "compression", "none", "none", "How bodies are compressed in Redis", CacheParameters::compression);

    static final Parameter<Duration> REDIS_TIMEOUT = Parameter.of(
            "redis.timeout",
            "150ms",
            DURATION + ", from 1ms to 60s",
            "Deadline of all calls to Redis for one request",
            CacheParameters::redisTimeout);

    static final Parameter<Integer> REDIS_POOL_SIZE = Parameter.of(
            "redis.poolSize",
            "16",
            "1 to 1024",
            "Most connections to Redis",
            text -> ValueSyntax.number(text, 1, 1024));

    static final Parameter<@Nullable SigningSecrets> REDIS_SECRET = Parameter.<@Nullable SigningSecrets>of(
                    "redis.secret",
                    "none",
                    "32 to 512 printable ASCII characters without spaces and commas, up to 4 such secrets separated by"
                            + " commas, or none",
                    "Signs what is written to Redis; what is not signed by it is a miss. Of several secrets the first"
                            + " signs, and each verifies",
                    text -> text.equals("none") ? null : SigningSecrets.parse(text))
            .asSecret();

    static final List<Parameter<?>> ALL = List.of(
            LOCATION,
            TIMEOUT,
            KEY_PREFIX,
            VERSION,
            MEMORY_MAX_BYTES,
            MEMORY_MAX_AGE,
            COMPRESSION,
            REDIS_TIMEOUT,
            REDIS_POOL_SIZE,
            REDIS_SECRET);

    private CacheParameters() {}

    private static String compression(String text) {
        if (!text.equals("none")) {
            throw new IllegalArgumentException("compression is not in this version");
        }
        return text;
    }

    private static Duration redisTimeout(String text) {
        Duration timeout = ValueSyntax.positiveDuration(text);
        if (timeout.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("it is longer than 60s");
        }
        return timeout;
    }
}
