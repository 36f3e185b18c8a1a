package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.Lifetime;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.PagePolicy.Inputs;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.StorePlan.Refuse;
import dev.pagecache.policy.StorePlan.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final PagePolicy DEFAULTS = PolicyBuilder.defaults();
    private static final Lookup AUTHORIZED = new Lookup(null, true, null);

    private static ResponseFacts response(int status, @Nullable String lines) {
        return response(status, lines, PageWishes.NONE);
    }

    private static ResponseFacts response(int status, @Nullable String lines, PageWishes wishes) {
        return new ResponseFacts(status, FreshnessRulesTest.fields(lines), InputsRead.NONE, wishes, false);
    }

    private static PageWishes timeout(Duration timeout) {
        return new PageWishes(false, timeout, List.of(), List.of());
    }

    private static Store stored(ResponseFacts response, PagePolicy policy) {
        return assertInstanceOf(Store.class, StoreRules.assess(response, Lookup.PLAIN, policy, NOW));
    }

    private static void assertRefused(Reason expected, ResponseFacts response, PagePolicy policy) {
        assertEquals(new Refuse(expected), StoreRules.assess(response, Lookup.PLAIN, policy, NOW));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            a cookie                                   ; Set-Cookie: a=1                             ; SET_COOKIE
            a cookie in other letter case              ; SET-COOKIE: a=1                             ; SET_COOKIE
            an empty cookie                            ; Set-Cookie:                                 ; SET_COOKIE
            a cookie, though Vary has it               ; Set-Cookie: a=1¶Vary: Cookie                ; SET_COOKIE
            a cookie, though it is public              ; Set-Cookie: a=1¶Cache-Control: public, max-age=60 ; SET_COOKIE
            Vary: any                                  ; Vary: *                                     ; VARY_ANY
            any in a list                              ; Vary: Accept, *                             ; VARY_ANY
            any after an empty member                  ; Vary: , *                                   ; VARY_ANY
            any with white space                       ; Vary:  *  , Accept                          ; VARY_ANY
            any on another line                        ; Vary: Accept¶Vary: *                        ; VARY_ANY
            a Vary that is no list of names            ; Vary: Accept Language                       ; VARY_ANY
            no-store                                   ; Cache-Control: no-store                     ; NO_STORE
            no-store in other letter case              ; Cache-Control: No-STORE                     ; NO_STORE
            no-store on another line                   ; Cache-Control: max-age=60¶Cache-Control: no-store ; NO_STORE
            no-store before must-understand            ; Cache-Control: no-store, must-understand    ; NO_STORE
            private                                    ; Cache-Control: private                      ; PRIVATE
            private in other letter case               ; Cache-Control: Private, max-age=60          ; PRIVATE
            private for a field                        ; Cache-Control: private="set-cookie"         ; PRIVATE
            private and public                         ; Cache-Control: public, private              ; PRIVATE
            private in a piece that cannot be read     ; Cache-Control: max-age=60 private           ; PRIVATE
            no-cache                                   ; Cache-Control: no-cache                     ; NO_CACHE
            no-cache for a field                       ; Cache-Control: no-cache="set-cookie"        ; NO_CACHE
            a malformed max-age                        ; Cache-Control: max-age=abc                  ; MALFORMED_LIFETIME
            a negative max-age                         ; Cache-Control: max-age=-1                   ; MALFORMED_LIFETIME
            max-age=0                                  ; Cache-Control: max-age=0                    ; EXPIRED
            an Expires that is no date                 ; Expires: 0                                  ; EXPIRED
            an Expires after a Date of long ago        ; Expires: Sun, 01 Mar 2026 12:00:00 GMT¶Date: Sun, 01 Mar 1863 12:00:00 GMT ; EXPIRED
            an Age as long as the lifetime             ; Cache-Control: max-age=60¶Age: 60           ; EXPIRED
            an Age longer than the default             ; Age: 601                                    ; EXPIRED
            a part                                     ; Content-Range: bytes 0-1/2                  ; PARTIAL
            a name that is no token                    ; X Y: 1                                      ; FIELDS
            """)
    @DisplayName("RFC 9111 section 3: what is not stored")
    void assess_responseThatIsNotStored_isRefused(String sentence, String lines, Reason expected) {
        assertRefused(expected, response(200, lines), DEFAULTS);
    }

    @ParameterizedTest(name = "character {0}")
    @ValueSource(ints = {0x00, 0x0A, 0x0D, 0x1F, 0x7F, 0x100, 0x10A})
    @DisplayName("RFC 9110 section 5.5: a value that would break a field line")
    void assess_valueWithControl_isRefused(int character) {
        Fields fields = Fields.of("X-A", "a" + (char) character + "Set-Cookie: b=1");
        assertRefused(Reason.FIELDS, new ResponseFacts(200, fields, InputsRead.NONE, PageWishes.NONE, false), DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource({"16384, true", "16385, false"})
    void assess_fieldsBeyondTheBound_areRefused(int characters, boolean isStored) {
        Fields fields = Fields.of("X-A", "a".repeat(characters - 3));
        ResponseFacts response = new ResponseFacts(200, fields, InputsRead.NONE, PageWishes.NONE, false);
        assertEquals(isStored, StoreRules.assess(response, Lookup.PLAIN, DEFAULTS, NOW) instanceof Store);
    }

    @Test
    void assess_trailers_areRefused() {
        assertRefused(
                Reason.PARTIAL,
                new ResponseFacts(200, Fields.empty(), InputsRead.NONE, PageWishes.NONE, true),
                DEFAULTS);
    }

    @Test
    void assess_doNotStore_isRefusedFirst() {
        PageWishes wishes = new PageWishes(true, null, List.of(), List.of());
        assertRefused(Reason.DO_NOT_STORE, response(200, "Set-Cookie: a=1", wishes), DEFAULTS);
    }

    @Test
    void assess_noDefault_isRefusedWithoutLifetime() {
        PagePolicy origin = new PolicyBuilder().timeout(null).build();
        assertRefused(Reason.NO_LIFETIME, response(200, "Cache-Control: public"), origin);
        assertEquals(
                60_000,
                stored(response(200, "Cache-Control: max-age=60"), origin)
                        .lifetime()
                        .freshMillis());
    }

    @Test
    void assess_setCookie_isStoredForGateways() {
        PagePolicy gateway = new PolicyBuilder().setCookie().build();
        assertInstanceOf(Store.class, StoreRules.assess(response(200, "Set-Cookie: a=1"), Lookup.PLAIN, gateway, NOW));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            nothing forbids                              ; -                                                  ; false
            max-age alone                                ; Cache-Control: max-age=60                          ; false
            proxy-revalidate alone                       ; Cache-Control: proxy-revalidate                    ; false
            Vary: Authorization is not enough            ; Vary: Authorization                                ; false
            public                                       ; Cache-Control: public                              ; true
            Public                                       ; Cache-Control: Public                              ; true
            must-revalidate                              ; Cache-Control: must-revalidate                     ; true
            s-maxage                                     ; Cache-Control: s-maxage=60                         ; true
            """)
    @DisplayName("RFC 9111 section 3.5: responses to requests with Authorization")
    void assess_authorized_isStoredOnlyIfShareable(String sentence, @Nullable String lines, boolean isShareable) {
        StorePlan plan = StoreRules.assess(response(200, lines), AUTHORIZED, DEFAULTS, NOW);
        assertEquals(isShareable, plan instanceof Store, sentence);
        assertEquals(
                isShareable, stored(response(200, lines), DEFAULTS).traits().isShareable());
        if (!isShareable) {
            assertEquals(new Refuse(Reason.AUTHORIZATION), plan);
        }
    }

    @ParameterizedTest
    @EnumSource(Input.class)
    void assess_inputThatNoKeyHolds_isRefused(Input input) {
        ResponseFacts response = new ResponseFacts(
                200, Fields.empty(), new InputsRead(Set.of(), EnumSet.of(input)), PageWishes.NONE, false);
        assertRefused(input.reason(), response, DEFAULTS);
        assertRefused(
                input.reason(),
                response,
                new PolicyBuilder().inputs(Inputs.REFUSE).build());
        StorePlan declared = StoreRules.assess(
                response,
                Lookup.PLAIN,
                new PolicyBuilder().inputs(Inputs.DECLARED).build(),
                NOW);
        assertEquals(input.isNeverDeclared(), declared.equals(new Refuse(input.reason())));
        assertEquals(!input.isNeverDeclared(), declared instanceof Store);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 206, 301, 302, 304, 403, 404})
    void assess_statusByDefault_isOnly200(int status) {
        assertRefused(Reason.STATUS, response(status, "Cache-Control: max-age=60, public"), DEFAULTS);
        assertInstanceOf(Store.class, StoreRules.assess(response(200, null), Lookup.PLAIN, DEFAULTS, NOW));
    }

    @ParameterizedTest
    @CsvSource({"404, true", "301, true", "200, false", "206, false", "304, false", "100, false"})
    @DisplayName("RFC 9111 section 3: a part and a 304 are no whole page, whatever the settings say")
    void assess_statusOfTheSettings_isStoredIfWhole(int status, boolean isStored) {
        PagePolicy policy =
                new PolicyBuilder().statuses(404, 301, 206, 304, 100).build();
        assertEquals(isStored, StoreRules.assess(response(status, null), Lookup.PLAIN, policy, NOW) instanceof Store);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 203, 204, 299, 301, 302, 303, 307, 308, 400, 404, 410, 499, 500, 503, 599})
    @DisplayName("RFC 9111 section 3: any final status with explicit freshness, where the profile says so")
    void assess_explicitFreshness_isEnoughInTheProfile(int status) {
        PagePolicy profile = new PolicyBuilder().explicitStatuses().build();
        assertInstanceOf(
                Store.class,
                StoreRules.assess(response(status, "Cache-Control: max-age=60"), Lookup.PLAIN, profile, NOW));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 302, 403, 404})
    @DisplayName("RFC 9111 section 3: other statuses need explicit freshness")
    void assess_statusWithoutExplicitFreshness_isRefused(int status) {
        PagePolicy profile = new PolicyBuilder().explicitStatuses().build();
        assertRefused(Reason.STATUS, response(status, null), profile);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', nullValues = "-", textBlock = """
            the settings' windows                          ; -                                                              ; 600 ; 30 ; 40
            the response's own windows                     ; Cache-Control: stale-while-revalidate=5, stale-if-error=6      ; 600 ; 5  ; 6
            a window of nothing                            ; Cache-Control: stale-while-revalidate=0                        ; 600 ; 0  ; 40
            a malformed window is none                     ; Cache-Control: stale-if-error=x                                ; 600 ; 30 ; 0
            must-revalidate forbids stale                  ; Cache-Control: must-revalidate, stale-while-revalidate=5       ; 600 ; 0  ; 0
            proxy-revalidate forbids stale                 ; Cache-Control: proxy-revalidate                                ; 600 ; 0  ; 0
            s-maxage forbids stale                         ; Cache-Control: s-maxage=60                                     ; 60  ; 0  ; 0
            a suspected must-revalidate forbids stale      ; Cache-Control: max-age=60, x=1 must-revalidate                  ; 60  ; 0  ; 0
            a very long lifetime is clamped                ; Cache-Control: max-age=99999999999                             ; 2147483648 ; 30 ; 40
            """)
    @DisplayName("RFC 9111 section 4.2.4 and RFC 5861: lifetime and windows")
    void assess_lifetime(String sentence, @Nullable String lines, long fresh, long revalidate, long error) {
        PagePolicy policy = new PolicyBuilder()
                .staleWhileRevalidate(Duration.ofSeconds(30))
                .staleIfError(Duration.ofSeconds(40))
                .build();
        Lifetime expected = new Lifetime(fresh * 1000, revalidate * 1000, error * 1000);
        assertEquals(expected, stored(response(200, lines), policy).lifetime(), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "-", textBlock = """
            the page's own time wins over the view's,   PT5S, PT60S, 5
            the view's time,                            -,    PT60S, 60
            the declared time,                          -,    -,     30
            """)
    void assess_viewTimeout_winsOverMaxAge(
            String sentence, @Nullable Duration own, @Nullable Duration view, long expectedSeconds) {
        PolicyBuilder policy = new PolicyBuilder();
        if (view != null) {
            policy.viewTimeout(view);
        }
        PageWishes wishes = own == null ? PageWishes.NONE : timeout(own);
        Store store = stored(response(200, "Cache-Control: max-age=30", wishes), policy.build());
        assertEquals(expectedSeconds * 1000, store.lifetime().freshMillis(), sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.5S"})
    void assess_timeoutOfNothing_isRefused(Duration timeout) {
        assertRefused(Reason.EXPIRED, response(200, "Cache-Control: max-age=30", timeout(timeout)), DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource({"59, 59", "0, 0"})
    @DisplayName("RFC 9111 section 4.2.3: a response that was relayed has an age")
    void assess_age_isKept(long age, long expected) {
        Store store = stored(response(200, "Cache-Control: max-age=60¶Age: " + age), DEFAULTS);
        assertEquals(expected, store.initialAgeSeconds());
        assertEquals(60_000, store.lifetime().freshMillis());
    }

    @Test
    @DisplayName("RFC 9111 section 4.1: all Vary lines, and what the page said")
    void assess_selectingNames_areAUnion() {
        PageWishes wishes = new PageWishes(false, null, List.of("X-Edition", "ACCEPT"), List.of());
        Store store = stored(response(200, "Vary: Accept, Cookie¶vary:  accept ,x-b", wishes), DEFAULTS);
        assertEquals(List.of("accept", "cookie", "x-b", "x-edition"), store.selectingNames());
        assertEquals(List.of(), stored(response(200, null), DEFAULTS).selectingNames());
    }

    @Test
    void assess_tags_areTheViewsAndThePages() {
        PagePolicy policy = new PolicyBuilder().tags("b", "z").build();
        PageWishes wishes = new PageWishes(false, null, List.of(), List.of("c", "a", "b"));
        assertEquals(
                List.of("a", "b", "c", "z"),
                stored(response(200, null, wishes), policy).tags());
        assertEquals(List.of("b", "z"), stored(response(200, null), policy).tags());
    }

    @Test
    void responseFacts_inputs_areCopied() {
        EnumSet<Input> inputs = EnumSet.noneOf(Input.class);
        InputsRead read = new InputsRead(Set.of(), inputs);
        ResponseFacts facts = new ResponseFacts(200, Fields.empty(), read, PageWishes.NONE, false);
        inputs.add(Input.SESSION);
        assertTrue(facts.inputs().others().isEmpty());
        assertFalse(stored(facts, DEFAULTS).traits().isShareable());
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    @DisplayName("RFC 9211 section 2.2: each reason has a token of its own and a fwd parameter")
    void reason_word_isAToken(Reason reason) {
        assertTrue(reason.word().matches("[a-z]+(-[a-z]+)*"), reason.word());
        assertEquals(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), reason.word());
        assertTrue(reason.forward().token().matches("[a-z-]+"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"max-age=60, x=1 must-revalidate", "must-revalidate =1", "must-revalidate, x=must-revalidate y"})
    @DisplayName("RFC 9111 section 3.5: a permission has to be spelled well, what is suspected only restricts")
    void assess_suspectedMustRevalidate_sharesNothing(String cacheControl) {
        ResponseFacts response = response(200, "Cache-Control: " + cacheControl);
        assertFalse(stored(response, DEFAULTS).traits().isShareable());
        assertEquals(new Refuse(Reason.AUTHORIZATION), StoreRules.assess(response, AUTHORIZED, DEFAULTS, NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "X, *"})
    @DisplayName("RFC 9110 section 12.5.5: a page that says it varies on anything answers nobody else")
    void assess_pageVariesOnAnything_isRefused(String names) {
        PageWishes wishes = new PageWishes(false, null, List.of(names.split(", ", -1)), List.of());
        assertRefused(Reason.VARY_ANY, response(200, null, wishes), DEFAULTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-2S", "PT-9999999999H"})
    void assess_negativeTimeout_isExpired(Duration timeout) {
        assertRefused(Reason.EXPIRED, response(200, null, timeout(timeout)), DEFAULTS);
    }

    @Test
    @DisplayName("RFC 9111 section 1.2.2: a time without end is 2^31 seconds, and breaks no page")
    void assess_timeoutWithoutEnd_isClamped() {
        Duration forever = ChronoUnit.FOREVER.getDuration();
        Lifetime longest = new Lifetime(Lifetime.MAX_MILLIS, 0, 0);
        assertEquals(
                longest, stored(response(200, null, timeout(forever)), DEFAULTS).lifetime());
        PagePolicy policy = new PolicyBuilder().timeout(forever).build();
        assertEquals(longest, stored(response(200, null), policy).lifetime());
    }

    @ParameterizedTest
    @CsvSource({"404, STATUS", "499, STATUS", "500, ERROR", "503, ERROR", "599, ERROR", "600, STATUS", "999, STATUS"})
    void assess_serverError_isAnErrorThatMayBeOverSoon(int status, Reason expected) {
        assertRefused(expected, response(status, "Cache-Control: max-age=60"), DEFAULTS);
        assertRefused(
                expected,
                response(status, null),
                new PolicyBuilder().explicitStatuses().build());
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 777, 999})
    @DisplayName("RFC 9110 section 15: a status above 599 is none")
    void assess_invalidStatus_isRefused(int status) {
        PagePolicy profile = new PolicyBuilder().explicitStatuses().build();
        assertRefused(Reason.STATUS, response(status, "Cache-Control: max-age=60"), profile);
    }
}
