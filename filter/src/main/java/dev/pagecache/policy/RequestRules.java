package dev.pagecache.policy;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.http.CacheDirectives;
import dev.pagecache.http.FieldSource;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.RequestPlan.Bypass;
import dev.pagecache.policy.RequestPlan.Lookup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which requests the cache takes part in, and under which key. */
public final class RequestRules {
    /** Longest raw path and query that is keyed, in characters. */
    static final int MAX_URL = 8192;

    /** Longest host name that is keyed, in characters (RFC 1035 section 2.3.4). */
    static final int MAX_HOST = 255;

    /** No request that is keyed by its port has this one. */
    private static final int ANY_PORT = 0;

    static final int MAX_PORT = 65_535;

    private RequestRules() {}

    /**
     * What to do with a request. Nothing in a request can switch storing on; much can switch it off.
     *
     * @param request the request
     * @param policy the settings of its view
     * @return the plan
     */
    public static RequestPlan assess(RequestFacts request, PagePolicy policy) {
        String method = request.method();
        boolean isHead = method.equals("HEAD");
        if (!isHead && !method.equals("GET") && !method.equals(QueryRules.METHOD)) {
            return new Bypass(Reason.METHOD);
        }
        Reason bypass = bypass(request, policy);
        if (bypass != null) {
            return new Bypass(bypass);
        }
        boolean isAuthorized = request.field("Authorization") != null;
        CacheDirectives directives = policy.honorsRequestDirectives() ? directives(request) : null;
        Reason notStored = notStored(isHead, directives);
        return notStored == null && !isAuthorized && directives == null
                ? Lookup.PLAIN
                : new Lookup(notStored, isAuthorized, directives);
    }

    /**
     * The same plan for a request that no stored page answers: the application answers its preconditions, and no page
     * comes of that; it sees the range, and what comes of that depends on what it does with it. A hit is not asked for
     * them here.
     *
     * @param request the request
     * @param lookup what {@link #assess} gave, or this method
     * @return the plan, with the reason why the response is not stored
     */
    public static Lookup beforeRender(RequestFacts request, Lookup lookup) {
        if (lookup.isRanged() || (lookup.notStored() != null && lookup.notStored() != Reason.HEAD)) {
            return lookup;
        }
        if (request.field("If-Match") != null || request.field("If-Unmodified-Since") != null) {
            return new Lookup(Reason.PRECONDITION, lookup.isAuthorized(), lookup.directives());
        }
        return lookup.notStored() != null || request.field("Range") == null
                ? lookup
                : new Lookup(null, lookup.isAuthorized(), lookup.directives(), true);
    }

    /**
     * What selects a variant: the request's fields as they are, or as they are meant.
     *
     * @param request the request
     * @param policy the settings of its view
     * @return the values by name
     */
    public static FieldSource selecting(RequestFacts request, PagePolicy policy) {
        return policy.has(Feature.MEANING) ? new SelectingFields(request) : request;
    }

    /**
     * The key of the request's URL.
     *
     * @param request the request
     * @param policy the settings of its view
     * @return the base key
     */
    public static CacheKey key(RequestFacts request, PagePolicy policy) {
        return key(request, policy, request.query());
    }

    /**
     * The key of the request's URL with something else in place of its query.
     *
     * @param request the request
     * @param policy the settings of its view
     * @param query what stands for the query, or null for none
     * @return the base key
     */
    public static CacheKey key(RequestFacts request, PagePolicy policy, @Nullable String query) {
        String authority = policy.authority();
        boolean isQuery = QueryRules.isQuery(request);
        return CacheKey.url(
                policy.keyPrefix(),
                request.scheme(),
                authority == null ? lowerCase(request.host()) : authority,
                authority == null ? request.port() : ANY_PORT,
                request.rawPath(),
                request.mappedPath(),
                query,
                withSecure(isQuery ? QueryRules.names(policy) : policy.vary(), request),
                isQuery
                        ? QueryRules.fields(request, policy)
                        : policy.vary().isEmpty() ? request : selecting(request, policy));
    }

    /** A proxy's word on security that the scheme does not tell is in the key, and in no other request's. */
    private static List<String> withSecure(List<String> names, RequestFacts request) {
        if (request.isSecure() == request.scheme().equals("https")) {
            return names;
        }
        List<String> all = new ArrayList<>(names);
        all.add(FactNames.SECURE);
        return all;
    }

    /**
     * The text with the letters of ASCII in lower case. Others stay: Unicode has letters whose lower case is another
     * host's letter, such as the Kelvin sign.
     */
    static String lowerCase(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUpperCase(text.charAt(i))) {
                char[] chars = text.toCharArray();
                for (int j = i; j < chars.length; j++) {
                    chars[j] = isUpperCase(chars[j]) ? (char) (chars[j] + ('a' - 'A')) : chars[j];
                }
                return new String(chars);
            }
        }
        return text;
    }

    private static boolean isUpperCase(char c) {
        return c >= 'A' && c <= 'Z';
    }

    /** Why a request goes past the cache though its method does not say so, or null. */
    static @Nullable Reason bypass(RequestFacts request, PagePolicy policy) {
        if (!policy.paths().accepts(request.mappedPath())) {
            return Reason.EXCLUDED;
        }
        if (policy.viewTimeout() != null
                && (policy.viewTimeout().isZero() || policy.viewTimeout().isNegative())) {
            return Reason.EXPIRED;
        }
        String rawPath = request.rawPath();
        if (rawPath.indexOf(';') >= 0) {
            return Reason.PATH_PARAMETER;
        }
        String query = request.query();
        if (rawPath.length() + (query == null ? 0 : query.length()) > MAX_URL
                || request.host().length() > MAX_HOST) {
            return Reason.URL_LENGTH;
        }
        if (!policy.hosts().accepts(request.host())) {
            return Reason.HOST;
        }
        if (policy.authority() == null && (request.port() < 1 || request.port() > MAX_PORT)) {
            return Reason.AUTHORITY;
        }
        if (hasContentOutsideKey(request)) {
            return Reason.REQUEST_CONTENT;
        }
        if (asksToSwitchProtocols(request.field("Upgrade"))) {
            return Reason.UPGRADE;
        }
        return null;
    }

    /** The content of a POST is an input that the application may read, or not. */
    private static boolean hasContentOutsideKey(RequestFacts request) {
        if (QueryRules.isQuery(request)) {
            return request.field(FactNames.CONTENT_DIGEST) == null;
        }
        return request.hasContent() && !request.method().equals("POST");
    }

    /** HTTP/2 in clear text is the container's matter, and clients offer it with every request. */
    private static boolean asksToSwitchProtocols(@Nullable String upgrade) {
        return upgrade != null && !upgrade.strip().equalsIgnoreCase("h2c");
    }

    private static @Nullable Reason notStored(boolean isHead, @Nullable CacheDirectives directives) {
        if (directives != null && directives.noStore()) {
            return Reason.REQUEST_NO_STORE;
        }
        return isHead ? Reason.HEAD : null;
    }

    /** RFC 9111 section 5.2.1, and section 5.4 for Pragma where there is no Cache-Control. */
    static @Nullable CacheDirectives directives(RequestFacts request) {
        String cacheControl = request.field("Cache-Control");
        if (cacheControl == null) {
            String pragma = request.field("Pragma");
            return pragma == null || !CacheDirectives.parse(List.of(pragma)).noCache()
                    ? null
                    : CacheDirectives.parse(List.of("no-cache"));
        }
        return CacheDirectives.parse(List.of(cacheControl));
    }
}
