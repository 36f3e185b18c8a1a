package dev.pagecache.redis;

import org.jspecify.annotations.Nullable;

/** Addresses as servers tell them of each other. */
final class Announced {
    private static final int MAX_HOST_LENGTH = 255;
    private static final int MAX_PORT_DIGITS = 5;

    private Announced() {}

    /**
     * The address, or null if it is none.
     *
     * @param host name or address; empty, it is that of the server that tells it
     * @param port decimal digits
     * @param from the server that tells it
     */
    static @Nullable RedisAddress address(String host, String port, RedisAddress from) {
        if (port.isEmpty() || port.length() > MAX_PORT_DIGITS) {
            return null;
        }
        int number = 0;
        for (int i = 0; i < port.length(); i++) {
            char c = port.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            number = number * 10 + (c - '0');
        }
        return address(host, number, from);
    }

    /** The same with a number. */
    static @Nullable RedisAddress address(String host, long port, RedisAddress from) {
        if (port < 1 || port > 65_535 || host.length() > MAX_HOST_LENGTH || host.equals("?")) {
            return null;
        }
        return new RedisAddress(host.isEmpty() ? from.host() : host, (int) port);
    }
}
