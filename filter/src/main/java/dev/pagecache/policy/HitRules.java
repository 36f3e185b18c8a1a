package dev.pagecache.policy;

import dev.pagecache.entry.Lifetime;
import dev.pagecache.entry.Page;
import dev.pagecache.http.CacheDirectives;
import dev.pagecache.http.CacheStatus.Forward;
import dev.pagecache.http.DeltaSeconds;
import dev.pagecache.policy.HitPlan.Render;
import dev.pagecache.policy.HitPlan.Serve;
import dev.pagecache.policy.HitPlan.ServeStale;
import dev.pagecache.policy.RequestPlan.Lookup;

/** Whether a stored page may answer the request that selects it (RFC 9111 section 4). */
public final class HitRules {
    private static final long SECOND = 1000;

    private HitRules() {}

    /**
     * What to do with a page.
     *
     * @param page the stored page, whose key is that of the request
     * @param ageMillis its current age, 0 or more
     * @param request how the request was assessed
     * @return the plan
     */
    public static HitPlan assess(Page page, long ageMillis, Lookup request) {
        if (request.isAuthorized() && !page.traits().isShareable()) {
            return new Render(Forward.BYPASS, Reason.AUTHORIZATION, false);
        }
        Lifetime lifetime = page.lifetime();
        long leftMillis = lifetime.freshMillis() - ageMillis;
        long ttl = lifetime.freshMillis() / SECOND - ageMillis / SECOND;
        if (request.directives() != null && refuses(request.directives(), ageMillis, leftMillis)) {
            return new Render(Forward.REQUEST, Reason.REQUEST_DIRECTIVE, false);
        }
        if (leftMillis > 0) {
            return new Serve(ttl);
        }
        long staleMillis = -leftMillis;
        if (staleMillis < lifetime.staleWhileRevalidateMillis()) {
            return new ServeStale(ttl);
        }
        return new Render(Forward.STALE, null, staleMillis < lifetime.staleIfErrorMillis());
    }

    /**
     * Whether a status is an error that a stale page may stand in for (RFC 5861 section 4).
     *
     * @param status status code of what the application answers
     * @return true for 500, 502, 503 and 504
     */
    public static boolean isCoverable(int status) {
        return status == 500 || status == 502 || status == 503 || status == 504;
    }

    /** RFC 9111 sections 5.2.1.1 to 5.2.1.4. A max-stale is not honoured: it would only make answers worse. */
    private static boolean refuses(CacheDirectives directives, long ageMillis, long leftMillis) {
        if (directives.noCache()) {
            return true;
        }
        DeltaSeconds maxAge = directives.maxAge();
        if (maxAge != null && (leftMillis <= 0 || ageMillis > maxAge.seconds() * SECOND)) {
            return true;
        }
        DeltaSeconds minFresh = directives.seconds("min-fresh");
        return minFresh != null && leftMillis < minFresh.seconds() * SECOND;
    }
}
