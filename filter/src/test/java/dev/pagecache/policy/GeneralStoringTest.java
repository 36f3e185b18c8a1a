package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.StorePlan.Store;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a general shared cache stores and a careful one does not. */
final class GeneralStoringTest {
    private static final PagePolicy CAREFUL = PolicyBuilder.defaults();

    private static PagePolicy general() {
        PolicyBuilder builder = new PolicyBuilder().timeout(null);
        for (Feature feature : Feature.values()) {
            builder.feature(feature);
        }
        return builder.build();
    }

    /** The lifetime and how long the page is kept after it, or the reason why it is not stored. */
    private static String outcome(int status, String lines, PagePolicy policy) {
        StorePlan plan =
                StoreRules.assess(StoringSamples.response(status, lines), Lookup.PLAIN, policy, StoringSamples.NOW);
        return plan instanceof Store store
                ? store.lifetime().freshMillis() / 1000 + "+" + store.lifetime().validationMillis() / 1000
                : StoringSamples.outcome(plan);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            can be asked for by its tag         | Cache-Control: no-cache¶ETag: "a"                 | 0+600
            can be asked for by its date        | Cache-Control: no-cache¶Last-Modified: x          | 0+600
            whatever lifetime it has            | Cache-Control: no-cache, max-age=60¶ETag: "a"     | 0+600
            cannot be asked for                 | Cache-Control: no-cache, max-age=60¶X-A: 1        | no-cache
            is private besides                  | Cache-Control: no-cache, private¶ETag: "a"        | private
            is not to be stored besides         | Cache-Control: no-cache, no-store¶ETag: "a"       | no-store
            stale on arrival, with a validator  | Cache-Control: max-age=60¶Age: 60¶ETag: "a"       | 60+600
            stale on arrival, without           | Cache-Control: max-age=60¶Age: 60                 | expired
            with no lifetime at all             | ETag: "a"                                         | no-lifetime
            """)
    @DisplayName("RFC 9111 section 5.2.2.4: what must be validated before each use is stored if it can be")
    void assess_mustBeValidated(String sentence, String lines, String expected) {
        assertEquals(expected, outcome(200, lines, general()), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ten minutes at least                | Cache-Control: max-age=60¶ETag: "a"               | 60+600
            as long again                       | Cache-Control: max-age=3600¶ETag: "a"             | 3600+3600
            a day at most                       | Cache-Control: max-age=999999¶Last-Modified: x    | 999999+86400
            also what must not be served stale  | Cache-Control: s-maxage=60¶ETag: "a"              | 60+600
            not without a validator             | Cache-Control: max-age=60                         | 60+0
            """)
    @DisplayName("RFC 9111 section 4.3: how long a page is kept to be validated")
    void assess_keptForValidation(String sentence, String lines, String expected) {
        assertEquals(expected, outcome(200, lines, CAREFUL), sentence);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            200 | no-store, must-understand, max-age=60           | 60+0     | no-store
            404 | no-store, must-understand, max-age=60           | 60+0     | status
            299 | no-store, must-understand, max-age=60           | no-store | status
            299 | must-understand, max-age=60                     | status   | status
            200 | no-store, x=1 must-understand, max-age=60       | no-store | no-store
            200 | no-store, max-age=60                            | no-store | no-store
            """)
    @DisplayName("RFC 9111 section 5.2.2.3: must-understand lifts no-store for statuses that are understood")
    void assess_mustUnderstand(int status, String cacheControl, String general, String careful) {
        String line = "Cache-Control: " + cacheControl;
        assertEquals(general, outcome(status, line, general()));
        assertEquals(careful, outcome(status, line, CAREFUL));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            200 | X-A: 1                | 8640+8640
            404 | X-A: 1                | status
            599 | X-A: 1                | no-lifetime
            599 | Cache-Control: public | 8640+8640
            403 | Cache-Control: public | 8640+8640
            206 | Cache-Control: public | status
            304 | Cache-Control: public | status
            """)
    @DisplayName("RFC 9111 sections 4.2.2 and 5.2.2.9: public makes any final status heuristically fresh")
    void assess_heuristics(int status, String line, String expected) {
        String lines = line + "¶Last-Modified: Sat, 28 Feb 2026 12:00:00 GMT¶Date: Sun, 01 Mar 2026 12:00:00 GMT";
        assertEquals(expected, outcome(status, lines, general()).replace("error", "status"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Content-Range: x¶Cache-Control: max-age=60 | 60+0 | partial
            Set-Cookie: a=b¶Cache-Control: max-age=60  | 60+0 | set-cookie
            """)
    @DisplayName("RFC 9111 section 3.1: fields that a careful cache takes for a warning are stored like others")
    void assess_fields(String lines, String general, String careful) {
        assertEquals(general, outcome(200, lines, general()));
        assertEquals(careful, outcome(200, lines, CAREFUL));
    }
}
