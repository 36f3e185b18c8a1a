package dev.pagecache.config;

import org.jspecify.annotations.Nullable;

/**
 * How Redis and this node know each other, besides the login in the location. Its text form shows no password.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param trustStore path of a PKCS12 file with the certificates that are trusted, or null for those of the JVM
 * @param trustStorePassword its password, or null if it has none
 * @param keyStore path of a PKCS12 file with our certificate and key, or null to show none
 * @param keyStorePassword its password, or null if it has none
 * @param sentinelUser ACL user at the Sentinels, or null for the default user
 * @param sentinelPassword its password, or null if none is sent to Sentinels
 */
public record RedisSecurity(
        @Nullable String trustStore,
        @Nullable String trustStorePassword,
        @Nullable String keyStore,
        @Nullable String keyStorePassword,
        @Nullable String sentinelUser,
        @Nullable String sentinelPassword) {
    /** Nothing is given. */
    public static final RedisSecurity NONE = new RedisSecurity(null, null, null, null, null, null);

    /** All but the passwords. */
    @Override
    public String toString() {
        return "RedisSecurity[trustStore=" + trustStore + ", keyStore=" + keyStore + ", sentinelUser=" + sentinelUser
                + "]";
    }
}
