package dev.pagecache.policy;

import dev.pagecache.http.CacheStatus.Forward;
import org.jspecify.annotations.Nullable;

/** What to do with a stored page that a request selects. */
public sealed interface HitPlan {

    /**
     * It answers the request.
     *
     * @param ttlSeconds seconds of freshness left: lifetime minus Age, both in whole seconds (RFC 9211 section 2.5)
     */
    record Serve(long ttlSeconds) implements HitPlan {}

    /**
     * It answers the request, and one request renews it (RFC 5861 section 3).
     *
     * @param ttlSeconds seconds of freshness left, 0 or negative
     */
    record ServeStale(long ttlSeconds) implements HitPlan {}

    /**
     * The application answers.
     *
     * @param forward why
     * @param reason the word that says more, or null if forward says it all
     * @param mayCoverErrors whether the page may still answer if rendering fails (RFC 5861 section 4)
     */
    record Render(Forward forward, @Nullable Reason reason, boolean mayCoverErrors) implements HitPlan {}
}
