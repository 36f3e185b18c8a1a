package dev.pagecache.http;

import org.jspecify.annotations.Nullable;

/**
 * How a cache handled a request, as the member of the {@code Cache-Status} field that stands for this cache (RFC 9211
 * section 2).
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param isHit whether it was answered without the application
 * @param forward why it went to the application, or null
 * @param forwardStatus status of the application's answer where it is not the one that is sent, else 0
 * @param isStored whether the answer was stored
 * @param isCollapsed whether the answer is that of another request for the same
 * @param ttlSeconds remaining freshness in seconds, negative when stale, or {@link #NO_TTL}
 * @param key key of the stored response, or null where it is not shown
 * @param detail reason in one word, or null
 */
public record CacheStatus(
        boolean isHit,
        @Nullable Forward forward,
        int forwardStatus,
        boolean isStored,
        boolean isCollapsed,
        long ttlSeconds,
        @Nullable String key,
        @Nullable String detail) {

    /** In place of a remaining freshness: there is none to tell. */
    public static final long NO_TTL = Long.MIN_VALUE;

    /** Why a request went to the application (RFC 9211 section 2.2). */
    public enum Forward {
        /** The cache was told not to handle it. */
        BYPASS("bypass"),
        /** Its method is never answered from the cache. */
        METHOD("method"),
        /** Nothing is stored for the URI. */
        URI_MISS("uri-miss"),
        /** Something is stored for the URI, but for other selecting fields. */
        VARY_MISS("vary-miss"),
        /** Nothing suitable is stored; which of both is not known. */
        MISS("miss"),
        /** The request's own directives asked for it. */
        REQUEST("request"),
        /** What is stored is stale. */
        STALE("stale"),
        /** Only parts of it are stored. */
        PARTIAL("partial");

        private final String token;

        Forward(String token) {
            this.token = token;
        }

        /**
         * The value in the field.
         *
         * @return a token such as {@code uri-miss}
         */
        public String token() {
            return token;
        }
    }

    /**
     * The request was answered by a stored page.
     *
     * @param ttlSeconds freshness left in seconds, negative when stale
     * @return the status
     */
    public static CacheStatus hit(long ttlSeconds) {
        return new CacheStatus(true, null, 0, false, false, ttlSeconds, null, null);
    }

    /**
     * The request waited for the page that another one rendered.
     *
     * @param forward why that one went to the application
     * @param ttlSeconds freshness left in seconds
     * @return the status
     */
    public static CacheStatus collapsed(Forward forward, long ttlSeconds) {
        return new CacheStatus(false, forward, 0, false, true, ttlSeconds, null, null);
    }

    /**
     * The request went to the application.
     *
     * @param forward why
     * @param isStored whether the answer was stored
     * @param detail why not, in one word, or null
     * @return the status
     */
    public static CacheStatus forwarded(Forward forward, boolean isStored, @Nullable String detail) {
        return new CacheStatus(false, forward, 0, isStored, false, NO_TTL, null, detail);
    }

    /**
     * The same where the application's answer had another status than the one that is sent (RFC 9211 section 2.3).
     *
     * @param status its status
     * @return the status
     */
    public CacheStatus withForwardStatus(int status) {
        return new CacheStatus(isHit, forward, status, isStored, isCollapsed, ttlSeconds, key, detail);
    }

    /**
     * The same with the key shown (RFC 9211 section 2.7).
     *
     * @param shown the key
     * @return the status
     */
    public CacheStatus withKey(String shown) {
        return new CacheStatus(isHit, forward, forwardStatus, isStored, isCollapsed, ttlSeconds, shown, detail);
    }

    /**
     * The field value.
     *
     * @param cacheName name of this cache; characters that are not printable ASCII become {@code ?}
     * @return for example {@code pagecache; hit; ttl=593}
     */
    public String toFieldValue(String cacheName) {
        if (isPlainHit() && isStructuredToken(cacheName)) {
            return cacheName + "; hit; ttl=" + ttlSeconds;
        }
        StringBuilder value = new StringBuilder(64);
        appendItem(value, cacheName);
        if (isHit) {
            value.append("; hit");
        }
        if (forward != null) {
            value.append("; fwd=").append(forward.token);
        }
        if (forwardStatus != 0) {
            value.append("; fwd-status=").append(forwardStatus);
        }
        if (isStored) {
            value.append("; stored");
        }
        if (isCollapsed) {
            value.append("; collapsed");
        }
        if (ttlSeconds != NO_TTL) {
            value.append("; ttl=").append(ttlSeconds);
        }
        if (key != null) {
            value.append("; key=");
            appendString(value, key);
        }
        if (detail != null) {
            value.append("; detail=");
            appendItem(value, detail);
        }
        return value.toString();
    }

    /** What nearly every hit is: one concatenation writes it without a buffer. */
    private boolean isPlainHit() {
        return isHit
                && forward == null
                && forwardStatus == 0
                && !isStored
                && !isCollapsed
                && ttlSeconds != NO_TTL
                && key == null
                && detail == null;
    }

    /** Appends a token (RFC 9651 section 3.3.4) if the text is one, else a string (section 3.3.3). */
    private static void appendItem(StringBuilder value, String text) {
        if (isStructuredToken(text)) {
            value.append(text);
        } else {
            appendString(value, text);
        }
    }

    private static void appendString(StringBuilder value, String text) {
        value.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                value.append('\\');
            }
            value.append(c < ' ' || c > '~' ? '?' : c);
        }
        value.append('"');
    }

    private static boolean isStructuredToken(String text) {
        if (text.isEmpty()) {
            return false;
        }
        char first = text.charAt(0);
        boolean isLetter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
        if (!isLetter && first != '*') {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!FieldSyntax.isTokenChar(c) && c != ':' && c != '/') {
                return false;
            }
        }
        return true;
    }
}
