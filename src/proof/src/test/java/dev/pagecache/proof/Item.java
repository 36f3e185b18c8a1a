package dev.pagecache.proof;

import org.jspecify.annotations.Nullable;

/**
 * A URL of the site, whose data have a version.
 *
 * @param index its number among all items, from 0
 * @param kind what its page depends on
 * @param host host
 * @param path raw path
 * @param query raw query, or null
 * @param noiseBytes length of its body, nearly
 * @param pauseMicros how long its rendering takes between reading the data and writing the body
 */
record Item(
        int index,
        Kind kind,
        String host,
        String path,
        @Nullable String query,
        int noiseBytes,
        int pauseMicros) {

    /** How many items share a tag, about. */
    private static final int TAGS = 24;

    String target() {
        return query == null ? path : path + '?' + query;
    }

    String tag() {
        return tag(index % TAGS);
    }

    static String tag(int number) {
        return "group-" + number % TAGS;
    }

    /** By what the site finds it. */
    static String name(String host, String path, @Nullable String query) {
        return host + ' ' + path + ' ' + query;
    }
}
