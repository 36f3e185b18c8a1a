package dev.pagecache.policy;

import org.jspecify.annotations.Nullable;

/**
 * The URL that a request was sent to (RFC 9110 section 7.1), kept beyond the request: a container may use the request
 * object for a dispatch, or for the next request, before an exchange is over.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param scheme the scheme
 * @param host host name, in any letter case
 * @param port effective port
 * @param rawPath path as the client sent it
 * @param query raw visible query, or null if there is none
 */
public record TargetUrl(
        String scheme,
        String host,
        int port,
        String rawPath,
        @Nullable String query) {

    /**
     * The URL of a request.
     *
     * @param request the request
     * @return its URL
     */
    public static TargetUrl of(RequestFacts request) {
        return new TargetUrl(request.scheme(), request.host(), request.port(), request.rawPath(), request.query());
    }
}
