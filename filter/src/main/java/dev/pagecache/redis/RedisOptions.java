package dev.pagecache.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and how long to wait for it.
 *
 * @param topology its servers
 * @param tls how TLS is spoken to all of them, or null to speak plainly
 * @param timeout deadline of one call, connecting included, 1 ms to 1 minute
 * @param poolSize most connections to each server, 1 or more
 * @param keyPrefix put before every key, so that several sites share one Redis; may be empty, must not hold braces,
 *     which would change the cluster slot
 */
public record RedisOptions(
        RedisTopology topology, @Nullable RedisTls tls, Duration timeout, int poolSize, String keyPrefix) {
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException naming the first that is not allowed
     */
    public RedisOptions {
        require(
                timeout.toNanos() >= Duration.ofMillis(1).toNanos() && timeout.compareTo(MAX_TIMEOUT) <= 0,
                "timeout",
                timeout,
                "1 ms to 1 minute");
        require(poolSize >= 1, "poolSize", poolSize, "1 or more");
        require(
                keyPrefix.indexOf('{') < 0 && keyPrefix.indexOf('}') < 0,
                "keyPrefix",
                keyPrefix,
                "text without { and }, which would change the cluster slot");
    }

    private static void require(boolean isAllowed, String name, Object value, String allowed) {
        if (!isAllowed) {
            throw new IllegalArgumentException("redis " + name + " is " + value + ", allowed is " + allowed);
        }
    }

    /** The same with another number of connections. */
    RedisOptions withPoolSize(int connections) {
        return new RedisOptions(topology, tls, timeout, connections, keyPrefix);
    }
}
