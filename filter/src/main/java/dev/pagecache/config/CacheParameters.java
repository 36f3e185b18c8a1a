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
                    "redis://user:password@host:port/database; several of them separated by commas, a primary and its"
                            + " replicas; redis-sentinel://user:password@host:port,host:port/master-name/database;"
                            + " redis-cluster://user:password@host:port,host:port; each with rediss in place of redis"
                            + " for TLS; memory:// or dummy://",
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
                    "auto",
                    SIZE + ", or auto",
                    "Most memory for entries in this JVM, estimated",
                    text -> text.equals("auto") ? usualMemory() : ValueSyntax.size(text, 1L << 50))
            .shownAs("64MiB, in a small heap a quarter of it");

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
            "Most connections to each server of Redis",
            text -> ValueSyntax.number(text, 1, 1024));

    static final Parameter<Boolean> REDIS_TRACKING = Parameter.of(
            "redis.tracking",
            "false",
            "true, unless the location is a cluster, or false",
            "Whether what is deleted in Redis by hand leaves the memory of this node at once, not only after"
                    + " memory.maxAge",
            text -> ValueSyntax.choice(text, "true", "false"));

    static final Parameter<@Nullable String> REDIS_TRUST_STORE = optional(
            "redis.tls.trustStore",
            "path of a PKCS12 file, or none",
            "Certificates that are trusted over TLS in place of those of the JVM; the host's name is checked in any"
                    + " case");

    static final Parameter<@Nullable String> REDIS_TRUST_STORE_PASSWORD =
            secret("redis.tls.trustStorePassword", "Password of redis.tls.trustStore");

    static final Parameter<@Nullable String> REDIS_KEY_STORE = optional(
            "redis.tls.keyStore",
            "path of a PKCS12 file, or none",
            "Certificate and key that this node shows to servers which ask for them");

    static final Parameter<@Nullable String> REDIS_KEY_STORE_PASSWORD =
            secret("redis.tls.keyStorePassword", "Password of redis.tls.keyStore");

    static final Parameter<@Nullable String> REDIS_SENTINEL_USER = optional(
            "redis.sentinel.user",
            "name of an ACL user, or none",
            "User at the Sentinels, which the login of the location is not sent to");

    static final Parameter<@Nullable String> REDIS_SENTINEL_PASSWORD =
            secret("redis.sentinel.password", "Password at the Sentinels");

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
            REDIS_TRACKING,
            REDIS_TRUST_STORE,
            REDIS_TRUST_STORE_PASSWORD,
            REDIS_KEY_STORE,
            REDIS_KEY_STORE_PASSWORD,
            REDIS_SENTINEL_USER,
            REDIS_SENTINEL_PASSWORD,
            REDIS_SECRET);

    private CacheParameters() {}

    private static Parameter<@Nullable String> optional(String name, String allowed, String meaning) {
        return Parameter.<@Nullable String>of(name, "none", allowed, meaning, CacheParameters::givenText);
    }

    private static Parameter<@Nullable String> secret(String name, String meaning) {
        return Parameter.<@Nullable String>of(name, "none", "a password, or none", meaning, CacheParameters::givenText)
                .asSecret();
    }

    private static @Nullable String givenText(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        return text.equals("none") ? null : text;
    }

    private static long usualMemory() {
        return Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4);
    }

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
