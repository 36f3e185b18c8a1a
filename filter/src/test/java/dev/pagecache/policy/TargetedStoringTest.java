package dev.pagecache.policy;

import static dev.pagecache.policy.StoringSamples.NOW;
import static dev.pagecache.policy.StoringSamples.outcome;
import static dev.pagecache.policy.StoringSamples.policy;
import static dev.pagecache.policy.StoringSamples.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.Lifetime;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.StorePlan.Store;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Storing by a targeted field (RFC 9213 section 2.2). */
final class TargetedStoringTest {
    private static final PagePolicy TARGETED = policy("cdn-cache-control", null, null, List.of());

    private static StorePlan assess(ResponseFacts response, PagePolicy policy) {
        return StoreRules.assess(response, Lookup.PLAIN, policy, NOW);
    }

    private static Store store(String lines, PagePolicy policy) {
        return assertInstanceOf(Store.class, assess(response(200, lines), policy));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CDN-Cache-Control: max-age=900                                                  | 900
            CDN-Cache-Control: max-age=900¶Cache-Control: max-age=5                         | 900
            CDN-Cache-Control: max-age=5¶Cache-Control: max-age=900                         | 5
            CDN-Cache-Control: max-age=900¶Cache-Control: max-age=5, s-maxage=6             | 900
            CDN-Cache-Control: max-age=900, s-maxage=60                                     | 60
            CDN-Cache-Control: max-age=99999999999                                          | 2147483648
            CDN-Cache-Control: max-age=900¶Cache-Control: no-store                          | 900
            CDN-Cache-Control: max-age=900¶Cache-Control: private                           | 900
            CDN-Cache-Control: max-age=900¶Cache-Control: no-cache                          | 900
            CDN-Cache-Control: max-age=900¶Cache-Control: max-age=0                         | 900
            CDN-Cache-Control: max-age=900¶Cache-Control: max-age=x                         | 900
            CDN-Cache-Control: max-age=900¶Expires: 0                                       | 900
            CDN-Cache-Control: max-age=900¶Expires: Sun, 01 Mar 2026 11:00:00 GMT           | 900
            CDN-Cache-Control: max-age=0¶Cache-Control: max-age=900                         | expired
            CDN-Cache-Control: max-age=0¶Expires: Sun, 01 Mar 2026 13:00:00 GMT             | expired
            CDN-Cache-Control: no-store¶Cache-Control: max-age=900                          | no-store
            CDN-Cache-Control: max-age=900, no-store                                        | no-store
            CDN-Cache-Control: max-age=900¶CDN-Cache-Control: no-store                      | no-store
            CDN-Cache-Control: no-cache¶Cache-Control: max-age=900                          | no-cache
            CDN-Cache-Control: no-cache="a"¶Cache-Control: max-age=900                      | no-cache
            CDN-Cache-Control: private¶Cache-Control: public, max-age=900                   | private
            CDN-Cache-Control: private="a"¶Cache-Control: public, max-age=900               | private
            CDN-Cache-Control: foo, max-age=900¶Cache-Control: no-store                     | 900
            CDN-Cache-Control: max-age=900;foo¶Cache-Control: no-store                      | 900
            CDN-Cache-Control: none¶Cache-Control: no-store                                 | 600
            CDN-Cache-Control: none¶Cache-Control: max-age=5                                | 600
            CDN-Cache-Control: none¶Expires: Sun, 01 Mar 2026 13:00:00 GMT                  | 600
            cdn-cache-control: max-age=900¶Cache-Control: no-store                          | 900
            """)
    @DisplayName("RFC 9213 section 2.2: a valid targeted field replaces Cache-Control and Expires")
    void assess_validTargetedField_aloneCounts(String lines, String expected) {
        assertEquals(expected, outcome(assess(response(200, lines), TARGETED)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CDN-Cache-Control: max-age="900"¶Cache-Control: no-store                        | no-store
            CDN-Cache-Control: max-age=900, &&&¶Cache-Control: no-store                     | no-store
            CDN-Cache-Control: max-age=-1¶Cache-Control: max-age=30                         | 30
            CDN-Cache-Control: MAX-AGE=900¶Cache-Control: max-age=30                        | 30
            CDN-Cache-Control: ¶Cache-Control: max-age=30                                   | 30
            CDN-Cache-Control: no-store, &&&¶Expires: Sun, 01 Mar 2026 13:00:00 GMT         | 3600
            CDN-Cache-Control: max-age=900,¶X: y                                            | 600
            X-Cache-Control: max-age=900¶Cache-Control: no-store                            | no-store
            """)
    @DisplayName("RFC 9213 section 2.1: a targeted field that is empty or not valid is as if it were absent")
    void assess_targetedFieldNotValid_fallsBackToCacheControl(String lines, String expected) {
        assertEquals(expected, outcome(assess(response(200, lines), TARGETED)));
    }

    @Test
    void assess_targetedFieldNotConfigured_countsForNothing() {
        PagePolicy policy = policy(null, null, null, List.of());

        assertEquals(
                "no-store",
                outcome(assess(response(200, "CDN-Cache-Control: max-age=900¶Cache-Control: no-store"), policy)));
        assertEquals(
                "30", outcome(assess(response(200, "CDN-Cache-Control: no-store¶Cache-Control: max-age=30"), policy)));
    }

    @Test
    @DisplayName("RFC 9111 section 4.2.3: Age received counts against the targeted lifetime")
    void assess_ageBelowTargetedLifetime_isKept() {
        assertEquals(
                899, store("CDN-Cache-Control: max-age=900¶Age: 899", TARGETED).initialAgeSeconds());
    }

    @Test
    void assess_ageReachesTargetedLifetime_isExpired() {
        ResponseFacts old = response(200, "CDN-Cache-Control: max-age=900¶Cache-Control: max-age=9999¶Age: 900");

        assertEquals("expired", outcome(assess(old, TARGETED)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CDN-Cache-Control: max-age=900, public¶Set-Cookie: a=b | 200 | set-cookie
            CDN-Cache-Control: max-age=900¶Vary: *                 | 200 | vary-any
            CDN-Cache-Control: max-age=900¶Content-Range: bytes */1| 200 | partial
            CDN-Cache-Control: max-age=900                         | 206 | status
            CDN-Cache-Control: none¶Cache-Control: max-age=900     | 404 | status
            """)
    void assess_otherReasons_stillRefuse(String lines, int status, String expected) {
        assertEquals(expected, outcome(assess(response(status, lines), TARGETED)));
    }

    @Test
    void assess_sessionRead_stillRefuses() {
        ResponseFacts personal = response(200, "CDN-Cache-Control: max-age=900, public", Input.SESSION);

        assertEquals("session", outcome(assess(personal, TARGETED)));
    }

    @Test
    void assess_explicitTargetedLifetime_storesStatusBesideTheSettings() {
        assertEquals("900", outcome(assess(response(404, "CDN-Cache-Control: max-age=900"), TARGETED)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CDN-Cache-Control: max-age=900¶Cache-Control: public          | false
            CDN-Cache-Control: max-age=900, public                        | true
            CDN-Cache-Control: max-age=900, must-revalidate               | true
            CDN-Cache-Control: s-maxage=900                               | true
            CDN-Cache-Control: max-age=900, public=?0                     | false
            """)
    @DisplayName("RFC 9111 section 3.5: only the targeted directives open a page to authorized requests")
    void assess_authorizedRequest_asksTheTargetedField(String lines, boolean isShareable) {
        StorePlan authorized = StoreRules.assess(response(200, lines), new Lookup(null, true, null), TARGETED, NOW);

        assertEquals(isShareable ? "900" : "authorization", outcome(authorized));
        assertEquals(isShareable, store(lines, TARGETED).traits().isShareable());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CDN-Cache-Control: max-age=9                                                    | 7000 | 8000
            CDN-Cache-Control: max-age=9, stale-while-revalidate=1, stale-if-error=2        | 1000 | 2000
            CDN-Cache-Control: max-age=9¶Cache-Control: stale-while-revalidate=1            | 7000 | 8000
            CDN-Cache-Control: max-age=9¶Cache-Control: must-revalidate                     | 7000 | 8000
            CDN-Cache-Control: max-age=9, must-revalidate¶Cache-Control: stale-if-error=5   | 0    | 0
            CDN-Cache-Control: max-age=9, proxy-revalidate                                  | 0    | 0
            CDN-Cache-Control: s-maxage=9                                                   | 0    | 0
            """)
    void assess_staleWindows_areThoseOfTheTargetedField(String lines, long whileRevalidate, long ifError) {
        assertEquals(
                new Lifetime(9000, whileRevalidate, ifError),
                store(lines, TARGETED).lifetime());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CDN-Cache-Control: max-age=900
            CDN-Cache-Control: max-age=900¶Cache-Control: no-store
            CDN-Cache-Control: max-age=900¶Cache-Control: max-age=5
            CDN-Cache-Control: max-age=900¶Expires: 0
            CDN-Cache-Control: none
            """)
    void changedFields_targetedFieldCounts_areNone(String lines) {
        PagePolicy view = policy("cdn-cache-control", Duration.ofSeconds(60), null, List.of());

        assertEquals(Fields.empty(), store(lines, TARGETED).changedFields());
        assertEquals(Fields.empty(), store(lines, view).changedFields());
    }

    @Test
    void changedFields_targetedFieldNotValid_areThoseOfAnyResponse() {
        Store store = store("CDN-Cache-Control: max-age=900,", TARGETED);

        assertEquals(
                Fields.of("Cache-Control", "max-age=600", "Expires", "Sun, 01 Mar 2026 12:10:00 GMT"),
                store.changedFields());
    }

    @Test
    void changedFields_browserTimeout_editsCacheControlAndNotTheTargetedField() {
        PagePolicy policy = policy("cdn-cache-control", null, Duration.ofSeconds(20), List.of());
        Store store = store("CDN-Cache-Control: max-age=900, public¶Cache-Control: no-transform, max-age=5", policy);

        assertEquals(
                Fields.of("Cache-Control", "no-transform, max-age=20", "Expires", "Sun, 01 Mar 2026 12:00:20 GMT"),
                store.changedFields());
    }

    @Test
    void changedFields_varyOfTheSettings_isStillAdded() {
        PagePolicy policy = policy("cdn-cache-control", null, null, List.of("accept-language"));
        Store store = store("CDN-Cache-Control: max-age=900¶Vary: Cookie", policy);

        assertEquals(Fields.of("Vary", "Cookie, accept-language"), store.changedFields());
    }

    @Test
    void assess_viewTimeout_winsOverTheTargetedLifetimeButNotOverItsRefusal() {
        PagePolicy view = policy("cdn-cache-control", Duration.ofSeconds(60), null, List.of());

        assertEquals("60", outcome(assess(response(200, "CDN-Cache-Control: max-age=900"), view)));
        assertEquals("no-store", outcome(assess(response(200, "CDN-Cache-Control: no-store"), view)));
    }

    @Test
    void of_fieldsAndSettings_saysWhichDirectivesCount() {
        Fields fields = Fields.of("Cache-Control", "max-age=1", "CDN-Cache-Control", "max-age=2");

        assertTrue(CountedDirectives.of(fields, TARGETED).areTargeted());
        assertEquals(2, CountedDirectives.of(fields, TARGETED).declaredSeconds(fields, NOW));
        assertFalse(CountedDirectives.of(fields, policy(null, null, null, List.of()))
                .areTargeted());
    }
}
