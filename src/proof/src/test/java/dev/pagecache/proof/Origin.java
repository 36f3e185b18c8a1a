package dev.pagecache.proof;

import org.jspecify.annotations.Nullable;

/** How a cache came by its answer, as its Cache-Status field says (RFC 9211). */
enum Origin {
    HIT,
    /** A hit whose lifetime is over. */
    STALE,
    /** Rendered once for several who asked. */
    COLLAPSED,
    STORED,
    /** Rendered, and not stored or not known to be. */
    RENDERED,
    BYPASS,
    /** The field is missing. */
    UNKNOWN;

    static Origin of(@Nullable String cacheStatus) {
        if (cacheStatus == null) {
            return UNKNOWN;
        }
        if (cacheStatus.contains("; hit")) {
            return cacheStatus.contains("ttl=-") ? STALE : HIT;
        }
        if (cacheStatus.contains("; collapsed")) {
            return COLLAPSED;
        }
        if (cacheStatus.contains("; stored")) {
            return STORED;
        }
        return cacheStatus.contains("fwd=bypass") ? BYPASS : RENDERED;
    }
}
