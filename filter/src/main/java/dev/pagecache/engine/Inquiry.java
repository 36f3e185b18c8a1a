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
 * @param latest the key of the names that were asked for last: a miss asks for the same ones several times
 */
record Inquiry(
        RequestFacts request,
        PagePolicy policy,
        @Nullable NoVarySearch rule,
        CacheKey base,
        FieldSource selecting,
        Latest latest) {

    /** Names and the key that they select. */
    private record Selected(List<String> names, CacheKey key) {}

    /** One field, so that threads that follow one another see both or none. */
    static final class Latest {
        private @Nullable Selected selected;
    }

    static Inquiry of(RequestFacts request, PagePolicy policy, @Nullable NoVarySearch rule) {
        return new Inquiry(
                request,
                QueryRules.policy(request, policy),
                rule,
                KnownSearches.key(request, policy, rule),
                RequestRules.selecting(request, policy),
                new Latest());
    }

    /** The same request under the rule that a response gives. */
    Inquiry under(@Nullable NoVarySearch given) {
        return given == null ? (rule == null ? this : of(request, policy, null)) : of(request, policy, given);
    }

    /** The key that it selects among pages that vary by so many names, none for those that do not vary. */
    CacheKey key(List<String> names) {
        if (names.isEmpty()) {
            return base;
        }
        Selected known = latest.selected;
        if (known == null || !known.names.equals(names)) {
            known = new Selected(names, base.variant(names, selecting));
            latest.selected = known;
        }
        return known.key;
    }
}
