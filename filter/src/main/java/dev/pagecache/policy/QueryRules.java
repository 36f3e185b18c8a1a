package dev.pagecache.policy;

import dev.pagecache.http.FieldSource;
import dev.pagecache.policy.PagePolicy.Feature;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests with the method QUERY (draft-ietf-httpbis-safe-method-w-body): as safe as GET, with content that says what
 * is asked for. So their key holds the method, the content, and the fields that say how to read it.
 */
public final class QueryRules {
    /** The method; others of this name in another letter case are not known (RFC 9110 section 9.1). */
    public static final String METHOD = "QUERY";

    /** Most bytes of content that are keyed: {@value}. */
    public static final int MAX_CONTENT_BYTES = 65_536;

    /** Lower-case names of the request fields that take part in the key of every QUERY. */
    public static final Set<String> KEYED_FIELDS = Set.of("content-encoding", "content-type");

    /** No setting can give a name with a colon, so that a key with these names is no key of GET. */
    private static final String METHOD_NAME = ":method";

    private static final List<String> NAMES =
            List.of(FactNames.CONTENT_DIGEST, METHOD_NAME, "content-encoding", "content-type");

    private QueryRules() {}

    /** Whether a request has the method QUERY. */
    static boolean isQuery(RequestFacts request) {
        return request.method().equals(METHOD);
    }

    /** Names of what takes part in the key besides the URL. */
    static List<String> names(PagePolicy policy) {
        if (policy.vary().isEmpty()) {
            return NAMES;
        }
        List<String> names = new ArrayList<>(NAMES);
        names.addAll(policy.vary());
        return names;
    }

    /** The values of {@link #names}. Those of every QUERY are taken as they came, whatever they mean. */
    static FieldSource fields(RequestFacts request, PagePolicy policy) {
        FieldSource selecting = RequestRules.selecting(request, policy);
        return name -> value(name, request, selecting);
    }

    private static @Nullable String value(String name, RequestFacts request, FieldSource selecting) {
        if (name.equals(METHOD_NAME)) {
            return request.method();
        }
        return NAMES.contains(name) ? request.field(name) : selecting.field(name);
    }

    /**
     * The settings that hold for a request. For QUERY nothing is assumed that the response or its view does not say: it
     * has no default lifetime and no guessed one. Ranges are defined for GET only (RFC 9110 section 14.2).
     *
     * @param request the request
     * @param policy the settings of its view
     * @return the same settings for another method
     */
    public static PagePolicy policy(RequestFacts request, PagePolicy policy) {
        if (!isQuery(request)) {
            return policy;
        }
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        features.addAll(policy.features());
        features.remove(Feature.HEURISTICS);
        features.remove(Feature.PARTIAL);
        return new PagePolicy(
                policy.site(),
                policy.keyPrefix(),
                policy.authority(),
                policy.hosts(),
                policy.paths(),
                policy.viewTimeout(),
                null,
                policy.statuses(),
                policy.vary(),
                policy.inputs(),
                policy.trustedInputs(),
                policy.hidden(),
                policy.honorsRequestDirectives(),
                policy.targetedField(),
                features,
                policy.browserTimeout(),
                policy.staleWhileRevalidate(),
                policy.staleIfError(),
                policy.earlyRenewalPercent(),
                policy.maxBodyBytes(),
                policy.tags(),
                policy.tagFields());
    }
}
