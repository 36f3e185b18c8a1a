package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.pagecache.http.Fields;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.StorePlan.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PageFieldRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String IN_5_MINUTES = "Sun, 01 Mar 2026 12:05:00 GMT";
    private static final String IN_10_MINUTES = "Sun, 01 Mar 2026 12:10:00 GMT";

    private static String changes(@Nullable String lines, PageWishes wishes, PagePolicy policy) {
        ResponseFacts facts = new ResponseFacts(200, FreshnessRulesTest.fields(lines), InputsRead.NONE, wishes, false);
        Store store = assertInstanceOf(Store.class, StoreRules.assess(facts, Lookup.PLAIN, policy, NOW));
        StringJoiner text = new StringJoiner("¶");
        store.changedFields().forEach((name, value) -> text.add(name + ": " + value));
        return text.toString();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text.replace("<10>", IN_10_MINUTES).replace("<5>", IN_5_MINUTES);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            nothing declared: both are added         ; -                                            ; Cache-Control: max-age=600¶Expires: <10>
            other directives are kept                ; Cache-Control: public, X=1                   ; Cache-Control: public, X=1, max-age=600¶Expires: <10>
            Expires goes with a max-age              ; Cache-Control: max-age=60                    ; Expires: Sun, 01 Mar 2026 12:01:00 GMT
            max-age and Expires are left alone       ; Cache-Control: max-age=60¶Expires: <10>      ; -
            s-maxage is left alone                   ; Cache-Control: s-maxage=60                   ; -
            Expires is left alone                    ; Expires: Sun, 01 Mar 2026 13:00:00 GMT       ; -
            """)
    @DisplayName("Django's patch_response_headers: only what the response leaves open")
    void changes_withDefault(String sentence, @Nullable String lines, @Nullable String expected) {
        assertEquals(orEmpty(expected), changes(lines, PageWishes.NONE, PolicyBuilder.defaults()), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            nothing declared: the view's time           ; -                                               ; Cache-Control: max-age=300¶Expires: <5>
            a longer max-age is cut                     ; Cache-Control: max-age=900                      ; Cache-Control: max-age=300¶Expires: <5>
            a longer Expires is overruled, not replaced ; Expires: Sun, 01 Mar 2026 13:00:00 GMT          ; Cache-Control: max-age=300
            a shorter max-age bounds Expires, too       ; Cache-Control: max-age=60                       ; Cache-Control: max-age=60¶Expires: Sun, 01 Mar 2026 12:01:00 GMT
            a shorter max-age stays                     ; Cache-Control: max-age=60¶Expires: <10>         ; Cache-Control: max-age=60
            max-age beside s-maxage is cut              ; Cache-Control: s-maxage=1, max-age=900          ; Cache-Control: s-maxage=1, max-age=300¶Expires: <5>
            s-maxage alone is left alone                ; Cache-Control: s-maxage=60                      ; -
            """)
    @DisplayName("Django's cache_page: the smaller of the declared and the view's time is shown")
    void changes_withViewTimeout(String sentence, @Nullable String lines, @Nullable String expected) {
        PagePolicy policy =
                new PolicyBuilder().viewTimeout(Duration.ofMinutes(5)).build();
        String given = lines == null ? null : orEmpty(lines);
        assertEquals(orEmpty(expected), changes(given, PageWishes.NONE, policy), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            nothing declared             ; -                                         ; Cache-Control: max-age=300¶Expires: <5>
            max-age is replaced          ; Cache-Control: public, MAX-AGE=60, X      ; Cache-Control: public, max-age=300, X¶Expires: <5>
            s-maxage stays               ; Cache-Control: s-maxage=60                ; Cache-Control: s-maxage=60, max-age=300¶Expires: <5>
            Expires is replaced          ; Expires: <10>                             ; Cache-Control: max-age=300¶Expires: <5>
            """)
    void changes_withBrowserTimeout(String sentence, @Nullable String lines, String expected) {
        PagePolicy policy =
                new PolicyBuilder().browserTimeout(Duration.ofMinutes(5)).build();
        String given = lines == null ? null : orEmpty(lines);
        assertEquals(orEmpty(expected), changes(given, PageWishes.NONE, policy), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            nothing more                                 ; Vary: Accept               ; -          ; -        ; -
            the page's names                             ; -                          ; X-B,X-A    ; -        ; Vary: X-B, X-A
            the settings' names                          ; -                          ; -          ; x-c      ; Vary: x-c
            names that Vary has are not repeated         ; Vary: x-a¶Vary: Accept     ; X-A,X-B    ; accept   ; Vary: x-a, Accept, X-B
            a name said twice is added once              ; -                          ; X-A,x-a    ; x-a      ; Vary: X-A
            all names are there: nothing is added        ; Vary: X-A, X-C             ; x-a        ; x-c      ; -
            """)
    @DisplayName("RFC 9110 section 12.5.5: Vary names all that selects")
    void changes_vary(
            String sentence,
            @Nullable String lines,
            @Nullable String said,
            @Nullable String fixed,
            @Nullable String expected) {
        PageWishes wishes =
                new PageWishes(false, null, said == null ? List.of() : List.of(said.split(",", -1)), List.of());
        PolicyBuilder policy = new PolicyBuilder();
        if (fixed != null) {
            policy.vary(fixed);
        }
        String declared = "Cache-Control: s-maxage=60" + (lines == null ? "" : "¶" + lines);
        assertEquals(orEmpty(expected), changes(declared, wishes, policy.build()), sentence);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = ';', textBlock = """
            Age is made anew                            ; X: 1                                ; Age                       ; true
            length is made anew                         ; X: 1                                ; content-length            ; true
            a field of the connection                   ; X: 1                                ; Connection                ; true
            a field of the connection                   ; X: 1                                ; KEEP-ALIVE                ; true
            a field of the connection                   ; X: 1                                ; Proxy-Authenticate        ; true
            a field of the connection                   ; X: 1                                ; Proxy-Authentication-Info ; true
            a field of the connection                   ; X: 1                                ; Proxy-Authorization       ; true
            a field of the connection                   ; X: 1                                ; Proxy-Connection          ; true
            a field of the connection                   ; X: 1                                ; TE                        ; true
            a field of the connection                   ; X: 1                                ; Trailer                   ; true
            a field of the connection                   ; X: 1                                ; Transfer-Encoding         ; true
            a field of the connection                   ; X: 1                                ; Upgrade                   ; true
            a field that Connection lists               ; Connection: close, X-Hop            ; x-hop                     ; true
            a field that another Connection line lists  ; Connection: close¶connection: X-Hop ; X-HOP                     ; true
            a field that it does not list               ; Connection: close, X-Hop            ; X-Ho                      ; false
            an end-to-end field                         ; X: 1                                ; X                         ; false
            an end-to-end field                         ; X: 1                                ; ETag                      ; false
            an end-to-end field                         ; X: 1                                ; Content-Encoding          ; false
            an end-to-end field                         ; X: 1                                ; Clear-Site-Data           ; false
            """)
    @DisplayName("RFC 9111 section 3.1: fields that are not stored")
    void notStored_names(String sentence, String lines, String name, boolean expected) {
        Fields fields = FreshnessRulesTest.fields(lines);
        assertEquals(expected, PageFieldRules.notStored(fields).test(name), sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Hop, \"", "*, X-Hop", "a b, X-Hop", "X-Hop;, x-hop"})
    @DisplayName("RFC 9111 section 3.1: a member that is no name hides no other from the list")
    void notStored_malformedConnection_stillListsTheRest(String connection) {
        assertEquals(
                true,
                PageFieldRules.notStored(Fields.of("Connection", connection)).test("X-Hop"));
    }
}
