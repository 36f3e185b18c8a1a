package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.policy.RequestPlan.Lookup;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MustUnderstandTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | max-age=60, must-understand           | 60
            404 | max-age=60, must-understand           | 60
            503 | max-age=60, must-understand           | 60
            299 | max-age=60                            | 60
            299 | max-age=60, must-understand           | status
            499 | max-age=60, Must-Understand           | status
            299 | max-age=60, no-store, must-understand | no-store
            200 | max-age=60, no-store, must-understand | no-store
            """)
    @DisplayName("RFC 9111 section 3: must-understand forbids storing a status that is not understood")
    void assess_mustUnderstand_storesKnownStatusesOnly(int status, String cacheControl, String expected) {
        PagePolicy policy = StoringSamples.policy(null, null, null, List.of());
        ResponseFacts response = StoringSamples.response(status, "Cache-Control: " + cacheControl);

        StorePlan plan = StoreRules.assess(response, Lookup.PLAIN, policy, StoringSamples.NOW);

        assertEquals(expected, StoringSamples.outcome(plan));
    }
}
