package dev.pagecache.entry;

/**
 * How long a page is fresh and for how long after that it may be served stale.
 *
 * @param freshMillis freshness lifetime (RFC 9111 section 4.2.1) in milliseconds of age, 0 or more
 * @param staleWhileRevalidateMillis window after freshness in which it is served while being renewed (RFC 5861 section
 *     3)
 * @param staleIfErrorMillis window after freshness in which it is served if rendering fails (RFC 5861 section 4)
 * @param validationMillis window after freshness in which it is kept to be validated (RFC 9111 section 4.3)
 */
public record Lifetime(
        long freshMillis, long staleWhileRevalidateMillis, long staleIfErrorMillis, long validationMillis) {

    /** The longest time that is told apart from for ever: 2^31 seconds (RFC 9111 section 1.2.2). */
    public static final long MAX_MILLIS = (1L << 31) * 1000;

    /** Clamps each to 0 … {@link #MAX_MILLIS}. */
    public Lifetime {
        freshMillis = clamp(freshMillis);
        staleWhileRevalidateMillis = clamp(staleWhileRevalidateMillis);
        staleIfErrorMillis = clamp(staleIfErrorMillis);
        validationMillis = clamp(validationMillis);
    }

    /**
     * A lifetime of a page that is not kept to be validated.
     *
     * @param freshMillis freshness lifetime in milliseconds of age
     * @param staleWhileRevalidateMillis window in which it is served while being renewed
     * @param staleIfErrorMillis window in which it is served if rendering fails
     */
    public Lifetime(long freshMillis, long staleWhileRevalidateMillis, long staleIfErrorMillis) {
        this(freshMillis, staleWhileRevalidateMillis, staleIfErrorMillis, 0);
    }

    /**
     * Age beyond which the page can serve nobody.
     *
     * @return milliseconds of age
     */
    public long retentionMillis() {
        return freshMillis + Math.max(validationMillis, Math.max(staleWhileRevalidateMillis, staleIfErrorMillis));
    }

    private static long clamp(long millis) {
        return Math.max(0, Math.min(MAX_MILLIS, millis));
    }
}
