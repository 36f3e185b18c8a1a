package dev.pagecache.config;

import org.jspecify.annotations.Nullable;

/**
 * Where a cache keeps what it stores. No text form of a location shows its password.
 *
 * <p>Immutable, safe for use by many threads.
 */
public sealed interface CacheLocation {

    /** In this JVM only: {@code memory://}. */
    record Memory() implements CacheLocation {
        @Override
        public String toString() {
            return "memory://";
        }
    }

    /** Nowhere; every look-up is a miss: {@code dummy://}. */
    record Dummy() implements CacheLocation {
        @Override
        public String toString() {
            return "dummy://";
        }
    }

    /**
     * One Redis behind the memory: {@code redis://user:password@host:port/database}, with {@code rediss} over TLS.
     *
     * @param host name or address, an IPv6 address without brackets
     * @param port 1 to 65535
     * @param database 0 or more
     * @param user name of the ACL user, or null for the default user
     * @param password its password, or null if none is sent
     * @param tls whether the connection is encrypted and the host's certificate checked
     */
    record Redis(
            String host,
            int port,
            int database,
            @Nullable String user,
            @Nullable String password,
            boolean tls) implements CacheLocation {

        /** Port where the location names none: {@value}. */
        public static final int DEFAULT_PORT = 6379;

        @Override
        public String toString() {
            String login = password == null ? "" : (user == null ? "" : user) + ":***@";
            String authority = host.indexOf(':') < 0 ? host : "[" + host + "]";
            return (tls ? "rediss://" : "redis://") + login + authority + ":" + port + "/" + database;
        }
    }

    /**
     * Reads a location.
     *
     * @param text for example {@code redis://:secret@cache.example:6379/0}; user and password are percent-decoded
     * @return the location
     * @throws IllegalArgumentException if it is none, or none of this version; the message holds nothing of the text
     */
    static CacheLocation parse(String text) {
        return LocationSyntax.parse(text);
    }

    /**
     * A location's text as it may be shown: without password, and if it cannot be read, without all but its scheme.
     *
     * @param text any text
     * @return a text for messages and logs
     */
    static String mask(String text) {
        try {
            return parse(text).toString();
        } catch (IllegalArgumentException e) {
            return LocationSyntax.knownScheme(text) + "***";
        }
    }
}
