package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.entry.Lifetime;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.PageTraits;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.entry.Stamp;
import dev.pagecache.http.CacheDirectives;
import dev.pagecache.http.CacheStatus.Forward;
import dev.pagecache.policy.HitPlan.Render;
import dev.pagecache.policy.HitPlan.Serve;
import dev.pagecache.policy.HitPlan.ServeStale;
import dev.pagecache.policy.RequestPlan.Lookup;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HitRulesTest {
    private static final Render ASKED = new Render(Forward.REQUEST, Reason.REQUEST_DIRECTIVE, false);

    /** Fresh for 10.5 s, then 20 s stale while revalidating, 30 s on errors. */
    private static final Lifetime LIFETIME = new Lifetime(10_500, 20_000, 30_000);

    private static Page page(Lifetime lifetime, boolean isShareable) {
        Page page = SampleRecords.page(SampleRecords.key("key"), "body", 0, lifetime);
        return new Page(
                page.key(),
                200,
                page.fields(),
                page.body(),
                0,
                page.lifetime(),
                new PageTraits(isShareable, true, false),
                Stamp.foreign(0),
                page.tags());
    }

    private static HitPlan plan(String text) {
        String[] words = text.split(" ", -1);
        return switch (words[0]) {
            case "serve" -> new Serve(Long.parseLong(words[1]));
            case "stale" -> new ServeStale(Long.parseLong(words[1]));
            case "cover" -> new Render(Forward.STALE, null, true);
            default -> new Render(Forward.STALE, null, false);
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            a page just stored is fresh,                      0,     serve 10
            Age and lifetime count in whole seconds,          999,   serve 10
            a page one millisecond before its end is fresh,   10499, serve 0
            a page as old as its lifetime is stale,           10500, stale 0
            the ttl of a stale page is negative,              12000, stale -2
            the last millisecond of the window,               30499, stale -20
            after the window it may cover errors,             30500, cover
            the last millisecond for errors,                  40499, cover
            after both windows it serves nobody,              40500, render
            """)
    @DisplayName("RFC 9111 section 4.2 and RFC 5861: fresh, stale, over")
    void assess_byAge(String sentence, long ageMillis, String expected) {
        assertEquals(plan(expected), HitRules.assess(page(LIFETIME, false), ageMillis, Lookup.PLAIN), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            a page just stored counts as just expired,     0,     20000, 30000, stale 0
            so does one before its end,                    10499, 20000, 30000, stale 0
            then its windows go on as for any,             12000, 20000, 30000, stale -2
            without a window it may cover errors,          0,     0,     30000, cover
            without windows it is rendered anew,           0,     0,     0,     render
            after its windows it serves nobody,            40500, 20000, 30000, render
            """)
    void assess_softlyPurged(String sentence, long ageMillis, long revalidate, long error, String expected) {
        Page page = page(new Lifetime(10_500, revalidate, error), false);
        assertEquals(plan(expected), HitRules.assess(page, ageMillis, Standing.EXPIRED, Lookup.PLAIN), sentence);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = ';', textBlock = """
            max-stale takes a page that was purged softly   ; max-stale=0            ; serve 0
            its own age is what max-age is compared with    ; max-stale, max-age=5   ; serve 0
            max-age alone wants no stale page               ; max-age=60             ; asked
            min-fresh finds nothing left                    ; min-fresh=1            ; asked
            another directive takes it as it is             ; x=1                    ; stale 0
            """)
    void assess_softlyPurgedAndDirectives(String sentence, String cacheControl, String expected) {
        Lookup lookup = new Lookup(null, false, CacheDirectives.parse(List.of(cacheControl)));
        HitPlan plan = expected.equals("asked") ? ASKED : plan(expected);
        Page base = page(LIFETIME, false);
        assertEquals(plan, HitRules.assess(base, 5_000, Standing.EXPIRED, lookup), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            a page without lifetime is stale at once,         0,     0,     0,  0,     render
            a window for errors only serves nobody by itself, 1000,  0,     50, 1000,  cover
            a window for renewal only covers no error,        1000,  50,    0,  1050,  render
            a renewal comes before covering errors,           1000,  50,    99, 1049,  stale 0
            """)
    @DisplayName("RFC 5861 sections 3 and 4: each window by itself")
    void assess_byWindows(String sentence, long fresh, long revalidate, long error, long ageMillis, String expected) {
        Page page = page(new Lifetime(fresh, revalidate, error), false);
        assertEquals(plan(expected), HitRules.assess(page, ageMillis, Lookup.PLAIN), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            a shareable page answers credentials,         true,  true,  true
            another page does not,                        true,  false, false
            a shareable page answers without credentials, false, true,  true
            another page too,                             false, false, true
            """)
    @DisplayName("RFC 9111 section 3.5: a stored page and a request with Authorization")
    void assess_authorized(String sentence, boolean isAuthorized, boolean isShareable, boolean isServed) {
        HitPlan plan = HitRules.assess(page(LIFETIME, isShareable), 0, new Lookup(null, isAuthorized, null));
        assertEquals(
                isServed ? new Serve(10) : new Render(Forward.BYPASS, Reason.AUTHORIZATION, false), plan, sentence);
    }

    @ParameterizedTest(name = "{0}: {1} at {2} ms")
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            no-cache asks for validation                       ; no-cache            ; 0     ; true
            qualified, too                                     ; no-cache="x"        ; 0     ; true
            max-age above the age is content                   ; max-age=5           ; 4999  ; false
            max-age equal to the age is content                ; max-age=5           ; 5000  ; false
            max-age below the age is not                       ; max-age=5           ; 5001  ; true
            max-age=0 is content with a page just made         ; max-age=0           ; 0     ; false
            max-age=0 is not content with any older            ; max-age=0           ; 1     ; true
            a max-age that is no number counts as 0            ; max-age=x           ; 1     ; true
            min-fresh below what is left is content            ; min-fresh=10        ; 500   ; false
            min-fresh above what is left is not                ; min-fresh=10        ; 501   ; true
            max-stale makes no answer worse                    ; max-stale           ; 0     ; false
            an unknown directive is ignored                    ; x=1                 ; 0     ; false
            no-store does not forbid an answer                 ; no-store            ; 0     ; false
            only-if-cached is content with a fresh page        ; only-if-cached      ; 0     ; false
            """)
    @DisplayName("RFC 9111 section 5.2.1: the client's own directives")
    void assess_directives(String sentence, String cacheControl, long ageMillis, boolean isRefused) {
        Lookup lookup = new Lookup(null, false, CacheDirectives.parse(List.of(cacheControl)));
        HitPlan expected = isRefused ? ASKED : HitRules.assess(page(LIFETIME, false), ageMillis, Lookup.PLAIN);
        assertEquals(expected, HitRules.assess(page(LIFETIME, false), ageMillis, lookup), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            max-age wants no stale page              ; max-age=60                ; 10500 ; true
            max-age is content with the last of it   ; max-age=60                ; 10499 ; false
            min-fresh wants no stale page            ; min-fresh=0               ; 10501 ; true
            another directive takes a stale page     ; x=1                       ; 10500 ; false
            """)
    @DisplayName("RFC 9111 section 5.2.1.1: who names a max-age does not wish a stale response")
    void assess_directivesAndStalePage(String sentence, String cacheControl, long ageMillis, boolean isRefused) {
        Lookup lookup = new Lookup(null, false, CacheDirectives.parse(List.of(cacheControl)));
        HitPlan expected = isRefused ? ASKED : HitRules.assess(page(LIFETIME, false), ageMillis, Lookup.PLAIN);
        assertEquals(expected, HitRules.assess(page(LIFETIME, false), ageMillis, lookup), sentence);
    }

    @ParameterizedTest(name = "{0}: {1} at {2} ms")
    @CsvSource(delimiter = ';', textBlock = """
            any staleness                                     ; max-stale               ; true  ; 99500 ; serve -89
            as much as is accepted                            ; max-stale=60            ; true  ; 70500 ; serve -60
            a millisecond more                                ; max-stale=60            ; true  ; 70501 ; render
            a number that is none accepts nothing             ; max-stale=x             ; true  ; 99500 ; render
            nothing where the page forbids it                 ; max-stale               ; false ; 99500 ; render
            a max-age beside it still counts                  ; max-stale=60, max-age=5 ; true  ; 60000 ; asked
            a max-age that is not over                        ; max-stale=60, max-age=65; true  ; 60000 ; serve -50
            a min-fresh beside it, too                        ; max-stale, min-fresh=1  ; true  ; 60000 ; asked
            a fresh page needs no such leave                  ; max-stale=0             ; true  ; 500   ; serve 10
            """)
    @DisplayName("RFC 9111 section 5.2.1.2: max-stale")
    void assess_maxStale(String sentence, String cacheControl, boolean mayBeStale, long ageMillis, String expected) {
        Page base = SampleRecords.page(SampleRecords.key("key"), "body", 0, new Lifetime(10_500, 0, 0, 600_000));
        Page page = new Page(
                base.key(),
                200,
                base.fields(),
                base.body(),
                0,
                base.lifetime(),
                new PageTraits(false, mayBeStale, false),
                Stamp.foreign(0),
                base.tags());
        Lookup lookup = new Lookup(null, false, CacheDirectives.parse(List.of(cacheControl)));
        HitPlan plan = expected.equals("asked") ? ASKED : plan(expected);
        assertEquals(plan, HitRules.assess(page, ageMillis, lookup), sentence);
    }
}
