package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pagecache.http.NoVarySearch;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.PolicyBuilder;
import dev.pagecache.policy.TestRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KnownSearchesTest {
    private static final PagePolicy GENERAL =
            new PolicyBuilder().feature(Feature.NO_VARY_SEARCH).build();
    private static final NoVarySearch RULE = NoVarySearch.parse(List.of("params"));

    private final KnownSearches searches = new KnownSearches();

    private void fill() {
        for (int i = 0; i < KnownSearches.MAX_PATHS; i++) {
            searches.learn(TestRequest.get("/" + i), GENERAL, RULE);
        }
    }

    @Test
    void learn_knownPathWhenFull_keepsAllOthers() {
        fill();
        searches.learn(TestRequest.get("/0"), GENERAL, NoVarySearch.parse(List.of("key-order")));
        assertEquals(RULE, searches.of(TestRequest.get("/1"), GENERAL));
    }

    @Test
    void learn_newPathWhenFull_forgetsTheOthers() {
        fill();
        searches.learn(TestRequest.get("/new"), GENERAL, RULE);
        assertNotNull(searches.of(TestRequest.get("/new"), GENERAL));
        assertNull(searches.of(TestRequest.get("/1"), GENERAL));
    }

    /** A thousand long paths would take what a small memory for pages does. */
    @Test
    void learn_longPaths_areBoundedByTheirBytes() {
        String path = "/" + "x".repeat(8_000);
        int keyBytes = 2 * path.length();
        int room = KnownSearches.MAX_BYTES / keyBytes - 1;
        for (int i = 0; i < room; i++) {
            searches.learn(TestRequest.get(path + i), GENERAL, RULE);
            searches.learn(TestRequest.get(path + "gone"), GENERAL, RULE);
            searches.learn(TestRequest.get(path + "gone"), GENERAL, null);
            searches.learn(TestRequest.get(path + "gone"), GENERAL, null);
        }
        assertEquals(RULE, searches.of(TestRequest.get(path + 0), GENERAL));
        for (int i = 0; i < 2; i++) {
            searches.learn(TestRequest.get(path + "more" + i), GENERAL, RULE);
        }
        assertNull(searches.of(TestRequest.get(path + 0), GENERAL));
        assertEquals(RULE, searches.of(TestRequest.get(path + "more1"), GENERAL));
    }

    @Test
    void of_withoutTheFeature_isNone() {
        searches.learn(TestRequest.get("/p"), GENERAL, RULE);
        assertNull(searches.of(TestRequest.get("/p"), PolicyBuilder.defaults()));
    }
}
