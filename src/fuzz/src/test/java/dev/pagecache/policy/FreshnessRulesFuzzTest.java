package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import dev.pagecache.http.CacheDirectives;
import dev.pagecache.http.DeltaSeconds;
import dev.pagecache.http.Fields;
import java.time.Instant;

/** Freshness of any response; the lines are those of a response's storing (RFC 9111 section 4.2). */
final class FreshnessRulesFuzzTest {
    private static final long MAX = DeltaSeconds.MAX.seconds();

    @Seeds("response")
    @FuzzTest
    void assess(byte[] bytes) {
        FuzzInput.run(bytes, FreshnessRulesFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        int status = (int) input.number(0);
        PagePolicy policy = FuzzPolicies.policy(input.number(1));
        Instant now = Instant.ofEpochSecond(Math.floorMod(input.number(2), 1L << 36));
        Fields fields = input.fields(3);
        CacheDirectives directives = CacheDirectives.parse(fields.all("Cache-Control"));
        long age = input.bounded(() -> FreshnessRules.initialAgeSeconds(fields, now));
        assertTrue(age >= 0 && age <= MAX);
        long declared = input.bounded(() -> FreshnessRules.declaredSeconds(directives, fields, now));
        assertTrue(declared >= FreshnessRules.NONE && declared <= MAX);
        if (directives.has("max-age") || directives.has("s-maxage")) {
            assertTrue(declared >= FreshnessRules.MALFORMED && declared <= MAX);
            assertEquals(FreshnessRules.declaredSeconds(directives), declared);
        } else {
            assertEquals(declared == FreshnessRules.NONE, !fields.has("Expires"));
        }
        if (declared != FreshnessRules.MALFORMED) {
            boolean isHeuristic = FreshnessRules.isHeuristic(status, directives, policy);
            long stored = input.bounded(() ->
                    FreshnessRules.storedSeconds(policy.viewTimeout(), declared, isHeuristic, fields, policy, now));
            assertTrue((stored >= 0 && stored <= MAX) || stored == FreshnessRules.NONE);
            assertTrue(policy.viewTimeout() != null || declared == FreshnessRules.NONE || stored == declared);
        }
    }
}
