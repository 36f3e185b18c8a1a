package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.http.CacheDirectives;
import dev.pagecache.policy.RequestPlan.Bypass;
import dev.pagecache.policy.RequestPlan.Lookup;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestRulesTest {
    private static final PagePolicy DEFAULTS = PolicyBuilder.defaults();
    private static final PagePolicy HONOR =
            new PolicyBuilder().honorDirectives().build();

    private static Lookup lookup(TestRequest request, PagePolicy policy) {
        return assertInstanceOf(Lookup.class, RequestRules.assess(request, policy));
    }

    @Test
    void assess_plainGet_needsNoObjectOfItsOwn() {
        assertSame(Lookup.PLAIN, RequestRules.assess(TestRequest.get(), DEFAULTS));
        assertSame(Lookup.PLAIN, RequestRules.assess(TestRequest.get(), HONOR));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "query", "M-SEARCH", "get", "Head", ""})
    @DisplayName("RFC 9110 section 9.1: only GET and HEAD take part, and methods have a letter case")
    void assess_otherMethod_isBypassed(String method) {
        assertEquals(
                new Bypass(Reason.METHOD), RequestRules.assess(TestRequest.get().withMethod(method), DEFAULTS));
    }

    @ParameterizedTest
    @CsvSource({"shop.example,true", "SHOP.example.,true", "www.shop.example,false", "evil.example,false"})
    void assess_host_takesPartIfItIsListed(String host, boolean takesPart) {
        PagePolicy policy = new PolicyBuilder().hosts("shop.example").build();

        assertEquals(
                takesPart ? Lookup.PLAIN : new Bypass(Reason.HOST),
                RequestRules.assess(TestRequest.get().withHost(host), policy));
        assertEquals(
                takesPart ? null : Reason.HOST,
                RequestRules.bypass(TestRequest.get().withMethod("POST").withHost(host), policy));
    }

    static Stream<Arguments> bypasses() {
        TestRequest get = TestRequest.get();
        return Stream.of(
                Arguments.of("a path parameter", Reason.PATH_PARAMETER, get.withPath("/page;v=1", "/page")),
                Arguments.of("a path parameter in the middle", Reason.PATH_PARAMETER, get.withPath("/a;/b", "/a/b")),
                Arguments.of(
                        "a path parameter that the container resolved",
                        Reason.PATH_PARAMETER,
                        get.withPath("/p/..;/private", "/private")),
                Arguments.of("a GET with content", Reason.REQUEST_CONTENT, get.withContent()),
                Arguments.of(
                        "a HEAD with content",
                        Reason.REQUEST_CONTENT,
                        TestRequest.head().withContent()),
                Arguments.of("an upgrade", Reason.UPGRADE, get.with("Upgrade", "websocket")),
                Arguments.of("an empty upgrade", Reason.UPGRADE, get.with("Upgrade", "")),
                Arguments.of("a URL over the bound", Reason.URL_LENGTH, get("/", RequestRules.MAX_URL + 1)),
                Arguments.of(
                        "a path and a query that are over the bound together",
                        Reason.URL_LENGTH,
                        get("/", 8000).withQuery("q".repeat(193))),
                Arguments.of(
                        "a host over the bound",
                        Reason.URL_LENGTH,
                        get.withHost("h".repeat(RequestRules.MAX_HOST + 1))));
    }

    private static TestRequest get(String start, int length) {
        return TestRequest.get(start + "a".repeat(length - start.length()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bypasses")
    void assess_requestThatIsNotKeyed_isBypassed(String sentence, Reason expected, TestRequest request) {
        assertEquals(new Bypass(expected), RequestRules.assess(request, DEFAULTS), sentence);
    }

    static Stream<Arguments> lookups() {
        TestRequest get = TestRequest.get();
        return Stream.of(
                Arguments.of("a URL at the bound", get("/", 8000).withQuery("q".repeat(192))),
                Arguments.of("a URL at the bound without a query", get("/", RequestRules.MAX_URL)),
                Arguments.of("a host at the bound", get.withHost("h".repeat(RequestRules.MAX_HOST))),
                Arguments.of("a semicolon in the query", get.withQuery("a=1;b=2")),
                Arguments.of("a semicolon that only the decoded path has", get.withPath("/a%3Bb", "/a;b")),
                Arguments.of("If-None-Match", get.with("If-None-Match", "\"a\"")),
                Arguments.of("If-Match", get.with("If-Match", "\"a\"")),
                Arguments.of("If-Unmodified-Since", get.with("If-Unmodified-Since", "0")),
                Arguments.of("Range", get.with("Range", "bytes=0-1")),
                Arguments.of("an empty query", get.withQuery("")),
                Arguments.of("cookies", get.with("Cookie", "a=1")),
                Arguments.of("a method override", get.with("X-HTTP-Method-Override", "POST")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lookups")
    void assess_anythingElse_isLookedUp(String sentence, TestRequest request) {
        assertSame(Lookup.PLAIN, RequestRules.assess(request, DEFAULTS), sentence);
    }

    @Test
    void assess_excludedPath_isBypassedByItsMappedSpelling() {
        PagePolicy policy = new PolicyBuilder().exclude("/private/*").build();
        TestRequest disguised = TestRequest.get().withPath("/public/../private/x.css", "/private/x.css");
        assertEquals(new Bypass(Reason.EXCLUDED), RequestRules.assess(disguised, policy));
        assertSame(Lookup.PLAIN, RequestRules.assess(TestRequest.get().withPath("/private/x", "/public/x"), policy));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, true", "PT-1S, true", "PT1S, false"})
    @DisplayName("Django's cache_page(0): the view takes no part")
    void assess_viewTimeoutOfNothing_isBypassed(Duration timeout, boolean isBypassed) {
        PagePolicy policy = new PolicyBuilder().viewTimeout(timeout).build();
        assertEquals(
                isBypassed ? new Bypass(Reason.EXPIRED) : Lookup.PLAIN, RequestRules.assess(TestRequest.get(), policy));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer x", "", " "})
    @DisplayName("RFC 9111 section 3.5: any Authorization counts, an empty one too")
    void assess_authorization_isNoted(String value) {
        Lookup lookup = lookup(TestRequest.get().with("Authorization", value), DEFAULTS);
        assertTrue(lookup.isAuthorized());
        assertNull(lookup.notStored());
        assertNull(lookup.directives());
    }

    @Test
    @DisplayName("RFC 9110 section 9.3.2: a HEAD fills no page")
    void assess_head_isNotStored() {
        assertEquals(new Lookup(Reason.HEAD, false, null), RequestRules.assess(TestRequest.head(), DEFAULTS));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            If-Match            | "a"       | PRECONDITION
            If-Match            | *         | PRECONDITION
            If-Match            | ''        | PRECONDITION
            If-Unmodified-Since | 0         | PRECONDITION
            """)
    @DisplayName("RFC 9110 section 13.2.2: what no stored page answers fills none")
    void beforeRender_precondition_isNotStored(String name, String value, Reason expected) {
        for (TestRequest plain : new TestRequest[] {TestRequest.get(), TestRequest.head()}) {
            TestRequest request = plain.with(name, value);
            Lookup lookup = RequestRules.beforeRender(request, lookup(request, DEFAULTS));
            assertEquals(new Lookup(expected, false, null), lookup);
            assertSame(lookup, RequestRules.beforeRender(request, lookup), "once more");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1", "", "lines=1-2"})
    @DisplayName("RFC 9110 section 14.2: what the application makes of a range decides")
    void beforeRender_range_isKnown(String range) {
        TestRequest request = TestRequest.get().with("Range", range);
        Lookup lookup = RequestRules.beforeRender(request, lookup(request, DEFAULTS));
        assertEquals(new Lookup(null, false, null, true), lookup);
        assertSame(lookup, RequestRules.beforeRender(request, lookup), "once more");
    }

    @Test
    @DisplayName("RFC 9110 section 14.2: HEAD has no range")
    void beforeRender_headWithRange_isHead() {
        TestRequest request = TestRequest.head().with("Range", "bytes=0-1");
        Lookup lookup = lookup(request, DEFAULTS);
        assertSame(lookup, RequestRules.beforeRender(request, lookup));
    }

    @Test
    @DisplayName("RFC 9110 section 13.2.2: a precondition comes before a range")
    void beforeRender_preconditionAndRange_saysPrecondition() {
        TestRequest request = TestRequest.get().with("Range", "bytes=0-1").with("If-Match", "*");
        assertEquals(
                Reason.PRECONDITION,
                RequestRules.beforeRender(request, lookup(request, DEFAULTS)).notStored());
    }

    @Test
    void beforeRender_authorizedRange_keepsWhatWasAssessed() {
        TestRequest request = TestRequest.get()
                .with("Range", "bytes=0-1")
                .with("Authorization", "x")
                .with("Cache-Control", "max-age=1");
        Lookup assessed = lookup(request, HONOR);
        assertEquals(new Lookup(null, true, assessed.directives(), true), RequestRules.beforeRender(request, assessed));
    }

    @Test
    void beforeRender_anyOther_isTheSame() {
        assertSame(Lookup.PLAIN, RequestRules.beforeRender(TestRequest.get(), Lookup.PLAIN));
        Lookup head = lookup(TestRequest.head(), DEFAULTS);
        assertSame(head, RequestRules.beforeRender(TestRequest.head(), head));
        assertSame(Lookup.PLAIN, RequestRules.beforeRender(TestRequest.get().with("If-None-Match", "*"), Lookup.PLAIN));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(nullValues = "-", delimiter = ';', textBlock = """
            no-cache            ; -         ; no-cache
            NO-STORE            ; -         ; no-store
            max-age=0           ; no-cache  ; max-age
            x=1                 ; no-cache  ; x
            -                   ; no-cache  ; no-cache
            -                   ; No-Cache, x ; no-cache
            """)
    @DisplayName("RFC 9111 sections 5.2.1 and 5.4: Pragma counts only without Cache-Control")
    void assess_directives_countWhereHonoured(@Nullable String cacheControl, @Nullable String pragma, String expected) {
        TestRequest request = TestRequest.get();
        request = cacheControl == null ? request : request.with("Cache-Control", cacheControl);
        request = pragma == null ? request : request.with("Pragma", pragma);
        CacheDirectives directives = lookup(request, HONOR).directives();
        assertNotNull(directives);
        assertTrue(directives.has(expected));
        assertEquals(expected.equals("no-cache"), directives.noCache());
        assertSame(Lookup.PLAIN, RequestRules.assess(request, DEFAULTS));
    }

    @Test
    @DisplayName("RFC 9111 section 5.4: another Pragma says nothing")
    void assess_otherPragma_isNothing() {
        assertSame(Lookup.PLAIN, RequestRules.assess(TestRequest.get().with("Pragma", "x"), HONOR));
    }

    @Test
    @DisplayName("RFC 9111 section 5.2.1.5: no-store, where it is honoured")
    void assess_requestNoStore_isNotStored() {
        TestRequest request =
                TestRequest.head().with("Cache-Control", "no-store").with("Range", "bytes=0-");
        Lookup lookup = lookup(request, HONOR);
        assertEquals(Reason.REQUEST_NO_STORE, lookup.notStored());
        assertSame(lookup, RequestRules.beforeRender(request, lookup));
        assertEquals(Reason.HEAD, lookup(request, DEFAULTS).notStored());
        assertNull(lookup(TestRequest.get().with("Cache-Control", "max-age=0"), HONOR)
                .notStored());
    }

    @Test
    @DisplayName("RFC 9110 section 4.2.3: a host has no letter case")
    void key_hostInOtherLetterCase_isTheSame() {
        TestRequest upper = TestRequest.get().withHost("EXAMPLE.Com");
        assertEquals(RequestRules.key(TestRequest.get(), DEFAULTS), RequestRules.key(upper, DEFAULTS));
    }

    static Stream<Arguments> otherKeys() {
        TestRequest get = TestRequest.get();
        return Stream.of(
                Arguments.of("another scheme", get.withScheme("https")),
                Arguments.of("another host", get.withHost("example.org")),
                Arguments.of("a host with a trailing dot", get.withHost("example.com.")),
                Arguments.of("another port", get.withPort(8080)),
                Arguments.of("another raw path", get.withPath("/%70age", "/page")),
                Arguments.of("another mapped path", get.withPath("/page", "/other")),
                Arguments.of("a query", get.withQuery("a=1")),
                Arguments.of("an empty query", get.withQuery("")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherKeys")
    void key_otherRequest_isAnother(String sentence, TestRequest other) {
        assertNotEquals(RequestRules.key(TestRequest.get(), DEFAULTS), RequestRules.key(other, DEFAULTS), sentence);
    }

    @Test
    void key_headAndGet_isTheSame() {
        assertEquals(RequestRules.key(TestRequest.get(), DEFAULTS), RequestRules.key(TestRequest.head(), DEFAULTS));
    }

    @Test
    void key_ofAnotherSite_isAnother() {
        PagePolicy other = new PolicyBuilder().keyPrefix("other").build();
        assertNotEquals(RequestRules.key(TestRequest.get(), DEFAULTS), RequestRules.key(TestRequest.get(), other));
    }

    @Test
    void key_fixedField_takesPart() {
        PagePolicy policy = new PolicyBuilder().vary("x-edition").build();
        TestRequest none = TestRequest.get();
        TestRequest empty = none.with("X-Edition", "");
        TestRequest one = none.with("X-Edition", "1");
        assertNotEquals(RequestRules.key(none, policy), RequestRules.key(empty, policy));
        assertNotEquals(RequestRules.key(empty, policy), RequestRules.key(one, policy));
        assertEquals(RequestRules.key(one, policy), RequestRules.key(one.with("X-Other", "1"), policy));
        assertFalse(RequestRules.key(none, DEFAULTS).equals(RequestRules.key(none, policy)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.\u212aom", "\u0130example", "\u00c0", "\u1e9e"})
    @DisplayName("RFC 9110 section 4.2.3: only the letters of ASCII have a letter case in a host")
    void key_hostBeyondAscii_isKeptAsItCame(String host) {
        TestRequest lower = TestRequest.get().withHost(host.toLowerCase(Locale.ROOT));
        assertNotEquals(
                RequestRules.key(lower, DEFAULTS),
                RequestRules.key(TestRequest.get().withHost(host), DEFAULTS));
    }

    @ParameterizedTest
    @CsvSource({"AZaz09.-:[]@`{, azaz09.-:[]@`{", "example.COM, example.com", "\u00c0.COM, \u00c0.com"})
    void key_hostOfAnyCase_isLowerAscii(String host, String lower) {
        assertEquals(
                RequestRules.key(TestRequest.get().withHost(lower), DEFAULTS),
                RequestRules.key(TestRequest.get().withHost(host), DEFAULTS));
    }
}
