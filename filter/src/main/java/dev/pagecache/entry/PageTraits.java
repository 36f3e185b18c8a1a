package dev.pagecache.entry;

/**
 * What is to be known of a page besides its fields, because these do not say it, or not any more.
 *
 * @param isShareable whether it may answer requests with {@code Authorization} (RFC 9111 section 3.5)
 * @param mayBeStale whether nothing forbids to serve it stale (RFC 9111 section 4.2.4)
 * @param hasContentTag whether its entity tag was made from its content by the cache, so that the application does not
 *     know it
 */
public record PageTraits(boolean isShareable, boolean mayBeStale, boolean hasContentTag) {

    /** A page that may answer nobody with credentials, is never served stale, and has the application's own tag. */
    public static final PageTraits NONE = new PageTraits(false, false, false);

    private static final int SHAREABLE = 1;
    private static final int STALE = 2;
    private static final int CONTENT_TAG = 4;

    /** All bits that {@link #ofBits} knows. */
    static final int ALL_BITS = SHAREABLE | STALE | CONTENT_TAG;

    /**
     * These traits for a page whose entity tag was made from its content.
     *
     * @return the traits
     */
    public PageTraits withContentTag() {
        return new PageTraits(isShareable, mayBeStale, true);
    }

    static PageTraits ofBits(int bits) {
        return new PageTraits((bits & SHAREABLE) != 0, (bits & STALE) != 0, (bits & CONTENT_TAG) != 0);
    }

    int toBits() {
        return (isShareable ? SHAREABLE : 0) | (mayBeStale ? STALE : 0) | (hasContentTag ? CONTENT_TAG : 0);
    }
}
