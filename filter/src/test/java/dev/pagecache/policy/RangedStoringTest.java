package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.http.Fields;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.PagePolicy.Inputs;
import dev.pagecache.policy.RequestPlan.Lookup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of responses to requests for a range that no stored page answers. */
final class RangedStoringTest {
    private static final Lookup RANGED = new Lookup(null, false, null, true);
    private static final PagePolicy CAREFUL =
            new PolicyBuilder().statuses(200, 404, 416).build();
    private static final PagePolicy DECLARED =
            new PolicyBuilder().statuses(200, 404, 416).inputs(Inputs.DECLARED).build();
    private static final PagePolicy GENERAL = new PolicyBuilder()
            .feature(Feature.PARTIAL)
            .feature(Feature.EXPLICIT_STATUSES)
            .feature(Feature.HEURISTICS)
            .timeout(null)
            .build();

    private static String outcome(
            PagePolicy policy, Lookup lookup, int status, @Nullable String read, String... lines) {
        List<String> fields = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            fields.add(line.substring(0, colon));
            fields.add(line.substring(colon + 1).strip());
        }
        InputsRead inputs = new InputsRead(read == null ? Set.of() : Set.of(read), Set.of());
        ResponseFacts response =
                new ResponseFacts(status, Fields.of(fields.toArray(String[]::new)), inputs, PageWishes.NONE, false);
        return StoringSamples.outcome(StoreRules.assess(response, lookup, policy, Instant.EPOCH));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            a page made without a look at the range is whole | 200 | -        | 600
            a look at another field does not matter          | 200 | x-a      | 600
            a look at the range makes it doubtful            | 200 | range    | range
            so does one at its condition                     | 200 | if-range | range
            whatever the status                              | 404 | range    | range
            a missing page, made without a look              | 404 | -        | 600
            no such range is never a page                    | 416 | -        | range
            a part is none                                   | 206 | range    | status
            """)
    @DisplayName("RFC 9110 section 14.2: whoever does not look at the range sends the whole")
    void assess_byDefault(String sentence, int status, @Nullable String read, String expected) {
        assertEquals(expected, outcome(CAREFUL, RANGED, status, read, "X-A: 1"), sentence);
    }

    @ParameterizedTest
    @CsvSource({"200, range, 600", "404, if-range, 600", "416, range, range"})
    @DisplayName("Where only Vary counts, a gateway reads every field")
    void assess_declaredInputs(int status, String read, String expected) {
        assertEquals(expected, outcome(DECLARED, RANGED, status, read, "X-A: 1"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            explicitly fresh                        | bytes 0-4/10    | max-age=60 | 60
            of a whole of unknown length            | bytes 0-4/*     | max-age=60 | 60
            without freshness                       | bytes 0-4/10    | public     | no-lifetime
            which is not to be stored               | bytes 0-4/10    | no-store   | no-store
            which is always to be validated         | bytes 0-4/10    | no-cache   | no-cache
            that does not say which it is           | bytes */10      | max-age=60 | status
            in another unit                         | lines 0-4/10    | max-age=60 | status
            """)
    @DisplayName("RFC 9111 section 3.3: a part is stored if it says which it is")
    void assess_part(String sentence, String contentRange, String cacheControl, String expected) {
        String[] lines = {"Content-Range: " + contentRange, "Cache-Control: " + cacheControl, "ETag: x"};
        assertEquals(expected, outcome(GENERAL, RANGED, 206, "range", lines), sentence);
        assertEquals("status", outcome(GENERAL, Lookup.PLAIN, 206, null, lines), "nobody asked for a part");
    }
}
