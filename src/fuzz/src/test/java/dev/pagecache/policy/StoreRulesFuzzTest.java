package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import dev.pagecache.http.FieldSyntax;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.StorePlan.Store;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Whether any response is stored. Lines: the status, a number whose bits are settings and what the application did, the
 * present in seconds since 1970, then field lines.
 */
final class StoreRulesFuzzTest {
    private static final int AUTHORIZED = 19;
    private static final int RANGED = 25;

    @Seeds("response")
    @FuzzTest
    void assess(byte[] bytes) {
        FuzzInput.run(bytes, StoreRulesFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        long bits = input.number(1);
        PagePolicy policy = FuzzPolicies.policy(bits);
        ResponseFacts response = FuzzPolicies.response((int) input.number(0), input.fields(3), bits);
        Lookup request = new Lookup(null, has(bits, AUTHORIZED), null, has(bits, RANGED));
        Instant now = Instant.ofEpochSecond(Math.floorMod(input.number(2), 1L << 36));
        StorePlan plan = input.bounded(() -> StoreRules.assess(response, request, policy, now));
        if (plan instanceof Store store) {
            mayBeStored(response, request, policy);
            checkPlan(store, policy);
        }
    }

    private static void mayBeStored(ResponseFacts response, Lookup request, PagePolicy policy) {
        boolean isPart = response.status() == 206;
        assertTrue(response.status() >= 200 && response.status() <= 599 && response.status() != 304);
        assertTrue(!isPart || (request.isRanged() && policy.has(Feature.PARTIAL)));
        assertFalse(response.wishes().isNotStored() || response.hasTrailers());
        assertTrue(response.inputs().others().isEmpty() || policy.inputs() == PagePolicy.Inputs.DECLARED);
        Fields fields = response.fields();
        assertTrue(policy.has(Feature.SET_COOKIE) || !fields.has("Set-Cookie"));
        assertTrue(isPart ? fields.all("Content-Range").size() == 1 : mayHaveRange(fields, policy));
        fields.forEach((name, value) -> assertTrue(FieldSyntax.isToken(name) && FieldSyntax.isFieldValue(value), name));
        assertFalse(hasMember(fields.all("Vary"), "*"));
        boolean mayBeTargeted = policy.targetedField() != null && fields.has(FuzzPolicies.TARGETED);
        List<String> cacheControl = fields.all("Cache-Control");
        boolean mayLiftNoStore = policy.has(Feature.MUST_UNDERSTAND) && hasMember(cacheControl, "must-understand");
        assertTrue(mayBeTargeted || mayLiftNoStore || !hasMember(cacheControl, "no-store"));
        assertTrue(mayBeTargeted || !hasMember(cacheControl, "private"));
        String text = cacheControl.toString().toLowerCase(Locale.ROOT);
        assertTrue(
                mayBeTargeted
                        || !request.isAuthorized()
                        || text.contains("public")
                        || text.contains("s-maxage")
                        || text.contains("must-revalidate"),
                text);
    }

    private static boolean mayHaveRange(Fields fields, PagePolicy policy) {
        return policy.has(Feature.PARTIAL) || !fields.has("Content-Range");
    }

    private static void checkPlan(Store store, PagePolicy policy) {
        assertTrue(store.lifetime().freshMillis() > store.initialAgeSeconds() * 1000
                || (policy.has(Feature.NO_CACHE) && store.lifetime().validationMillis() > 0));
        assertTrue(store.initialAgeSeconds() >= 0);
        assertEquals(store.selectingNames().stream().sorted().distinct().toList(), store.selectingNames());
        assertEquals(store.tags().stream().sorted().distinct().toList(), store.tags());
        store.changedFields().forEach((name, value) -> {
            assertTrue(FieldSyntax.isToken(name), name);
            assertTrue(FieldSyntax.isFieldValue(value), value);
        });
    }

    private static boolean has(long bits, int bit) {
        return (bits >> bit & 1) != 0;
    }

    /** Whether a member of that name stands outside quotes. */
    private static boolean hasMember(List<String> lines, String name) {
        for (String line : lines) {
            for (String member : FuzzInput.unquotedMembers(line)) {
                if (FuzzInput.split(member, '=').get(0).strip().equalsIgnoreCase(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
