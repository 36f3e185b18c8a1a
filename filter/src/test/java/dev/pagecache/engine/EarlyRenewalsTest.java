package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pagecache.engine.Step.Renew;
import dev.pagecache.engine.Step.Serve;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PolicyBuilder;
import dev.pagecache.policy.PurgeRules;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.TestRequest;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fresh pages that are renewed behind their answers: to be refreshed, or by chance before their end. */
final class EarlyRenewalsTest {
    private static final PagePolicy PLAIN =
            new PolicyBuilder().tags("news").honorDirectives().build();
    private static final PagePolicy EARLY = new PolicyBuilder().earlyRenewal(10).build();
    private static final TestRequest GET = TestRequest.get("/a/page");
    private static final TestRequest OTHER = TestRequest.get("/a/other");

    /** What the next random numbers are. */
    private double draw = 0.999;

    private int draws;
    private TestEngine test = TestEngine.drawing(this::next, TestEngine.LONG_WAIT);

    private Runnable beforeDraw = () -> {};

    private double next() {
        draws++;
        beforeDraw.run();
        beforeDraw = () -> {};
        return draw;
    }

    @AfterEach
    void engine_isSound() {
        test.assertSound();
    }

    private void refresh() {
        test.engine.revoke(PurgeRules.refreshing(PurgeRules.all(PLAIN)), null);
        // A page is not raised in the instant in which a token was taken.
        test.clock.advance(Duration.ofSeconds(1));
    }

    private static String status(Serve serve) {
        return serve.status().toFieldValue("c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"url:http://example.com:80/a/page", "tag:news", "path:/a", "all:", "*"})
    void refresh_nextRequest_renewsBehindAFreshAnswer(String name) {
        test.store(GET, PLAIN, "old");
        test.clock.advance(Duration.ofSeconds(100));
        test.engine.revoke(PurgeRules.refreshing(Set.of(name)), null);
        Renew renew = test.renew(GET, PLAIN);
        assertEquals("old", TestEngine.body(renew.meanwhile()));
        assertEquals("c; hit; ttl=500", status(renew.meanwhile()));
        test.clock.advance(Duration.ofSeconds(1));
        assertEquals("c; hit; ttl=499", status(test.serve(GET, PLAIN)), "one at a time");
        test.answer(renew.rendering(), GET, "new");
        assertEquals("new", TestEngine.body(test.serve(GET, PLAIN)));
        test.clock.advance(Duration.ofSeconds(1));
        assertEquals("new", TestEngine.body(test.serve(GET, PLAIN)), "and once only");
        assertEquals(1, test.counters.renewals());
        assertEquals(0, test.counters.staleHits());
    }

    @Test
    void refresh_otherNames_renewNothing() {
        test.store(GET, PLAIN, "old");
        test.engine.revoke(PurgeRules.refreshing(Set.of("path:/b", "tag:new", "all:other")), null);
        test.serve(GET, PLAIN);
    }

    @Test
    void refresh_bucketEmpty_servesThePageAsItIs() {
        test.store(GET, PLAIN, "old");
        test.store(OTHER, PLAIN, "old");
        refresh();
        Rendering first = test.renew(GET, PLAIN).rendering();
        assertEquals("c; hit; ttl=599", status(test.serve(OTHER, PLAIN)));
        test.clock.advance(Duration.ofMillis(99));
        test.serve(OTHER, PLAIN);
        test.clock.advance(Duration.ofMillis(1));
        Rendering second = test.renew(OTHER, PLAIN).rendering();
        test.answer(first, GET, "new");
        test.answer(second, OTHER, "new");
    }

    /** A page that is being renewed, or could not be, is asked for often: it must not take the turns of others. */
    @Test
    void refresh_pageUnderWayOrFailed_takesNoTurnFromOthers() {
        test.store(GET, PLAIN, "old");
        test.store(OTHER, PLAIN, "old");
        refresh();
        Rendering first = test.renew(GET, PLAIN).rendering();
        test.clock.advance(Duration.ofMillis(100));
        test.serve(GET, PLAIN);
        test.answer(test.renew(OTHER, PLAIN).rendering(), OTHER, "new");
        test.release(first, Reason.SET_COOKIE);
        refresh();
        test.serve(GET, PLAIN);
        test.answer(test.renew(OTHER, PLAIN).rendering(), OTHER, "newer");
    }

    @Test
    void refresh_failedRenewal_isTriedAgainLater() {
        test.store(GET, PLAIN, "old");
        refresh();
        test.release(test.renew(GET, PLAIN).rendering(), Reason.ERROR);
        test.serve(GET, PLAIN);
        test.clock.advance(Duration.ofMillis(1001));
        test.answer(test.renew(GET, PLAIN).rendering(), GET, "new");
    }

    @Test
    void refresh_afterItsLifetime_isNoLongerServed() {
        test.store(GET, PLAIN, "old");
        refresh();
        test.clock.advance(Duration.ofMinutes(10));
        test.answer(test.render(GET, PLAIN), GET, "new");
    }

    @Test
    void refresh_raisedWhileRendering_isDoneAgain() {
        Rendering rendering = test.render(GET, PLAIN);
        refresh();
        test.answer(rendering, GET, "old");
        test.answer(test.renew(GET, PLAIN).rendering(), GET, "new");
        test.clock.advance(Duration.ofSeconds(1));
        assertEquals("new", TestEngine.body(test.serve(GET, PLAIN)));
    }

    @Test
    void refresh_pagePurgedToo_isGone() {
        test.store(GET, PLAIN, "old");
        refresh();
        test.engine.revoke(PurgeRules.all(PLAIN), null);
        test.answer(test.render(GET, PLAIN), GET, "new");
    }

    @Test
    void refresh_headAndRange_renewNothing() {
        test.store(GET, PLAIN, "old");
        refresh();
        test.serve(GET.withMethod("HEAD"), PLAIN);
        test.serve(GET.with("Range", "bytes=0-1"), PLAIN);
        test.answer(test.renew(GET, PLAIN).rendering(), GET, "new");
    }

    @Test
    void refresh_onlyIfCached_isAnsweredAndRenews() {
        test.store(GET, PLAIN, "old");
        refresh();
        Renew renew = test.renew(GET.with("Cache-Control", "only-if-cached"), PLAIN);
        test.answer(renew.rendering(), GET, "new");
    }

    /** It cannot be rendered behind an answer: one client waits for it, the others get it as it is. */
    @Test
    void refresh_pageThatNeedsItsClient_isRenderedByOne() {
        test.store(GET, PLAIN, "old");
        refresh();
        test.release(test.renew(GET, PLAIN).rendering(), Reason.DETACHED);
        test.clock.advance(Duration.ofSeconds(1));
        Rendering waited = test.render(GET, PLAIN);
        assertEquals("c; fwd=stale; stored", waited.status(true).toFieldValue("c"));
        test.clock.advance(Duration.ofSeconds(1));
        test.serve(GET, PLAIN);
        Serve instead = assertInstanceOf(Serve.class, waited.fallback(503));
        assertEquals("old", TestEngine.body(instead));
        test.asked.incrementAndGet();
        test.release(waited, Reason.ERROR);
    }

    @Test
    void refresh_withoutCollapsing_renewsOneAtATime() {
        test = TestEngine.drawing(this::next, null);
        test.store(GET, PLAIN, "old");
        refresh();
        Rendering rendering = test.renew(GET, PLAIN).rendering();
        test.clock.advance(Duration.ofSeconds(1));
        test.serve(GET, PLAIN);
        test.answer(rendering, GET, "new");
    }

    @ParameterizedTest(name = "after {0} s with {1} drawn")
    @CsvSource({
        "0,   0,     false",
        "539, 0,     false",
        "540, 0,     false",
        "541, 0,     true",
        "541, 0.017, false",
        "570, 0.499, true",
        "570, 0.5,   false",
        "599, 0.98,  true",
        "599, 0.99,  false"
    })
    void early_byChance_renewsBehindAFreshAnswer(int seconds, double drawn, boolean isRenewed) {
        test.store(GET, EARLY, "old");
        test.clock.advance(Duration.ofSeconds(seconds));
        draw = drawn;
        if (!isRenewed) {
            test.serve(GET, EARLY);
            return;
        }
        Renew renew = test.renew(GET, EARLY);
        assertEquals("c; hit; ttl=" + (600 - seconds), status(renew.meanwhile()));
        test.serve(GET, EARLY);
        test.answer(renew.rendering(), GET, "new");
        assertEquals("c; hit; ttl=600", status(test.serve(GET, EARLY)));
    }

    @Test
    void early_switchedOff_drawsNothing() {
        test.store(GET, PLAIN, "old");
        test.clock.advance(Duration.ofSeconds(599));
        draw = 0;
        test.serve(GET, PLAIN);
        test.store(OTHER, EARLY, "old");
        test.serve(OTHER, EARLY);
        assertEquals(0, draws);
    }

    @Test
    void early_pageNotStorable_isServedToItsEnd() {
        test.store(GET, EARLY, "old");
        test.clock.advance(Duration.ofSeconds(590));
        draw = 0;
        assertNull(test.answer(test.renew(GET, EARLY).rendering(), GET, "mine", "Set-Cookie", "a=b"));
        assertEquals("old", TestEngine.body(test.serve(GET, EARLY)));
    }

    /** T1 finds the page at the end of its time, T2 has renewed it, T1 may begin: it takes what T2 has made. */
    @Test
    void early_renewedMeanwhile_isServedInPlaceOfTheOldOne() {
        test.store(GET, EARLY, "old");
        test.clock.advance(Duration.ofSeconds(590));
        draw = 0;
        Rendering other = test.renew(GET, EARLY).rendering();
        beforeDraw = () -> test.answer(other, GET, "new");
        Serve serve = test.serve(GET, EARLY);
        assertEquals("new", TestEngine.body(serve));
        assertEquals("c; hit; ttl=600", status(serve));
    }
}
