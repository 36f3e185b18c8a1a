package dev.pagecache.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis server is and how long to wait for it.
 *
 * @param host name or address, not empty
 * @param port 1 to 65,535
 * @param database number of the database, 0 or more
 * @param user ACL user, or null for the default user; needs a password
 * @param password password, or null to send none; never shown by {@link #toString}
 * @param tls whether to speak TLS; then the server's certificate must be trusted by the JVM and name the host
 * @param timeout deadline of one call, connecting included, 1 ms to 1 minute
 * @param poolSize most connections, 1 or more
 * @param keyPrefix put before every key, so that several sites share one Redis; may be empty, must not hold braces,
 *     which would change the cluster slot
 */
public record RedisOptions(
        String host,
        int port,
        int database,
        @Nullable String user,
        @Nullable String password,
        boolean tls,
        Duration timeout,
        int poolSize,
        String keyPrefix) {
    private static final int MAX_PORT = 65_535;
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException naming the first that is not allowed
     */
    public RedisOptions {
        require(!host.isEmpty(), "host", "empty", "a name or an address");
        require(port >= 1 && port <= MAX_PORT, "port", port, "1 to " + MAX_PORT);
        require(database >= 0, "database", database, "0 or more");
        require(user == null || password != null, "password", "missing", "required where a user is given");
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
        return new RedisOptions(host, port, database, user, password, tls, timeout, connections, keyPrefix);
    }

    /** All but the password. */
    @Override
    public String toString() {
        return "RedisOptions[" + (tls ? "rediss" : "redis") + "://" + (user == null ? "" : user)
                + (password == null ? "" : ":***@") + host + ":" + port + "/" + database + ", timeout=" + timeout
                + ", poolSize=" + poolSize + ", keyPrefix=" + keyPrefix + "]";
    }
}
