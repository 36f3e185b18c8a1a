package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pagecache.http.Fields;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.PagePolicy.Inputs;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.StorePlan.Refuse;
import dev.pagecache.policy.StorePlan.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to POST as pages of their URL (RFC 9110 section 9.3.3). */
final class PostRulesTest {
    private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");
    private static final TestRequest POST =
            TestRequest.get("/page").withMethod("POST").withContent();
    private static final PagePolicy POLICY = policy().build();

    private static PolicyBuilder policy() {
        return new PolicyBuilder().feature(Feature.POST);
    }

    private static StorePlan assess(TestRequest request, PagePolicy policy, ResponseFacts response) {
        Lookup lookup = PostRules.lookup(request, policy);
        assertNotNull(lookup);
        return lookup == null
                ? new Refuse(Reason.METHOD)
                : PostRules.assess(response, TargetUrl.of(request), lookup, policy, NOW);
    }

    private static ResponseFacts response(int status, String... fields) {
        return new ResponseFacts(status, Fields.of(fields), InputsRead.NONE, PageWishes.NONE, false);
    }

    private static StorePlan assess(String... fields) {
        return assess(POST, POLICY, response(200, fields));
    }

    @Test
    void lookup_ofPost_seesAllOfTheRequest() {
        assertEquals(new Lookup(null, false, null, true), PostRules.lookup(POST, POLICY));
        assertEquals(new Lookup(null, true, null, true), PostRules.lookup(POST.with("Authorization", "x"), POLICY));
    }

    static Stream<Arguments> notStored() {
        PagePolicy honor = policy().honorDirectives().build();
        return Stream.of(
                Arguments.of("the careful default", POST, PolicyBuilder.defaults()),
                Arguments.of("another method", POST.withMethod("PUT"), POLICY),
                Arguments.of("another letter case", POST.withMethod("post"), POLICY),
                Arguments.of("a path parameter", POST.withPath("/page;a", "/page"), POLICY),
                Arguments.of("an excluded path", POST, policy().exclude("/page").build()),
                Arguments.of(
                        "a view that stores nothing",
                        POST,
                        policy().viewTimeout(Duration.ZERO).build()),
                Arguments.of("a switch of protocols", POST.with("Upgrade", "websocket"), POLICY),
                Arguments.of("the client's no-store, honoured", POST.with("Cache-Control", "no-store"), honor));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notStored")
    void lookup_ofWhatIsNotStored_isNull(String row, TestRequest request, PagePolicy policy) {
        assertNull(PostRules.lookup(request, policy));
    }

    @Test
    void lookup_withOtherDirectives_keepsThem() {
        Lookup lookup = PostRules.lookup(
                POST.with("Cache-Control", "max-age=1"),
                policy().honorDirectives().build());
        assertNotNull(lookup == null ? null : lookup.directives());
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource(
            nullValues = "-",
            value = {
                "/page, -, true",
                "page, -, true",
                "./page, -, true",
                "http://example.com/page, -, true",
                "HTTP://EXAMPLE.com:80/page, -, true",
                "//example.com/page, -, true",
                "/page?a, a, true",
                "?a, a, true",
                "/page, a, false",
                "/page?a, -, false",
                "/page?, -, false",
                "/page?b, a, false",
                "/Page, -, false",
                "/%70age, -, false",
                "/page/, -, false",
                "/page#x, -, false",
                "https://example.com/page, -, false",
                "http://example.com:81/page, -, false",
                "http://other.com/page, -, false",
                "/pa ge, -, false"
            })
    @DisplayName("RFC 9110 section 8.7: Content-Location is the URL of the request")
    void assess_contentLocation_hasToBeTheTarget(String location, String query, boolean isStored) {
        StorePlan plan = assess(
                POST.withQuery(query),
                POLICY,
                response(200, "Content-Location", location, "Cache-Control", "max-age=60"));
        if (isStored) {
            assertInstanceOf(Store.class, plan);
        } else {
            assertEquals(new Refuse(Reason.METHOD), plan);
        }
    }

    @Test
    void assess_noneOrSeveralContentLocations_areNone() {
        assertEquals(new Refuse(Reason.METHOD), assess("Cache-Control", "max-age=60"));
        assertEquals(
                new Refuse(Reason.METHOD),
                assess("Content-Location", "/page", "Content-Location", "/page", "Cache-Control", "max-age=60"));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 206, 301, 303, 404, 500})
    void assess_otherStatus_isNotStored(int status) {
        PagePolicy all = policy().explicitStatuses().build();
        assertEquals(
                new Refuse(Reason.METHOD),
                assess(POST, all, response(status, "Content-Location", "/page", "Cache-Control", "max-age=60")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            Cache-Control | max-age=60                    | 60
            Cache-Control | s-maxage=60, max-age=1        | 60
            Expires       | Wed, 01 May 2024 12:01:00 GMT | 60
            """)
    void assess_explicitFreshness_isStored(String name, String value, int seconds) {
        Store store = assertInstanceOf(Store.class, assess("Content-Location", "/page", name, value));
        assertEquals(seconds * 1000L, store.lifetime().freshMillis());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            Last-Modified | Wed, 01 May 2019 12:00:00 GMT | NO_LIFETIME
            Cache-Control | public                        | NO_LIFETIME
            Cache-Control | max-age=0                     | EXPIRED
            Cache-Control | max-age=x                     | MALFORMED_LIFETIME
            Cache-Control | max-age=60, private           | PRIVATE
            Cache-Control | max-age=60, no-store          | NO_STORE
            """)
    void assess_otherwise_isNotStored(String name, String value, Reason reason) {
        PagePolicy guessing = policy().heuristics().build();
        assertEquals(
                new Refuse(reason), assess(POST, guessing, response(200, "Content-Location", "/page", name, value)));
    }

    @Test
    void assess_viewsTimeoutAlone_isNoExplicitFreshness() {
        PagePolicy view = policy().viewTimeout(Duration.ofHours(1)).build();
        assertEquals(new Refuse(Reason.NO_LIFETIME), assess(POST, view, response(200, "Content-Location", "/page")));
    }

    @ParameterizedTest
    @EnumSource(Inputs.class)
    void assess_contentRead_isStoredWhereOnlyVaryCounts(Inputs inputs) {
        ResponseFacts read = new ResponseFacts(
                200,
                Fields.of("Content-Location", "/page", "Cache-Control", "max-age=60"),
                new InputsRead(Set.of(), Set.of(Input.CONTENT)),
                PageWishes.NONE,
                false);
        StorePlan plan = assess(POST, policy().inputs(inputs).build(), read);
        assertEquals(inputs == Inputs.DECLARED, plan instanceof Store);
    }
}
