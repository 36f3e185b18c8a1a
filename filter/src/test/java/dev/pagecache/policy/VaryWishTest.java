package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.http.Fields;
import dev.pagecache.policy.RequestPlan.Lookup;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VaryWishTest {

    @ParameterizedTest
    @CsvSource({"*, vary-any", "A *, vary-any", "A B, 600"})
    @DisplayName("RFC 9111 section 4.1: a page that varies by anything is not stored, whoever said so")
    void assess_varyOfThePageItself_starRefuses(String names, String expected) {
        PageWishes wishes = new PageWishes(false, null, List.of(names.split(" ", -1)), List.of());
        ResponseFacts response = new ResponseFacts(200, Fields.empty(), InputsRead.NONE, wishes, false);
        PagePolicy policy = StoringSamples.policy(null, null, null, List.of());

        StorePlan plan = StoreRules.assess(response, Lookup.PLAIN, policy, StoringSamples.NOW);

        assertEquals(expected, StoringSamples.outcome(plan));
    }
}
