package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.FuzzRequest;
import dev.pagecache.fuzz.Seeds;
import dev.pagecache.http.Fields;
import dev.pagecache.http.NoVarySearch;
import dev.pagecache.policy.FuzzPolicies;
import dev.pagecache.policy.PagePolicy;
import java.util.List;

/** Keys under a No-Vary-Search rule that the node learned. Lines: the field, two queries. */
final class KnownSearchesFuzzTest {
    private static final PagePolicy POLICY = FuzzPolicies.policy(1 << 25);

    @Seeds("no-vary-search")
    @FuzzTest
    void learn(byte[] bytes) {
        FuzzInput.run(bytes, KnownSearchesFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        FuzzRequest one = request(input.line(1));
        FuzzRequest other = request(input.line(2));
        NoVarySearch rule = KnownSearches.in(Fields.of("no-vary-search", input.line(0)));
        KnownSearches searches = new KnownSearches();
        searches.learn(one, POLICY, rule);
        assertEquals(rule, searches.of(other, POLICY));
        Inquiry inquiry = input.bounded(() -> Inquiry.of(one, POLICY, rule));
        CacheKey otherKey = KnownSearches.key(other, POLICY, rule);
        boolean isSame = rule == null
                ? input.line(1).equals(input.line(2))
                : rule.canonicalQuery(input.line(1)).equals(rule.canonicalQuery(input.line(2)));
        assertEquals(isSame, inquiry.base().equals(otherKey));
        assertEquals(inquiry.base(), inquiry.key(List.of()));
        assertEquals(inquiry.base(), Inquiry.of(one, POLICY, null).under(rule).base());
        if (rule != null) {
            assertNotEquals(KnownSearches.key(one, POLICY, null), inquiry.base());
            searches.learn(other, POLICY, null);
            assertNull(searches.of(one, POLICY));
        }
    }

    private static FuzzRequest request(String query) {
        return new FuzzRequest("GET", "/", query, Fields.empty());
    }
}
