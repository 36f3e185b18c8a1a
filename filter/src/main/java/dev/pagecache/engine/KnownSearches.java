package dev.pagecache.engine;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.http.Fields;
import dev.pagecache.http.NoVarySearch;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.RequestFacts;
import dev.pagecache.policy.RequestRules;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which differences of the query do not matter to the pages of a path, as the latest response of each path said in
 * No-Vary-Search. A node learns it from its own renders.
 *
 * <p>Safe for use by many threads.
 */
final class KnownSearches {
    private static final String FIELD = "No-Vary-Search";

    /** More paths with a rule of their own are not remembered; forgetting one costs renders only. */
    static final int MAX_PATHS = 1_000;

    /** Nor are paths of more bytes than these together. */
    static final int MAX_BYTES = 1 << 20;

    /** Begins what stands for a query in a key under a rule: no raw query has a line feed. */
    private static final String MARK = "\n";

    private final ConcurrentHashMap<CacheKey, NoVarySearch> rules = new ConcurrentHashMap<>();
    private int bytes;

    /** The rule of a request's path, or null if there is none. */
    @Nullable
    NoVarySearch of(RequestFacts request, PagePolicy policy) {
        return rules.isEmpty() || !policy.has(Feature.NO_VARY_SEARCH) ? null : rules.get(path(request, policy));
    }

    /** The base key of a request under a rule, or under none. */
    static CacheKey key(RequestFacts request, PagePolicy policy, @Nullable NoVarySearch rule) {
        return rule == null
                ? RequestRules.key(request, policy)
                : RequestRules.key(request, policy, MARK + rule.canonicalQuery(request.query()));
    }

    /** The rule that a response gives, or null if it gives none. */
    static @Nullable NoVarySearch in(Fields response) {
        if (!response.has(FIELD)) {
            return null;
        }
        NoVarySearch rule = NoVarySearch.parse(response.all(FIELD));
        return rule.isDefault() ? null : rule;
    }

    /** Remembers what the latest response of a path says. */
    synchronized void learn(RequestFacts request, PagePolicy policy, @Nullable NoVarySearch rule) {
        if (rule == null && rules.isEmpty()) {
            return;
        }
        CacheKey path = path(request, policy);
        if (rule == null) {
            bytes -= rules.remove(path) == null ? 0 : path.length();
            return;
        }
        if (rules.put(path, rule) != null) {
            return;
        }
        bytes += path.length();
        if (rules.size() > MAX_PATHS || bytes > MAX_BYTES) {
            rules.clear();
            rules.put(path, rule);
            bytes = path.length();
        }
    }

    private static CacheKey path(RequestFacts request, PagePolicy policy) {
        return RequestRules.key(request, policy, null);
    }
}
