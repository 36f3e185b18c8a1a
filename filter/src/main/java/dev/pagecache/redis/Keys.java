package dev.pagecache.redis;

import java.nio.charset.StandardCharsets;

/** How names become keys of Redis. */
final class Keys {
    /** Version of the names of keys: releases that differ in it do not see each other's records. */
    private static final String FORMAT_PREFIX = "pc1:";

    private Keys() {}

    /** What every key of a location starts with. */
    static String prefix(RedisOptions options) {
        return FORMAT_PREFIX + (options.keyPrefix().isEmpty() ? "" : options.keyPrefix() + ":");
    }

    /** A key that probes may read; whether anything stands there does not matter. */
    static byte[] probe(RedisOptions options) {
        return (prefix(options) + "{probe}").getBytes(StandardCharsets.UTF_8);
    }
}
