package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.engine.Step.Serve;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.InputsRead;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.PageWishes;
import dev.pagecache.policy.PolicyBuilder;
import dev.pagecache.policy.ResponseFacts;
import dev.pagecache.policy.StorePlan.Store;
import dev.pagecache.policy.TestRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stale pages that the application confirms (RFC 9111 section 4.3). */
final class ValidationTest {
    private static final PagePolicy DEFAULTS = PolicyBuilder.defaults();
    private static final TestRequest GET = TestRequest.get();
    private static final String MODIFIED = "Sun, 01 Mar 2026 12:00:00 GMT";

    private final TestEngine test = new TestEngine(TestEngine.LONG_WAIT);

    @AfterEach
    void engine_isSound() {
        test.assertSound();
    }

    private static ResponseFacts notModified(String... fields) {
        return new ResponseFacts(304, Fields.of(fields), InputsRead.NONE, PageWishes.NONE, false);
    }

    private static Serve freshen(Rendering rendering, String... fields) {
        return rendering.freshen(notModified(fields), Fields.of(fields));
    }

    private Rendering stale(String... fields) {
        test.store(GET, DEFAULTS, "body", fields);
        test.clock.advance(Duration.ofSeconds(61));
        return test.render(GET, DEFAULTS);
    }

    @Test
    void conditions_nothingStored_areNone() {
        Rendering rendering = test.render(GET, DEFAULTS);
        assertEquals(Fields.empty(), rendering.conditions());
        assertThrows(IllegalStateException.class, () -> freshen(rendering));
        test.answer(rendering, GET, "body");
    }

    @Test
    void freshen_sameLifetime_servesAndStoresThePageAgain() {
        Rendering rendering = stale("Cache-Control", "max-age=60", "ETag", "\"1\"", "X-A", "1");
        assertEquals(Fields.of("If-None-Match", "\"1\""), rendering.conditions());
        Serve serve = freshen(rendering, "X-A", "2");
        assertEquals(
                "pagecache; fwd=stale; fwd-status=304; stored", serve.status().toFieldValue("pagecache"));
        assertEquals(0, serve.ageMillis());
        Serve hit = test.serve(GET, DEFAULTS);
        assertEquals("body", TestEngine.body(hit));
        assertEquals("2", hit.page().fields().first("X-A"));
        assertEquals("\"1\"", hit.page().fields().first("ETag"));
        assertEquals("pagecache; hit; ttl=60", hit.status().toFieldValue("pagecache"));
    }

    @Test
    void freshen_otherLifetime_countsFromNow() {
        Rendering rendering = stale("Cache-Control", "max-age=60", "ETag", "\"1\"");
        freshen(rendering, "Cache-Control", "max-age=7", "Age", "2");
        assertEquals("pagecache; hit; ttl=5", test.serve(GET, DEFAULTS).status().toFieldValue("pagecache"));
    }

    @Test
    void freshen_pageWithTheCachesOwnTag_keepsItUnknownToTheApplication() {
        Rendering rendering = stale("Cache-Control", "max-age=60", "Last-Modified", "Sun, 01 Mar 2026 12:00:00 GMT");
        assertEquals("If-Modified-Since", rendering.conditions().name(0));
        freshen(rendering);
        assertTrue(test.serve(GET, DEFAULTS).page().traits().hasContentTag());
    }

    @Test
    void freshen_thatForbidsStoring_stillAnswers() {
        Rendering rendering = stale("Cache-Control", "max-age=60", "ETag", "\"1\"");
        test.released.incrementAndGet();
        Serve serve = freshen(rendering, "Cache-Control", "no-store");
        assertEquals("body", TestEngine.body(serve));
        assertEquals("no-store", serve.page().fields().first("Cache-Control"));
        assertEquals(
                "pagecache; fwd=bypass; fwd-status=304; detail=no-store",
                serve.status().toFieldValue("pagecache"));
        test.answer(test.render(GET, DEFAULTS), GET, "another");
    }

    @Test
    void noCache_whereItMayBeStored_isValidatedEachTime() {
        PagePolicy general = new PolicyBuilder().feature(Feature.NO_CACHE).build();
        test.store(GET, general, "body", "Cache-Control", "no-cache", "ETag", "\"1\"");
        for (int i = 0; i < 2; i++) {
            Rendering rendering = test.render(GET, general);
            assertEquals("\"1\"", rendering.conditions().first("If-None-Match"));
            assertEquals("body", TestEngine.body(freshen(rendering)));
        }
    }

    @Test
    void page_afterItsTimeForValidation_isGone() {
        test.store(GET, DEFAULTS, "body", "Cache-Control", "max-age=60", "ETag", "\"1\"");
        test.clock.advance(Duration.ofMinutes(11));
        Rendering rendering = test.render(GET, DEFAULTS);
        assertEquals(Fields.empty(), rendering.conditions());
        test.answer(rendering, GET, "body");
    }

    private static ResponseFacts tagged(String tag, String... fields) {
        PageWishes wishes = new PageWishes(false, null, List.of(), List.of(tag));
        return new ResponseFacts(200, Fields.of(fields), InputsRead.NONE, wishes, false);
    }

    /** Who confirms a page early does not come by what tags it. */
    @Test
    void freshen_taggedPage_keepsItsTags() {
        Rendering first = test.render(GET, DEFAULTS);
        ResponseFacts response = tagged("news", "Cache-Control", "max-age=60", "ETag", "\"1\"");
        Store plan = assertInstanceOf(Store.class, first.assess(response));
        first.store(first.seal(plan, 200, response.fields(), new byte[] {'a'}));
        test.clock.advance(Duration.ofSeconds(61));
        freshen(test.render(GET, DEFAULTS));
        assertEquals("a", TestEngine.body(test.serve(GET, DEFAULTS)));
        test.engine.revoke(List.of("tag:news"), null);
        test.answer(test.render(GET, DEFAULTS), GET, "b");
    }

    @Test
    void freshen_pageOfRevokedTag_isAnsweredAndNotStored() {
        Rendering first = test.render(GET, DEFAULTS);
        ResponseFacts response = tagged("news", "Cache-Control", "max-age=60", "ETag", "\"1\"");
        Store plan = assertInstanceOf(Store.class, first.assess(response));
        first.store(first.seal(plan, 200, response.fields(), new byte[] {'a'}));
        test.clock.advance(Duration.ofSeconds(61));
        Rendering rendering = test.render(GET, DEFAULTS);
        test.engine.revoke(List.of("tag:news"), null);
        test.released.incrementAndGet();
        assertEquals("a", TestEngine.body(freshen(rendering)));
        test.answer(test.render(GET, DEFAULTS), GET, "b");
    }

    /** RFC 9110 section 15.4.5: a 304 stands for a 200, and for nothing else. */
    @Test
    void conditions_storedError_areNone() {
        PagePolicy general = new PolicyBuilder().explicitStatuses().build();
        Rendering first = test.render(GET, general);
        Fields fields =
                Fields.of("Cache-Control", "max-age=60", "Last-Modified", "Sun, 01 Mar 2026 12:00:00 GMT", "ETag", "*");
        ResponseFacts response = new ResponseFacts(404, fields, InputsRead.NONE, PageWishes.NONE, false);
        Store plan = assertInstanceOf(Store.class, first.assess(response));
        first.store(first.seal(plan, 404, fields, new byte[] {'a'}));
        test.clock.advance(Duration.ofSeconds(61));
        Rendering rendering = test.render(GET, general);
        assertEquals(Fields.empty(), rendering.conditions());
        test.answer(rendering, GET, "found");
    }

    /** What browsers are told says nothing of how long the page may be stored here. */
    @Test
    void freshen_browserTimeout_isStoredForAsLongAsBefore() {
        PagePolicy policy = new PolicyBuilder().browserTimeout(Duration.ZERO).build();
        test.store(GET, policy, "body", "Cache-Control", "max-age=60", "ETag", "\"1\"");
        test.clock.advance(Duration.ofSeconds(61));
        Serve serve = freshen(test.render(GET, policy));
        assertEquals("max-age=0", serve.page().fields().first("Cache-Control"));
        assertEquals("pagecache; hit; ttl=60", test.serve(GET, policy).status().toFieldValue("pagecache"));
    }

    /** RFC 9111 section 4.3.4: a 304 with the validators of another representation freshens nothing. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', textBlock = """
            ETag,          "2"
            ETag,          W/"1"x
            Last-Modified, ~Sun, 01 Mar 2026 11:00:00 GMT~
            """)
    void freshen_validatorOfAnother_isAnsweredAndNotStored(String name, String value) {
        Rendering again = stale("Cache-Control", "max-age=60", name, name.equals("ETag") ? "\"1\"" : MODIFIED);
        test.released.incrementAndGet();
        assertEquals("body", TestEngine.body(freshen(again, name, value, "X-A", "of another")));
        test.answer(test.render(GET, DEFAULTS), GET, "another");
    }
}
