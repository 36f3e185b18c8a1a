package dev.pagecache.engine;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.http.FieldSource;
import dev.pagecache.http.NoVarySearch;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.QueryRules;
import dev.pagecache.policy.RequestFacts;
import dev.pagecache.policy.RequestRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as the walk looks it up. Confined to one request.
 *
 * @param request its facts
 * @param policy the settings of its view, as they hold for its method
 * @param rule what of its query matters, or null where all does
 * @param base the key of its URL under that rule
 * @param selecting the values of its fields as variants are selected by
 */
record Inquiry(
        RequestFacts request, PagePolicy policy, @Nullable NoVarySearch rule, CacheKey base, FieldSource selecting) {

    static Inquiry of(RequestFacts request, PagePolicy policy, @Nullable NoVarySearch rule) {
        return new Inquiry(
                request,
                QueryRules.policy(request, policy),
                rule,
                KnownSearches.key(request, policy, rule),
                RequestRules.selecting(request, policy));
    }

    /** The same request under the rule that a response gives. */
    Inquiry under(@Nullable NoVarySearch given) {
        return given == null ? (rule == null ? this : of(request, policy, null)) : of(request, policy, given);
    }

    /** The key that it selects among pages that vary by so many names, none for those that do not vary. */
    CacheKey key(List<String> names) {
        return names.isEmpty() ? base : base.variant(names, selecting);
    }
}
