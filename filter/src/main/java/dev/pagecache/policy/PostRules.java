package dev.pagecache.policy;

import dev.pagecache.http.CacheDirectives;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.StorePlan.Refuse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which responses to POST are stored as the page of their URL, for later GETs (RFC 9110 section 9.3.3). */
public final class PostRules {
    private static final int OK = 200;

    private PostRules() {}

    /**
     * Whether the response to a request may become a page, as far as the request says. Nothing stored answers it, and
     * the application sees all of its conditions: those of POST mean something else than those of GET (RFC 9110 section
     * 13.1.2).
     *
     * @param request any request
     * @param policy the settings of its view
     * @return how its response is assessed, or null if it is not stored
     */
    public static @Nullable Lookup lookup(RequestFacts request, PagePolicy policy) {
        if (!policy.has(Feature.POST)
                || !request.method().equals("POST")
                || RequestRules.bypass(request, policy) != null) {
            return null;
        }
        CacheDirectives directives = policy.honorsRequestDirectives() ? RequestRules.directives(request) : null;
        if (directives != null && directives.noStore()) {
            return null;
        }
        return new Lookup(null, request.field("Authorization") != null, directives, true);
    }

    /**
     * What to do with a response to POST at the moment it commits: it says itself how long it is fresh, and that it is
     * what a GET of the same URL would get; and all holds that holds for a GET.
     *
     * @param response the response
     * @param target the URL of the request
     * @param request what {@link #lookup} gave
     * @param policy the settings of its view
     * @param now the time at which it commits
     * @return the plan
     */
    public static StorePlan assess(
            ResponseFacts response, TargetUrl target, Lookup request, PagePolicy policy, Instant now) {
        if (response.status() != OK || !isOfTarget(response, target, policy)) {
            return new Refuse(Reason.METHOD);
        }
        CountedDirectives counted = CountedDirectives.of(response.fields(), policy);
        return counted.declaredSeconds(response.fields(), now) == FreshnessRules.NONE
                ? new Refuse(Reason.NO_LIFETIME)
                : StoreRules.assess(response, request, policy, now);
    }

    /** One Content-Location without a fragment, which leads to the URL of the request (RFC 9110 section 8.7). */
    private static boolean isOfTarget(ResponseFacts response, TargetUrl target, PagePolicy policy) {
        List<String> lines = response.fields().all("Content-Location");
        if (lines.size() != 1 || lines.get(0).indexOf('#') >= 0) {
            return false;
        }
        UrlReference own = UrlReference.resolve(lines.get(0).strip(), target);
        return own != null
                && own.rawPath().equals(target.rawPath())
                && Objects.equals(policy.hidden().visibleQuery(own.rawQuery()), target.query());
    }
}
