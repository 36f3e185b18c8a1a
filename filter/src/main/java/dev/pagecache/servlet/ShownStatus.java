package dev.pagecache.servlet;

import dev.pagecache.http.CacheStatus;
import dev.pagecache.http.CacheStatus.Forward;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** The line of Cache-Status that one exchange adds to its response. Confined to that exchange. */
final class ShownStatus {
    private final HttpServletResponse target;
    private final @Nullable String cacheName;
    private final boolean isOfPost;
    private @Nullable CacheStatus shown;
    private boolean isSet;

    /**
     * Nothing shown yet.
     *
     * @param cacheName the name of this cache, or null where the field is switched off
     * @param isOfPost whether the request went to the application for its method, whatever became of the answer
     */
    ShownStatus(HttpServletResponse target, @Nullable String cacheName, boolean isOfPost) {
        this.target = target;
        this.cacheName = cacheName;
        this.isOfPost = isOfPost;
    }

    /** Shows what became of the exchange; only the first call counts, unless {@link #forget} took it back. */
    void show(CacheStatus status) {
        if (shown != null || cacheName == null) {
            return;
        }
        shown = isOfPost ? CacheStatus.forwarded(Forward.METHOD, status.isStored(), status.detail()) : status;
        if (isSet) {
            target.setHeader(ServletNames.CACHE_STATUS, shown.toFieldValue(cacheName));
        } else {
            target.addHeader(ServletNames.CACHE_STATUS, shown.toFieldValue(cacheName));
        }
        isSet = true;
    }

    /** What was shown may change: an asynchronous dispatch came back. */
    void forget() {
        shown = null;
    }

    /** Sets the line again after the application's reset took it away. */
    void restore() {
        if (shown != null && cacheName != null && !target.isCommitted()) {
            target.addHeader(ServletNames.CACHE_STATUS, shown.toFieldValue(cacheName));
        }
    }

    /** Whether it is that of a POST, whose conditions are the application's matter. */
    boolean isOfPost() {
        return isOfPost;
    }

    /** Whether the response has a line of ours, which is no part of the page. */
    boolean isSet() {
        return isSet;
    }
}
