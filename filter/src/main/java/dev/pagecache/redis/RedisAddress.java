package dev.pagecache.redis;

/**
 * Where one server listens.
 *
 * @param host name or address, an IPv6 address without brackets; not empty
 * @param port 1 to 65,535
 */
public record RedisAddress(String host, int port) {
    private static final int MAX_PORT = 65_535;

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException naming the first that is not allowed
     */
    public RedisAddress {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("redis host is empty, allowed is a name or an address");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("redis port is " + port + ", allowed is 1 to " + MAX_PORT);
        }
    }

    /** As it stands in a location. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
