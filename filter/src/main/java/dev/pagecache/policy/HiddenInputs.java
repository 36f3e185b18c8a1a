package dev.pagecache.policy;

import java.util.List;

/**
 * Inputs hidden from key and application alike, so that they neither split nor poison.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param queryParameters exact names, or globs with {@code *}, of query parameters
 * @param sortsQuery whether the query's parameters are sorted by name, stably
 * @param cookies exact names, or globs with {@code *}, of cookies
 */
public record HiddenInputs(List<String> queryParameters, boolean sortsQuery, List<String> cookies) {

    /** Nothing is hidden. */
    public static final HiddenInputs NONE = new HiddenInputs(List.of(), false, List.of());

    /** Copies the lists. */
    public HiddenInputs {
        queryParameters = List.copyOf(queryParameters);
        cookies = List.copyOf(cookies);
    }
}
