package dev.pagecache.config;

import java.util.List;
import java.util.stream.Collectors;
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
            return (tls ? "rediss://" : "redis://") + login(user, password) + new Address(host, port) + "/" + database;
        }
    }

    /**
     * A primary for writes and replicas for reads behind the memory: several {@link Redis} separated by commas, the
     * primary first.
     *
     * @param primary takes the writes
     * @param replicas at least one; TLS and database are those of the primary
     */
    record Replicated(Redis primary, List<Redis> replicas) implements CacheLocation {
        /** Copies the list. */
        public Replicated {
            replicas = List.copyOf(replicas);
        }

        @Override
        public String toString() {
            return primary + "," + replicas.stream().map(Redis::toString).collect(Collectors.joining(","));
        }
    }

    /**
     * The master that Sentinels name behind the memory:
     * {@code redis-sentinel://user:password@host:port,host:port/master-name/database}, with {@code rediss-sentinel}
     * over TLS, to Sentinels too.
     *
     * @param sentinels at least one
     * @param masterName name under which they watch the master
     * @param database 0 or more
     * @param user name of the master's ACL user, or null for the default user
     * @param password its password, or null if none is sent
     * @param tls whether connections are encrypted and certificates checked
     */
    record Sentinel(
            List<Address> sentinels,
            String masterName,
            int database,
            @Nullable String user,
            @Nullable String password,
            boolean tls)
            implements CacheLocation {
        /** Port where the location names none: {@value}. */
        public static final int DEFAULT_PORT = 26_379;

        /** Copies the list. */
        public Sentinel {
            sentinels = List.copyOf(sentinels);
        }

        @Override
        public String toString() {
            return (tls ? "rediss-sentinel://" : "redis-sentinel://") + login(user, password) + join(sentinels) + "/"
                    + masterName + "/" + database;
        }
    }

    /**
     * A Redis Cluster behind the memory: {@code redis-cluster://user:password@host:port,host:port}, with
     * {@code rediss-cluster} over TLS.
     *
     * @param seeds some of its servers, at least one
     * @param user name of the ACL user, the same on all servers, or null for the default user
     * @param password its password, or null if none is sent
     * @param tls whether connections are encrypted and certificates checked
     */
    record Cluster(
            List<Address> seeds,
            @Nullable String user,
            @Nullable String password,
            boolean tls) implements CacheLocation {
        /** Copies the list. */
        public Cluster {
            seeds = List.copyOf(seeds);
        }

        @Override
        public String toString() {
            return (tls ? "rediss-cluster://" : "redis-cluster://") + login(user, password) + join(seeds);
        }
    }

    /**
     * Where one server listens.
     *
     * @param host name or address, an IPv6 address without brackets
     * @param port 1 to 65535
     */
    record Address(String host, int port) {
        @Override
        public String toString() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }
    }

    private static String login(@Nullable String user, @Nullable String password) {
        return password == null ? "" : (user == null ? "" : user) + ":***@";
    }

    private static String join(List<Address> servers) {
        return servers.stream().map(Address::toString).collect(Collectors.joining(","));
    }

    /**
     * Reads a location.
     *
     * @param text for example {@code redis://:secret@cache.example:6379/0}; user and password are percent-decoded
     * @return the location
     * @throws IllegalArgumentException if it is none; the message holds nothing of the text
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
