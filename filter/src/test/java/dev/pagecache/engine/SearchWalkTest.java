package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.PolicyBuilder;
import dev.pagecache.policy.TestRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pages that say which differences of the query do not matter (draft-ietf-httpbis-no-vary-search). */
final class SearchWalkTest {
    private static final PagePolicy GENERAL =
            new PolicyBuilder().feature(Feature.NO_VARY_SEARCH).build();
    private static final String[] IGNORING_U = {"No-Vary-Search", "params=(\"u\")"};

    private final TestEngine test = new TestEngine(TestEngine.LONG_WAIT);

    @AfterEach
    void engine_isSound() {
        test.assertSound();
    }

    private static TestRequest query(String query) {
        return TestRequest.get().withQuery(query);
    }

    @Test
    @DisplayName("Browsers share nothing: what a page tells them must not let one client write another one's page")
    void query_byDefault_countsWhateverThePageSays() {
        PagePolicy defaults = PolicyBuilder.defaults();
        test.store(query("a=1&u=evil"), defaults, "evil", IGNORING_U);
        test.answer(test.render(query("a=1&u=2"), defaults), query("a=1&u=2"), "good", IGNORING_U);
        assertEquals("good", TestEngine.body(test.serve(query("a=1&u=2"), defaults)));
        assertEquals("evil", TestEngine.body(test.serve(query("a=1&u=evil"), defaults)));
    }

    @Test
    void query_whereThePagesWordCounts_isComparedByIt() {
        test.store(query("a=1&u=1"), GENERAL, "one", IGNORING_U);
        assertEquals("one", TestEngine.body(test.serve(query("a=1&u=2"), GENERAL)));
        test.answer(test.render(query("a=2&u=1"), GENERAL), query("a=2&u=1"), "two", IGNORING_U);
        assertEquals("two", TestEngine.body(test.serve(query("u=9&a=2"), GENERAL)));
    }

    @Test
    @DisplayName("A page of the path that says otherwise answers its own query only")
    void query_pagesOfOtherRules_doNotAnswerEachOther() {
        test.store(query("a=1&u=1"), GENERAL, "one", IGNORING_U);
        test.answer(test.render(query("b=1&u=1"), GENERAL), query("b=1&u=1"), "plain");
        test.answer(test.render(query("b=1&u=2"), GENERAL), query("b=1&u=2"), "another");
        assertEquals("plain", TestEngine.body(test.serve(query("b=1&u=1"), GENERAL)));
    }

    @Test
    @DisplayName("RFC 9111 section 4.4: a page is dead for all who would get it")
    void query_revoked_isRevokedForThoseWhoShareThePage() {
        test.store(query("a=1&u=1"), GENERAL, "one", IGNORING_U);
        test.engine.revoke(List.of("url:http://example.com:80/page?a=1&u=2"), null);
        test.answer(test.render(query("a=1&u=2"), GENERAL), query("a=1&u=2"), "two", IGNORING_U);
        assertEquals("two", TestEngine.body(test.serve(query("a=1&u=1"), GENERAL)));
    }
}
