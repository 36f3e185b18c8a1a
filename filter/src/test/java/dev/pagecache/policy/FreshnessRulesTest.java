package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.http.CacheDirectives;
import dev.pagecache.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FreshnessRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** Fields from {@code Name: value} lines that a pilcrow separates. */
    static Fields fields(@Nullable String lines) {
        if (lines == null) {
            return Fields.empty();
        }
        return Fields.of(Arrays.stream(lines.split("¶", -1))
                .flatMap(line -> Arrays.stream(line.strip().split(": ?", 2)))
                .toArray(String[]::new));
    }

    private static long declared(@Nullable String lines) {
        Fields fields = fields(lines);
        return FreshnessRules.declaredSeconds(CacheDirectives.parse(fields.all("Cache-Control")), fields, NOW);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', nullValues = "-", textBlock = """
            nothing declares nothing                        ; -                                                  ; -2
            another directive declares nothing              ; Cache-Control: public                              ; -2
            max-age                                         ; Cache-Control: max-age=60                          ; 60
            s-maxage alone                                  ; Cache-Control: s-maxage=60                         ; 60
            a shorter s-maxage wins                         ; Cache-Control: max-age=60, s-maxage=5              ; 5
            a longer s-maxage wins                          ; Cache-Control: s-maxage=99, max-age=60             ; 99
            s-maxage wins across lines                      ; Cache-Control: max-age=60¶Cache-Control: s-maxage=5 ; 5
            s-maxage wins over a bad max-age                ; Cache-Control: max-age=x, s-maxage=5               ; 5
            letter case does not count                      ; cache-control: MAX-AGE=60                          ; 60
            leading zeros are fine                          ; Cache-Control: max-age=0060                        ; 60
            quoted by double quotes                         ; Cache-Control: max-age="60"                        ; 60
            a very long time                                ; Cache-Control: max-age=99999999999                 ; 2147483648
            zero                                            ; Cache-Control: max-age=0                           ; 0
            zero wins over a future Expires                 ; Cache-Control: max-age=0¶Expires: Sun, 01 Mar 2026 13:00:00 GMT ; 0
            max-age wins over a past Expires                ; Cache-Control: max-age=60¶Expires: 0               ; 60
            a max-age in another's quotes is none           ; Cache-Control: x="max-age=60"                      ; -2
            the smallest of several counts                  ; Cache-Control: max-age=60, max-age=5               ; 5
            negative is malformed                           ; Cache-Control: max-age=-1                          ; -1
            fractional is malformed                         ; Cache-Control: max-age=1.5                         ; -1
            single quotes are malformed                     ; Cache-Control: max-age='60'                        ; -1
            a word is malformed                             ; Cache-Control: max-age=abc                         ; -1
            no argument is malformed                        ; Cache-Control: max-age                             ; -1
            an empty argument is malformed                  ; Cache-Control: max-age=                            ; -1
            a bad s-maxage is malformed                     ; Cache-Control: max-age=60, s-maxage=x              ; -1
            a bad one of several is malformed               ; Cache-Control: max-age=60, max-age=x               ; -1
            a bad max-age is not mended by Expires          ; Cache-Control: max-age=x¶Expires: Sun, 01 Mar 2026 13:00:00 GMT ; -1
            """)
    @DisplayName("RFC 9111 section 4.2.1: s-maxage, else max-age")
    void declaredSeconds_cacheControl(String sentence, @Nullable String lines, long expected) {
        assertEquals(expected, declared(lines), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            in an hour, without Date                  ; Expires: Sun, 01 Mar 2026 13:00:00 GMT                                     ; 3600
            against Date, not the clock               ; Expires: Sun, 01 Mar 2026 13:00:00 GMT¶Date: Sun, 01 Mar 2026 12:30:00 GMT ; 1800
            against the clock, if Date is no date     ; Expires: Sun, 01 Mar 2026 13:00:00 GMT¶Date: now                           ; 3600
            in RFC 850 form                           ; Expires: Sunday, 01-Mar-26 13:00:00 GMT                                    ; 3600
            in asctime form                           ; Expires: Sun Mar  1 13:00:00 2026                                          ; 3600
            other letter case                         ; Expires: sun, 01 MAR 2026 13:00:00 gmt                                     ; 3600
            after 2038                                ; Expires: Fri, 01 Mar 2086 12:00:00 GMT                                     ; 1893456000
            longer than can be told from for ever     ; Expires: Sat, 01 Mar 2200 12:00:00 GMT                                     ; 2147483648
            now                                       ; Expires: Sun, 01 Mar 2026 12:00:00 GMT                                     ; 0
            in the past                               ; Expires: Sun, 06 Nov 1994 08:49:37 GMT                                     ; 0
            zero                                      ; Expires: 0                                                                 ; 0
            minus one                                 ; Expires: -1                                                                ; 0
            nothing                                   ; Expires:                                                                   ; 0
            another zone                              ; Expires: Sun, 01 Mar 2026 13:00:00 UTC                                     ; 0
            an offset                                 ; Expires: Sun, 01 Mar 2026 13:00:00 +0000                                   ; 0
            two digits for a year                     ; Expires: Sun, 01 Mar 26 13:00:00 GMT                                       ; 0
            one digit for an hour                     ; Expires: Mon, 02 Mar 2026 1:00:00 GMT                                      ; 0
            several lines                             ; Expires: Sun, 01 Mar 2026 13:00:00 GMT¶Expires: Sun, 01 Mar 2026 13:00:00 GMT ; 0
            """)
    @DisplayName("RFC 9111 section 5.3: Expires, and what is no date is expired")
    void declaredSeconds_expires(String sentence, String lines, long expected) {
        assertEquals(expected, declared(lines), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            none                                 ; -                       ; 0
            a number                             ; Age: 30                 ; 30
            a very large number                  ; Age: 99999999999        ; 2147483648
            2^31                                 ; Age: 2147483648         ; 2147483648
            the first member counts              ; Age: 30, 60             ; 30
            the first line counts                ; Age: 30¶Age: 60         ; 30
            white space around it                ; Age:   30 , 60          ; 30
            a first member that is none          ; Age: x, 60              ; 0
            an empty first member                ; Age: , 60               ; 0
            negative                             ; Age: -30                ; 0
            fractional                           ; Age: 30.5               ; 0
            a word                               ; Age: old                ; 0
            a Date of just now is no age         ; Date: Sun, 01 Mar 2026 11:59:59 GMT           ; 0
            a Date of before is one              ; Date: Sun, 01 Mar 2026 11:59:30 GMT           ; 30
            a Date of the future is none         ; Date: Sun, 01 Mar 2026 12:59:30 GMT           ; 0
            the larger of both: Date             ; Age: 10¶Date: Sun, 01 Mar 2026 11:59:30 GMT   ; 30
            the larger of both: Age              ; Age: 40¶Date: Sun, 01 Mar 2026 11:59:30 GMT   ; 40
            a Date that is none                  ; Age: 5¶Date: then                             ; 5
            a Date of the last century           ; Date: Sun, 06 Nov 1904 08:49:37 GMT           ; 2147483648
            """)
    @DisplayName("RFC 9111 section 5.1: the Age that a response came with")
    void initialAgeSeconds_firstMember(String sentence, @Nullable String lines, long expected) {
        assertEquals(expected, FreshnessRules.initialAgeSeconds(fields(lines), NOW), sentence);
    }

    private static long stored(
            @Nullable Duration viewTimeout, long declared, int status, @Nullable String lines, PagePolicy policy) {
        return FreshnessRules.storedSeconds(
                viewTimeout,
                declared,
                FreshnessRules.isHeuristic(status, CacheDirectives.parse(List.of()), policy),
                fields(lines),
                policy,
                NOW);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "-", textBlock = """
            the view's time wins over all,        PT5M,   60,  PT10M, 300
            whole seconds of the view's time,     PT1.9S, 60,  PT10M, 1
            a declared time wins over the default, -,     60,  PT10M, 60
            a declared zero likewise,             -,      0,   PT10M, 0
            the default,                          -,      -2,  PT10M, 600
            no default: none,                     -,      -2,  -,     -2
            """)
    @DisplayName("Django's cache_page, else RFC 9111 section 4.2.1, else Django's CACHE_MIDDLEWARE_SECONDS")
    void storedSeconds_order(
            String sentence, @Nullable Duration viewTimeout, long declared, @Nullable Duration timeout, long expected) {
        PagePolicy policy = new PolicyBuilder().timeout(timeout).build();
        assertEquals(expected, stored(viewTimeout, declared, 200, null, policy), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            a tenth of the time since                  ; Last-Modified: Sun, 01 Mar 2026 10:00:00 GMT                                     ; 720
            against Date                               ; Last-Modified: Sun, 01 Mar 2026 10:00:00 GMT¶Date: Sun, 01 Mar 2026 11:00:00 GMT ; 360
            longer than can be told from for ever      ; Last-Modified: Mon, 01 Mar 1000 10:00:00 GMT                                     ; 2147483648
            modified in the future: nothing            ; Last-Modified: Sun, 01 Mar 2026 14:00:00 GMT                                     ; 0
            no date: the default                       ; Last-Modified: once                                                              ; 600
            no field: the default                      ; -                                                                                ; 600
            """)
    @DisplayName("RFC 9111 section 4.2.2: heuristics")
    void storedSeconds_heuristics(String sentence, @Nullable String lines, long expected) {
        PagePolicy policy = new PolicyBuilder().heuristics().build();
        assertEquals(expected, stored(null, FreshnessRules.NONE, 200, lines, policy), sentence);
        assertEquals(600, stored(null, FreshnessRules.NONE, 200, lines, PolicyBuilder.defaults()));
    }

    @ParameterizedTest
    @ValueSource(ints = {203, 204, 300, 301, 308, 404, 405, 410, 414, 501})
    @DisplayName("RFC 9110 section 15.1: statuses that are heuristically cacheable")
    void storedSeconds_heuristicStatus_hasOne(int status) {
        PagePolicy policy = new PolicyBuilder().heuristics().timeout(null).build();
        String lines = "Last-Modified: Sun, 01 Mar 2026 10:00:00 GMT";
        assertEquals(720, stored(null, FreshnessRules.NONE, status, lines, policy));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 302, 303, 307, 400, 403, 500, 502, 503, 504, 299})
    @DisplayName("RFC 9110 section 15.1: other statuses have no heuristic lifetime")
    void storedSeconds_otherStatus_hasNone(int status) {
        PagePolicy policy = new PolicyBuilder().heuristics().timeout(null).build();
        String lines = "Last-Modified: Sun, 01 Mar 2026 10:00:00 GMT";
        assertEquals(FreshnessRules.NONE, stored(null, FreshnessRules.NONE, status, lines, policy));
    }

    @Test
    @DisplayName("RFC 9111 section 4.2.2: an explicit time excludes heuristics")
    void storedSeconds_explicit_excludesHeuristics() {
        PagePolicy policy = new PolicyBuilder().heuristics().build();
        assertEquals(60, stored(null, 60, 200, "Last-Modified: Sun, 01 Mar 2026 10:00:00 GMT", policy));
    }
}
