package dev.pagecache.policy;

import dev.pagecache.entry.Lifetime;
import dev.pagecache.entry.PageTraits;
import dev.pagecache.http.ByteRange;
import dev.pagecache.http.CacheDirectives;
import dev.pagecache.http.DeltaSeconds;
import dev.pagecache.http.FieldSyntax;
import dev.pagecache.http.Fields;
import dev.pagecache.http.VaryField;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.StorePlan.Refuse;
import dev.pagecache.policy.StorePlan.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether and for how long a response is stored (RFC 9111 section 3, and stricter where a page may be private). */
public final class StoreRules {
    /** Most names by which the pages of one URL are selected, since a hit looks up each: {@value}. */
    public static final int MAX_SELECTING = 64;

    /** Most characters of field names and values in a stored page. */
    static final int MAX_FIELDS = 16_384;

    /** Final statuses of RFC 9110 section 15 that a cache can store, those of partial responses left out. */
    private static final Set<Integer> UNDERSTOOD = Set.of(
            200, 201, 202, 203, 204, 205, 300, 301, 302, 303, 305, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407,
            408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 426, 500, 501, 502, 503, 504, 505);

    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private StoreRules() {}

    /**
     * What to do with a response at the moment it commits.
     *
     * @param response the response
     * @param request how its request was assessed
     * @param policy the settings of its view
     * @param now the time at which it commits
     * @return the plan
     */
    public static StorePlan assess(ResponseFacts response, Lookup request, PagePolicy policy, Instant now) {
        CountedDirectives counted = CountedDirectives.of(response.fields(), policy);
        CacheDirectives directives = counted.directives();
        VaryField vary = VaryField.parse(response.fields().all("Vary"));
        Reason refusal = refusal(response, request, policy, directives, vary);
        if (refusal != null) {
            return new Refuse(refusal);
        }
        Duration viewTimeout =
                response.wishes().timeout() != null ? response.wishes().timeout() : policy.viewTimeout();
        long declared = counted.declaredSeconds(response.fields(), now);
        if (declared == FreshnessRules.MALFORMED) {
            return new Refuse(Reason.MALFORMED_LIFETIME);
        }
        boolean isHeuristic = FreshnessRules.isHeuristic(response.status(), directives, policy);
        long found = FreshnessRules.storedSeconds(viewTimeout, declared, isHeuristic, response.fields(), policy, now);
        boolean isValidatedAlways = directives.noCache();
        if (found == FreshnessRules.NONE && !isValidatedAlways) {
            return new Refuse(Reason.NO_LIFETIME);
        }
        long stored = isValidatedAlways ? 0 : found;
        boolean isPart = isStoredPart(response, request, policy);
        if (!isPart && !mayStoreStatus(response.status(), policy, directives, isValidatedAlways ? 0 : declared)) {
            return new Refuse(status(response.status()));
        }
        long initialAge = FreshnessRules.initialAgeSeconds(response.fields(), now);
        long kept = FreshnessRules.validationSeconds(response.fields(), stored);
        if (stored <= initialAge && (isPart || !policy.has(Feature.NO_CACHE) || kept == 0)) {
            return new Refuse(isValidatedAlways ? Reason.NO_CACHE : Reason.EXPIRED);
        }
        List<String> tags = TagRules.tags(response, policy);
        if (tags == null) {
            return new Refuse(Reason.TAGS);
        }
        return new Store(
                lifetime(stored, kept, directives, policy),
                initialAge,
                new PageTraits(isShareable(directives), mayBeStale(directives), false),
                InputRules.selecting(response, policy, vary),
                tags,
                counted.areTargeted()
                        ? PageFieldRules.changes(response, vary, policy, now)
                        : PageFieldRules.changes(
                                response, directives, vary, policy, viewTimeout, declared, stored, now));
    }

    private static @Nullable Reason refusal(
            ResponseFacts response, Lookup request, PagePolicy policy, CacheDirectives directives, VaryField vary) {
        if (response.wishes().isNotStored()) {
            return Reason.DO_NOT_STORE;
        }
        boolean isPart = isStoredPart(response, request, policy);
        if (!isPart && !mayStoreStatus(response.status(), policy, directives, 1)) {
            return status(response.status());
        }
        Fields fields = response.fields();
        if (!policy.has(Feature.SET_COOKIE) && fields.has("Set-Cookie")) {
            return Reason.SET_COOKIE;
        }
        Reason input = InputRules.refusal(response, policy, vary);
        if (input != null) {
            return input;
        }
        if (vary.isAny() || response.wishes().vary().contains("*")) {
            return Reason.VARY_ANY;
        }
        Reason directive = directive(directives, response.status(), policy);
        if (directive != null) {
            return directive;
        }
        if (request.isAuthorized() && !isShareable(directives)) {
            return Reason.AUTHORIZATION;
        }
        if (request.isRanged() && !mayStoreRanged(response, policy)) {
            return Reason.RANGE;
        }
        if (response.hasTrailers() || (fields.has("Content-Range") && !policy.has(Feature.PARTIAL))) {
            return Reason.PARTIAL;
        }
        return areStorable(fields) ? null : Reason.FIELDS;
    }

    /**
     * A response to a request for a range. What the application made without looking at the range is a whole page; what
     * it made otherwise is stored only where parts are (RFC 9111 section 3.3), or where only Vary counts.
     */
    private static boolean mayStoreRanged(ResponseFacts response, PagePolicy policy) {
        if (response.status() == PARTIAL_CONTENT) {
            return true;
        }
        return response.status() != RANGE_NOT_SATISFIABLE
                && (policy.inputs() == PagePolicy.Inputs.DECLARED
                        || Collections.disjoint(response.inputs().fields(), InputRules.OF_RANGES));
    }

    /** A part of a page that says which part it is. */
    private static boolean isStoredPart(ResponseFacts response, Lookup request, PagePolicy policy) {
        return request.isRanged()
                && policy.has(Feature.PARTIAL)
                && response.status() == PARTIAL_CONTENT
                && PartialRules.part(response.fields()) != null;
    }

    /**
     * Whether a body is no longer than its fields say a part is; one that is shorter is its beginning (RFC 9111 section
     * 3.3). Whole pages are not asked.
     *
     * @param status status code
     * @param fields the response's fields
     * @param bodyLength bytes of its body
     * @return false for a part that is longer, or nothing
     */
    public static boolean isComplete(int status, Fields fields, long bodyLength) {
        ByteRange part = status == PARTIAL_CONTENT ? PartialRules.part(fields) : null;
        return part == null || (bodyLength > 0 && bodyLength <= part.length());
    }

    /** RFC 9111 section 5.2.2. */
    private static @Nullable Reason directive(CacheDirectives directives, int status, PagePolicy policy) {
        boolean isUnderstood = UNDERSTOOD.contains(status);
        if (directives.noStore() && !(isUnderstood && liftsNoStore(directives, policy))) {
            return Reason.NO_STORE;
        }
        if (directives.isPrivate()) {
            return Reason.PRIVATE;
        }
        if (directives.noCache() && !policy.has(Feature.NO_CACHE)) {
            return Reason.NO_CACHE;
        }
        return directives.mustUnderstand() && !isUnderstood ? Reason.STATUS : null;
    }

    /** RFC 9111 section 5.2.2.3. One that stands in a piece which cannot be read lifts nothing. */
    private static boolean liftsNoStore(CacheDirectives directives, PagePolicy policy) {
        return policy.has(Feature.MUST_UNDERSTAND)
                && directives.mustUnderstand()
                && !directives.without("must-understand").mustUnderstand();
    }

    /** An error of the server may be over soon, another status is the page's own. */
    private static Reason status(int status) {
        return status >= 500 && status < 600 ? Reason.ERROR : Reason.STATUS;
    }

    /** A 206 and a 304 are never whole pages, whatever the settings say. */
    private static boolean mayStoreStatus(
            int status, PagePolicy policy, CacheDirectives directives, long declaredSeconds) {
        if (status == 206 || status == 304 || status < 200 || status > 599) {
            return false;
        }
        return policy.statuses().contains(status)
                || (policy.has(Feature.HEURISTICS) && directives.isPublic())
                || (policy.has(Feature.EXPLICIT_STATUSES) && declaredSeconds >= 0);
    }

    /**
     * RFC 9111 section 3.5. A must-revalidate that stands in a piece which cannot be read restricts, and permits
     * nothing: it is the one that is still there without those that can be read.
     */
    private static boolean isShareable(CacheDirectives directives) {
        return directives.isPublic()
                || directives.sMaxAge() != null
                || (directives.mustRevalidate()
                        && !directives.without("must-revalidate").mustRevalidate());
    }

    /** RFC 5861, and the directives that forbid serving stale (RFC 9111 section 4.2.4). */
    private static Lifetime lifetime(long seconds, long keptSeconds, CacheDirectives directives, PagePolicy policy) {
        if (!mayBeStale(directives)) {
            return new Lifetime(millis(seconds), 0, 0, millis(keptSeconds));
        }
        return new Lifetime(
                millis(seconds),
                window(directives.seconds("stale-while-revalidate"), policy.staleWhileRevalidate()),
                window(directives.seconds("stale-if-error"), policy.staleIfError()),
                millis(keptSeconds));
    }

    /** RFC 9111 section 4.2.4. */
    private static boolean mayBeStale(CacheDirectives directives) {
        return !directives.mustRevalidate()
                && !directives.proxyRevalidate()
                && !directives.noCache()
                && directives.sMaxAge() == null;
    }

    private static long window(@Nullable DeltaSeconds declared, Duration otherwise) {
        return declared == null ? otherwise.toMillis() : millis(declared.seconds());
    }

    private static long millis(long seconds) {
        return Math.min(seconds, DeltaSeconds.MAX.seconds()) * 1000;
    }

    /** A field that its syntax forbids would be a way to write into somebody else's response. */
    private static boolean areStorable(Fields fields) {
        int characters = 0;
        for (int i = 0; i < fields.size(); i++) {
            if (!FieldSyntax.isToken(fields.name(i)) || !FieldSyntax.isFieldValue(fields.value(i))) {
                return false;
            }
            characters += fields.name(i).length() + fields.value(i).length();
        }
        return characters <= MAX_FIELDS;
    }
}
