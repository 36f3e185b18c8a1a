package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Lifetime;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.PageTraits;
import dev.pagecache.entry.Stamp;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import dev.pagecache.http.CacheDirectives;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.HitPlan.Render;
import dev.pagecache.policy.HitPlan.Serve;
import dev.pagecache.policy.HitPlan.ServeStale;
import dev.pagecache.policy.RequestPlan.Lookup;
import java.util.List;

/**
 * Whether any stored page answers. Lines: its age, freshness lifetime and two windows in milliseconds, the request's
 * Cache-Control; the age's last bits say whether the request has Authorization, and whether the page may be shared and
 * served stale.
 */
final class HitRulesFuzzTest {
    private static final CacheKey KEY =
            CacheKey.url("", "http", "example.com", 80, "/", "/", null, List.of(), name -> null);

    @Seeds("hit")
    @FuzzTest
    void assess(byte[] bytes) {
        FuzzInput.run(bytes, HitRulesFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        long age = input.number(0) & Long.MAX_VALUE;
        Lifetime lifetime = new Lifetime(input.number(1), input.number(2), input.number(3));
        boolean isShareable = age % 2 == 0;
        boolean isAuthorized = age % 3 == 0;
        PageTraits traits = new PageTraits(isShareable, age % 5 == 0, false);
        Page page = new Page(KEY, 200, Fields.empty(), new byte[0], 0, lifetime, traits, Stamp.foreign(0), List.of());
        String field = input.line(4);
        CacheDirectives directives = field.isEmpty() ? null : CacheDirectives.parse(List.of(field));
        HitPlan plan = input.bounded(() -> HitRules.assess(page, age, new Lookup(null, isAuthorized, directives)));
        boolean isFresh = age < lifetime.freshMillis();
        if (plan instanceof Render render) {
            assertTrue(!render.mayCoverErrors() || age - lifetime.freshMillis() < lifetime.staleIfErrorMillis());
            return;
        }
        assertTrue(isShareable || !isAuthorized);
        assertTrue(directives == null || !directives.noCache());
        if (plan instanceof Serve serve) {
            boolean isStaleAccepted = traits.mayBeStale() && directives != null && directives.has("max-stale");
            assertTrue(isFresh ? serve.ttlSeconds() >= 0 : isStaleAccepted, plan.toString());
        } else if (plan instanceof ServeStale stale) {
            assertTrue(!isFresh && stale.ttlSeconds() <= 0, plan.toString());
            assertTrue(age - lifetime.freshMillis() < lifetime.staleWhileRevalidateMillis());
            assertEquals(null, directives == null ? null : directives.maxAge());
        }
    }
}
