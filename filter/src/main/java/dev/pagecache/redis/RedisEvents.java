package dev.pagecache.redis;

import dev.pagecache.store.CircuitBreaker;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All messages about the servers of a location. WARN once per change of state. No keys, values or passwords. */
final class RedisEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RedisEvents.class);

    private RedisEvents() {}

    /** Logs the changes of one server's breaker as long as the server belongs to the location. */
    static CircuitBreaker.Listener breakerOf(RedisAddress server, BooleanSupplier isGone) {
        return new CircuitBreaker.Listener() {
            @Override
            public void opened(@Nullable RuntimeException cause) {
                LOG.warn(
                        "Redis server {} does not serve: skipped until it answers again; last: {}",
                        server,
                        cause == null ? "unknown" : cause.getMessage());
            }

            @Override
            public void closed(Duration openFor) {
                if (!isGone.getAsBoolean()) {
                    LOG.warn("Redis server {} serves again after {} ms", server, openFor.toMillis());
                }
            }
        };
    }

    static void masterFound(String name, RedisAddress master) {
        LOG.info("Redis master {} is at {}", name, master);
    }

    static void masterLost(String name) {
        LOG.warn("No Sentinel names a server that is master of {}", name);
    }

    static void clusterFound(int masters) {
        LOG.info("Redis cluster has {} masters", masters);
    }

    static void clusterLost() {
        LOG.warn("No server of the Redis cluster tells its slots");
    }

    static void refreshFailed(RuntimeException e) {
        LOG.warn("Looking for the servers of Redis failed", e);
    }
}
