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
     * What to do with a page in good standing.
     *
     * @param page the stored page, whose key is that of the request
     * @param ageMillis its current age, 0 or more
     * @param request how the request was assessed
     * @return the plan
     */
    public static HitPlan assess(Page page, long ageMillis, Lookup request) {
        return assess(page, ageMillis, Standing.GOOD, request);
    }

    /**
     * What to do with a page. One that was purged softly has no freshness left, and its windows begin; when its own
     * lifetime is over they go on from that.
     *
     * @param page the stored page, whose key is that of the request
     * @param ageMillis its current age, 0 or more
     * @param standing what purges have made of it
     * @param request how the request was assessed
     * @return the plan
     */
    public static HitPlan assess(Page page, long ageMillis, Standing standing, Lookup request) {
        if (request.isAuthorized() && !page.traits().isShareable()) {
            return new Render(Forward.BYPASS, Reason.AUTHORIZATION, false);
        }
        Lifetime lifetime = page.lifetime();
        long mostLeft = standing == Standing.EXPIRED ? 0 : Long.MAX_VALUE;
        long leftMillis = Math.min(mostLeft, lifetime.freshMillis() - ageMillis);
        long ttl = Math.min(mostLeft, lifetime.freshMillis() / SECOND - ageMillis / SECOND);
        CacheDirectives directives = request.directives();
        boolean isStaleAccepted = directives != null && page.traits().mayBeStale() && accepts(directives, leftMillis);
        if (directives != null && refuses(directives, ageMillis, leftMillis, isStaleAccepted)) {
            return new Render(Forward.REQUEST, Reason.REQUEST_DIRECTIVE, false);
        }
        if (leftMillis > 0 || isStaleAccepted) {
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

    /** RFC 9111 section 5.2.1.2: stale by no more than so many seconds, or by any time where no number is given. */
    private static boolean accepts(CacheDirectives directives, long leftMillis) {
        if (leftMillis > 0 || !directives.has("max-stale")) {
            return false;
        }
        DeltaSeconds maxStale = directives.seconds("max-stale");
        return directives.argument("max-stale") == null
                || (maxStale != null && maxStale.isValid() && -leftMillis <= maxStale.seconds() * SECOND);
    }

    /** RFC 9111 sections 5.2.1.1, 5.2.1.3 and 5.2.1.4. */
    private static boolean refuses(
            CacheDirectives directives, long ageMillis, long leftMillis, boolean isStaleAccepted) {
        if (directives.noCache()) {
            return true;
        }
        DeltaSeconds maxAge = directives.maxAge();
        boolean isTooStale = leftMillis <= 0 && !isStaleAccepted;
        if (maxAge != null && (isTooStale || ageMillis > maxAge.seconds() * SECOND)) {
            return true;
        }
        DeltaSeconds minFresh = directives.seconds("min-fresh");
        return minFresh != null && leftMillis < minFresh.seconds() * SECOND;
    }
}
