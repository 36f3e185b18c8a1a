package dev.pagecache.policy;

import dev.pagecache.http.CacheStatus.Forward;

/**
 * Why an exchange is not served from the cache, or why its response is not stored. The word stands in
 * {@code Cache-Status}, in the meters and in the log.
 */
public enum Reason {
    /** The method is none of GET, HEAD and QUERY. */
    METHOD("method", Forward.METHOD),
    /** The servlet has no {@code @CachePage} and the filter caches annotated views only. */
    NOT_ANNOTATED("not-annotated", Forward.BYPASS),
    /** The servlet is annotated {@code @NeverCache}. */
    NEVER_CACHE("never-cache", Forward.BYPASS),
    /** The path is excluded, or not included. */
    EXCLUDED("excluded", Forward.BYPASS),
    /** The host is not among those that are cached. */
    HOST("host", Forward.BYPASS),
    /** The path has parameters ({@code ;}), which are a way to disguise one page as another. */
    PATH_PARAMETER("path-parameter", Forward.BYPASS),
    /** The URL or the host is longer than is keyed. */
    URL_LENGTH("url-length", Forward.BYPASS),
    /** A GET or HEAD with content, a QUERY whose content is not keyed, or a request whose content was read. */
    REQUEST_CONTENT("request-content", Forward.BYPASS),
    /** The request has If-Match or If-Unmodified-Since and no stored page can answer it. */
    PRECONDITION("precondition", Forward.BYPASS),
    /** The request asks to switch protocols. */
    UPGRADE("upgrade", Forward.BYPASS),
    /** What the application made of a range that no stored page answers. */
    RANGE("range", Forward.BYPASS),
    /** A HEAD request found no page, and fills none. */
    HEAD("head", Forward.URI_MISS),
    /** The request's own no-store, honoured. */
    REQUEST_NO_STORE("request-no-store", Forward.REQUEST),
    /** The request's own no-cache, max-age or min-fresh, honoured. */
    REQUEST_DIRECTIVE("request-directive", Forward.REQUEST),
    /** The request has Authorization and the response does not say that it may be shared (RFC 9111 section 3.5). */
    AUTHORIZATION("authorization", Forward.BYPASS),

    /** The application said so for this page. */
    DO_NOT_STORE("do-not-store", Forward.BYPASS),
    /** The status is not among those that are stored. */
    STATUS("status", Forward.BYPASS),
    /** The application answered with an error or threw. */
    ERROR("error", Forward.BYPASS),
    /** The response sets a cookie. */
    SET_COOKIE("set-cookie", Forward.BYPASS),
    /** A session was read or made while the page was rendered. */
    SESSION("session", Forward.BYPASS),
    /** The user's identity was read while the page was rendered. */
    PRINCIPAL("principal", Forward.BYPASS),
    /** A URL was rewritten to carry a session identifier. */
    SESSION_IN_URL("session-in-url", Forward.BYPASS),
    /** The client's address was read while the page was rendered. */
    REMOTE_ADDRESS("remote-address", Forward.BYPASS),
    /** The connection was looked at while the page was rendered. */
    CONNECTION("connection", Forward.BYPASS),
    /** An object was read that the container or a filter outside handed on as a request attribute. */
    ATTRIBUTE("attribute", Forward.BYPASS),
    /** A field was read that no Vary names, and the settings refuse that. */
    UNDECLARED_INPUT("undeclared-input", Forward.BYPASS),
    /**
     * The host was read while the page was rendered, and the settings put another name into the key; or the request
     * gives a port that is none, and containers let it pass.
     */
    AUTHORITY("authority", Forward.BYPASS),
    /** {@code Vary: *}, or a Vary that cannot be understood. */
    VARY_ANY("vary-any", Forward.BYPASS),
    /** The URL has too many variants, or names that select them. */
    VARIANTS("variants", Forward.BYPASS),
    /** Cache-Control: no-store. */
    NO_STORE("no-store", Forward.BYPASS),
    /** Cache-Control: private. */
    PRIVATE("private", Forward.BYPASS),
    /** Cache-Control: no-cache. */
    NO_CACHE("no-cache", Forward.BYPASS),
    /** A lifetime that is no number. */
    MALFORMED_LIFETIME("malformed-lifetime", Forward.BYPASS),
    /** A lifetime of zero, or one that is over already. */
    EXPIRED("expired", Forward.BYPASS),
    /** No lifetime declared, and none given by the settings. */
    NO_LIFETIME("no-lifetime", Forward.BYPASS),
    /** A partial response, or one with trailer fields. */
    PARTIAL("partial", Forward.BYPASS),
    /** A field that is not allowed by its syntax, or too many bytes of them. */
    FIELDS("fields", Forward.BYPASS),
    /** A field names a tag that is none, or there are more tags than a page is purged by. */
    TAGS("tags", Forward.BYPASS),
    /** The body is larger than is stored. */
    BODY_SIZE("body-size", Forward.BYPASS),
    /** What the responses under way hold of their bodies is as much as it may be. */
    MEMORY("memory", Forward.BYPASS),
    /** No content was written through the cache: there is none, or it was sent past the cache. */
    EMPTY("empty", Forward.BYPASS),
    /** The body is not the whole of it: its length is not the declared one, or it was sent past the cache. */
    INCOMPLETE("incomplete", Forward.BYPASS),
    /** Text that its charset cannot hold, or a charset that is not stored. */
    CHARSET("charset", Forward.BYPASS),
    /** A renewal needs what a container refuses when the response is complete, such as a forward or a new session. */
    DETACHED("detached", Forward.BYPASS),
    /** An asynchronous dispatch that does not come back through the filter, a time-out or an error. */
    ASYNC("async", Forward.BYPASS),
    /** The page was revoked while it was rendered (RFC 9111 section 4.4). */
    REVOKED("revoked", Forward.BYPASS);

    private final String word;
    private final Forward forward;

    Reason(String word, Forward forward) {
        this.word = word;
        this.forward = forward;
    }

    /**
     * The machine-readable word.
     *
     * @return lower-case letters and hyphens
     */
    public String word() {
        return word;
    }

    /**
     * Why the request went on to the application, in the terms of RFC 9211 section 2.2.
     *
     * @return the {@code fwd} parameter
     */
    public Forward forward() {
        return forward;
    }
}
