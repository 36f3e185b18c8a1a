package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.RequestPlan.Bypass;
import dev.pagecache.policy.RequestPlan.Lookup;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** QUERY, whose key holds its content (draft-ietf-httpbis-safe-method-w-body). */
final class QueryRulesTest {
    private static final PagePolicy DEFAULTS = PolicyBuilder.defaults();
    private static final TestRequest QUERY = TestRequest.get()
            .withMethod("QUERY")
            .withContent()
            .with(FactNames.CONTENT_DIGEST, "d1")
            .with("Content-Type", "a/b");

    @Test
    void assess_keyedContent_isLookedUp() {
        assertSame(Lookup.PLAIN, RequestRules.assess(QUERY, DEFAULTS));
    }

    @Test
    void assess_unkeyedContent_isBypassed() {
        TestRequest unread = TestRequest.get().withMethod("QUERY");
        assertEquals(new Bypass(Reason.REQUEST_CONTENT), RequestRules.assess(unread, DEFAULTS));
        assertEquals(new Bypass(Reason.REQUEST_CONTENT), RequestRules.assess(unread.withContent(), DEFAULTS));
    }

    @Test
    void beforeRender_range_isNotTheApplicationsSecret() {
        Lookup lookup = RequestRules.beforeRender(QUERY.with("Range", "bytes=0-1"), Lookup.PLAIN);
        assertEquals(new Lookup(null, false, null, true), lookup);
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of("other content", QUERY.with(FactNames.CONTENT_DIGEST, "d2")),
                Arguments.of("another type", QUERY.with("Content-Type", "a/c")),
                Arguments.of("another spelling of the type", QUERY.with("Content-Type", "A/b")),
                Arguments.of("a coding", QUERY.with("Content-Encoding", "gzip")),
                Arguments.of("an empty coding", QUERY.with("Content-Encoding", "")),
                Arguments.of("another URL", QUERY.withQuery("")),
                Arguments.of("GET", QUERY.withMethod("GET")),
                Arguments.of("POST", QUERY.withMethod("POST")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void key_ofAnother_isAnother(String row, TestRequest other) {
        PagePolicy meaning = new PolicyBuilder()
                .feature(Feature.MEANING)
                .vary("accept", "content-type")
                .build();
        PagePolicy vary = new PolicyBuilder().vary("content-type", "x").build();
        for (PagePolicy policy : List.of(DEFAULTS, vary, meaning)) {
            assertNotEquals(RequestRules.key(QUERY, policy), RequestRules.key(other, policy));
            assertEquals(RequestRules.key(QUERY, policy), RequestRules.key(QUERY.with("Y", "1"), policy));
        }
    }

    @Test
    void key_ofFixedFields_holdsTheirMeaning() {
        PagePolicy meaning =
                new PolicyBuilder().feature(Feature.MEANING).vary("accept").build();
        TestRequest one = QUERY.with("Accept", "a/b,c/d");
        assertEquals(RequestRules.key(one, meaning), RequestRules.key(QUERY.with("Accept", "a/b , c/d"), meaning));
        assertNotEquals(RequestRules.key(one, meaning), RequestRules.key(QUERY.with("Accept", "a/b"), meaning));
    }

    @Test
    void key_ofGet_holdsNothingOfIt() {
        assertEquals(
                RequestRules.key(TestRequest.get(), DEFAULTS), RequestRules.key(QUERY.withMethod("GET"), DEFAULTS));
    }

    @Test
    void policy_ofQuery_assumesNoLifetime() {
        PagePolicy site = new PolicyBuilder()
                .viewTimeout(Duration.ofMinutes(1))
                .heuristics()
                .feature(Feature.PARTIAL)
                .setCookie()
                .build();
        PagePolicy policy = QueryRules.policy(QUERY, site);
        assertNull(policy.timeout());
        assertEquals(Duration.ofMinutes(1), policy.viewTimeout());
        assertEquals(Set.of(Feature.SET_COOKIE), policy.features());
        assertEquals(Set.of(), QueryRules.policy(QUERY, DEFAULTS).features());
    }

    @Test
    void policy_ofOtherMethods_isTheSame() {
        assertSame(DEFAULTS, QueryRules.policy(TestRequest.get(), DEFAULTS));
        assertSame(DEFAULTS, QueryRules.policy(QUERY.withMethod("Query"), DEFAULTS));
    }
}
