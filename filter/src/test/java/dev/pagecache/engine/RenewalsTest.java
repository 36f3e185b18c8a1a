package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.pagecache.engine.Step.Renew;
import dev.pagecache.engine.Step.Serve;
import dev.pagecache.entry.Page;
import dev.pagecache.http.CacheStatus;
import dev.pagecache.http.CacheStatus.Forward;
import dev.pagecache.policy.InvalidationRules;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PolicyBuilder;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.RequestRules;
import dev.pagecache.policy.TestRequest;
import dev.pagecache.store.Poll;
import dev.pagecache.store.RecordStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages within their stale-while-revalidate window: fresh for 600 s, then stale for 60 s. */
final class RenewalsTest {
    private static final PagePolicy POLICY =
            new PolicyBuilder().staleWhileRevalidate(Duration.ofMinutes(1)).build();
    private static final PagePolicy HONOR = new PolicyBuilder()
            .staleWhileRevalidate(Duration.ofMinutes(1))
            .honorDirectives()
            .build();
    private static final TestRequest GET = TestRequest.get();
    private static final TestRequest AUTHORIZED = GET.with("Authorization", "Basic YTpi");

    private TestEngine test = new TestEngine(TestEngine.LONG_WAIT);

    @AfterEach
    void engine_isSound() {
        test.assertSound();
    }

    private void storeAndLetGoStale(String... fields) {
        test.store(GET, POLICY, "old", fields);
        test.clock.advance(Duration.ofSeconds(610));
    }

    private void assertStale(Serve serve) {
        assertEquals("old", TestEngine.body(serve));
        assertEquals(CacheStatus.hit(-10), serve.status());
        assertEquals(610_000, serve.ageMillis());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("RFC 5861 section 3: all get the stale page, and one renews it, collapsed or not")
    void open_stale_isServedToAllAndRenewedByOne(boolean isCollapsed) {
        test = new TestEngine(isCollapsed ? TestEngine.LONG_WAIT : null);
        storeAndLetGoStale();
        Renew renew = test.renew(GET, POLICY);
        assertStale(renew.meanwhile());
        assertStale(test.serve(GET, POLICY));
        assertStale(test.serve(GET, POLICY));
        assertEquals(3, test.counters.staleHits());
        assertEquals(1, test.counters.renders());
        assertEquals(1, test.counters.renewals());
        test.answer(renew.rendering(), GET, "new");
        assertEquals(0, test.engine.flightsInAir());
        assertEquals("new", TestEngine.body(test.serve(GET, POLICY)));
        assertEquals(1, test.counters.hits());
    }

    @Test
    @DisplayName("RFC 9211 section 2.2: a stale page was found")
    void status_ofRenewal_isStale() {
        storeAndLetGoStale();
        Renew renew = test.renew(GET, POLICY);
        assertEquals(
                CacheStatus.forwarded(Forward.STALE, true, null),
                renew.rendering().status(true));
        test.answer(renew.rendering(), GET, "new");
    }

    @ParameterizedTest
    @CsvSource({"599, fresh", "600, stale", "659, stale", "660, over"})
    @DisplayName("RFC 5861 section 3: from the end of freshness to the end of the window, never after")
    void open_byAge(long ageSeconds, String expected) {
        test.store(GET, POLICY, "old");
        test.clock.advance(Duration.ofSeconds(ageSeconds));
        switch (expected) {
            case "fresh" -> test.serve(GET, POLICY);
            case "stale" -> test.answer(test.renew(GET, POLICY).rendering(), GET, "new");
            default -> test.answer(test.render(GET, POLICY), GET, "new");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max-age=600, must-revalidate, stale-while-revalidate=60",
                "max-age=600, proxy-revalidate, stale-while-revalidate=60",
                "s-maxage=600, stale-while-revalidate=60"
            })
    @DisplayName("RFC 9111 section 4.2.4: what forbids to serve stale forbids it here")
    void open_staleForbidden_renders(String cacheControl) {
        storeAndLetGoStale("Cache-Control", cacheControl);
        test.answer(test.render(GET, POLICY), GET, "new");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"SET_COOKIE", "INCOMPLETE", "STATUS"})
    void release_refused_staleIsServedAndRenewedWhenTheMarkIsOver(Reason reason) {
        test.store(GET, POLICY, "old", "Cache-Control", "max-age=600, stale-while-revalidate=600");
        test.clock.advance(Duration.ofSeconds(610));
        test.release(test.renew(GET, POLICY).rendering(), reason);
        assertStale(test.serve(GET, POLICY));
        test.clock.advance(Duration.ofSeconds(119));
        assertEquals("old", TestEngine.body(test.serve(GET, POLICY)));
        test.clock.advance(Duration.ofSeconds(1));
        test.answer(test.renew(GET, POLICY).rendering(), GET, "new");
    }

    @Test
    void release_error_isRenewedASecondLater() {
        storeAndLetGoStale();
        test.release(test.renew(GET, POLICY).rendering(), Reason.ERROR);
        assertStale(test.serve(GET, POLICY));
        test.clock.advance(Duration.ofSeconds(1));
        test.answer(test.renew(GET, POLICY).rendering(), GET, "new");
    }

    /** What the tail cannot do, a request with its client can. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void release_detached_nextOneRendersForItselfMeanwhileOthersGetStale(boolean isCollapsed) {
        test = new TestEngine(isCollapsed ? TestEngine.LONG_WAIT : null);
        storeAndLetGoStale();
        test.release(test.renew(GET, POLICY).rendering(), Reason.DETACHED);
        Rendering own = test.render(GET, POLICY);
        assertStale(test.serve(GET, POLICY));
        test.answer(own, GET, "new");
        assertEquals("new", TestEngine.body(test.serve(GET, POLICY)));
        test.clock.advance(Duration.ofSeconds(610));
        test.answer(test.render(GET, POLICY), GET, "newer");
    }

    @ParameterizedTest
    @CsvSource({"HEAD, X, 1", "GET, Range, bytes=0-1"})
    @DisplayName("RFC 9110 sections 9.3.2 and 14.2: whose render is not stored gets the stale page and renews nothing")
    void open_notStored_isServedStaleWithoutRenewal(String method, String name, String value) {
        storeAndLetGoStale();
        assertStale(test.serve(GET.withMethod(method).with(name, value), POLICY));
        assertEquals(0, test.engine.flightsInAir());
        test.answer(test.renew(GET, POLICY).rendering(), GET, "new");
    }

    @Test
    void open_honouredNoStore_isServedStaleWithoutRenewal() {
        storeAndLetGoStale();
        assertStale(test.serve(GET.with("Cache-Control", "no-store"), HONOR));
        assertEquals(0, test.counters.renewals());
    }

    @Test
    void open_condition_renews() {
        storeAndLetGoStale();
        TestRequest conditional = GET.with("If-None-Match", "\"x\"");
        test.answer(test.renew(conditional, POLICY).rendering(), conditional, "new");
    }

    @Test
    @DisplayName("RFC 9111 section 5.2.1: a client that wants no stale page gets none")
    void open_directiveForbidsStale_renders() {
        storeAndLetGoStale();
        TestRequest strict = GET.with("Cache-Control", "max-age=9999");
        test.answer(test.render(strict, HONOR), strict, "new");
    }

    @Test
    @DisplayName("RFC 9111 section 3.5: requests with Authorization renew what all may have")
    void open_authorized_renews() {
        storeAndLetGoStale("Cache-Control", "public, max-age=600");
        Renew renew = test.renew(AUTHORIZED, POLICY);
        assertStale(renew.meanwhile());
        assertStale(test.serve(GET, POLICY));
        test.answer(renew.rendering(), AUTHORIZED, "new", "Cache-Control", "public");
        assertEquals("new", TestEngine.body(test.serve(GET, POLICY)));
    }

    /** Wrong credentials must not keep a page stale for the others. */
    @Test
    void release_authorizedRefused_othersRenew() {
        storeAndLetGoStale("Cache-Control", "public, max-age=600");
        test.release(test.renew(AUTHORIZED, POLICY).rendering(), Reason.STATUS);
        assertStale(test.serve(AUTHORIZED, POLICY));
        TestRequest other = GET.with("Authorization", "other");
        test.release(test.renew(other, POLICY).rendering(), Reason.STATUS);
        test.answer(test.renew(GET, POLICY).rendering(), GET, "new");
    }

    @Test
    @DisplayName("RFC 9111 section 3.5: a page that may not be shared renews for nobody with credentials")
    void open_authorizedAndNotShareable_renders() {
        storeAndLetGoStale();
        assertNull(test.answer(test.render(AUTHORIZED, POLICY), AUTHORIZED, "own"));
    }

    /** T1 a page is found stale, T2 another renewal lands, T3 this one boards and looks again. */
    @Test
    void open_renewedBetweenLookAndBoarding_isServedFresh() {
        storeAndLetGoStale();
        Page stale = assertInstanceOf(Page.class, test.memory.get(RequestRules.key(GET, POLICY)));
        test.answer(test.renew(GET, POLICY).rendering(), GET, "new");
        RecordStore late = mock(RecordStore.class);
        when(late.get(any())).thenReturn(stale);
        when(late.peek(any())).thenAnswer(call -> test.memory.get(call.getArgument(0)));
        TestEngine own = new TestEngine(late, test.clock);
        assertEquals("new", TestEngine.body(own.serve(GET, POLICY)));
        assertEquals(1, own.counters.hits());
        own.assertSound();
    }

    @Test
    void open_storeThrowsAtTheRenewer_landsTheFlight() {
        storeAndLetGoStale();
        Page stale = assertInstanceOf(Page.class, test.memory.get(RequestRules.key(GET, POLICY)));
        RecordStore broken = mock(RecordStore.class);
        when(broken.get(any())).thenReturn(stale);
        when(broken.peek(any())).thenThrow(new IllegalStateException("closed"));
        TestEngine own = new TestEngine(broken, test.clock);
        assertThrows(IllegalStateException.class, () -> own.open(GET, POLICY));
        assertEquals(0, own.engine.flightsInAir());
    }

    /** A request that comes when the window is over finds the render in the air. */
    @Test
    void open_windowIsOverMeanwhile_waitsForTheRenewal() throws Exception {
        storeAndLetGoStale("Cache-Control", "max-age=600, stale-if-error=600");
        Renew renew = test.renew(GET, POLICY);
        test.clock.advance(Duration.ofSeconds(60));
        AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
        CompletableFuture<Step> follower = CompletableFuture.supplyAsync(() -> {
            thread.set(Thread.currentThread());
            return test.open(GET, POLICY);
        });
        Poll.until("the request waits", () -> {
            Thread waiting = thread.get();
            return follower.isDone() || (waiting != null && waiting.getState() == Thread.State.TIMED_WAITING);
        });
        test.answer(renew.rendering(), GET, "new");
        Serve serve = assertInstanceOf(Serve.class, follower.get(60, TimeUnit.SECONDS));
        assertEquals(CacheStatus.collapsed(Forward.STALE, 600), serve.status());
    }

    /** A page that was rendered for a request without one makes nobody renew another time. */
    @Test
    void open_staleWhileSomebodyRenders_isServedWithoutRenewal() {
        storeAndLetGoStale();
        Page stale = assertInstanceOf(Page.class, test.memory.get(RequestRules.key(GET, POLICY)));
        RecordStore remote = mock(RecordStore.class);
        TestEngine own = new TestEngine(remote, test.clock);
        Rendering leader = own.render(GET, POLICY);
        when(remote.get(any())).thenReturn(stale);
        assertStale(own.serve(GET, POLICY));
        own.answer(leader, GET, "new");
        own.assertSound();
    }

    /** A client that never reads must not keep the page stale for all others as long as its window is. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void open_whileTheRenewersClientReads_nextOneRenewsASecondLater(boolean isCollapsed) {
        test = new TestEngine(isCollapsed ? TestEngine.LONG_WAIT : null);
        storeAndLetGoStale();
        Rendering slow = test.renewLater(GET, POLICY).rendering();
        assertEquals(0, test.engine.flightsInAir());
        test.clock.advance(Duration.ofMillis(999));
        assertEquals("old", TestEngine.body(test.serve(GET, POLICY)));
        test.clock.advance(Duration.ofMillis(1));
        Renew next = test.renew(GET, POLICY);
        assertEquals("old", TestEngine.body(test.serve(GET, POLICY)));
        assertFalse(slow.begin());
        test.answer(next.rendering(), GET, "new");
        assertEquals(1, test.counters.renewals());
        assertEquals("new", TestEngine.body(test.serve(GET, POLICY)));
    }

    /** Once it renders, a second more is nobody's business: pages may take long. */
    @Test
    void open_whileTheRenewerRenders_nobodyElseDoes() {
        storeAndLetGoStale();
        Rendering renewal = test.renew(GET, POLICY).rendering();
        test.clock.advance(Duration.ofSeconds(30));
        assertEquals("old", TestEngine.body(test.serve(GET, POLICY)));
        test.answer(renewal, GET, "new");
    }

    /** Where every client is slow, the first one that has the page renews it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void begin_whileTheNextRenewersClientReads_isTheFirstToHaveThePage(boolean isCollapsed) {
        test = new TestEngine(isCollapsed ? TestEngine.LONG_WAIT : null);
        storeAndLetGoStale("Cache-Control", "public, max-age=600");
        Rendering first = test.renewLater(GET, POLICY).rendering();
        test.clock.advance(Duration.ofSeconds(1));
        Rendering second = test.renewLater(AUTHORIZED, POLICY).rendering();
        test.clock.advance(Duration.ofSeconds(1));
        Rendering third = test.renewLater(GET, POLICY).rendering();
        assertTrue(second.begin());
        assertFalse(first.begin());
        assertFalse(third.begin());
        test.answer(second, AUTHORIZED, "new", "Cache-Control", "public");
        assertEquals("new", TestEngine.body(test.serve(GET, POLICY)));
    }

    /** Who comes last of all finds the page renewed, and leaves it. */
    @Test
    void begin_renewedMeanwhile_rendersNothing() {
        storeAndLetGoStale();
        Rendering slow = test.renewLater(GET, POLICY).rendering();
        test.clock.advance(Duration.ofSeconds(1));
        test.answer(test.renew(GET, POLICY).rendering(), GET, "new");
        assertFalse(slow.begin());
        assertEquals(0, test.engine.flightsInAir());
        assertEquals(1, test.counters.renewals());
    }

    /** Memory may have let the page go while its client read, or have read it anew: it is the same stale page. */
    @Test
    void begin_pageIsNoLongerInMemory_renders() {
        storeAndLetGoStale();
        Rendering slow = test.renewLater(GET, POLICY).rendering();
        test.memory.remove(RequestRules.key(GET, POLICY));
        assertTrue(slow.begin());
        test.answer(slow, GET, "new");
    }

    /** What was revoked while the client read is no reason against what is rendered after that. */
    @Test
    void begin_revokedWhileItsClientRead_storesWhatItRenders() {
        storeAndLetGoStale();
        Rendering slow = test.renewLater(GET, POLICY).rendering();
        test.ledger.raise(List.of(InvalidationRules.urlName(GET, POLICY)));
        assertTrue(slow.begin());
        test.answer(slow, GET, "new");
        assertEquals("new", TestEngine.body(test.serve(GET, POLICY)));
    }

    /** Nobody waits for a client of another: who has no page that serves renders. */
    @Test
    void open_windowIsOverWhileTheRenewersClientReads_rendersAtOnce() {
        storeAndLetGoStale();
        Rendering slow = test.renewLater(GET, POLICY).rendering();
        test.clock.advance(Duration.ofSeconds(60));
        Rendering own = test.render(GET, POLICY);
        assertFalse(slow.begin());
        test.answer(own, GET, "new");
        assertEquals("new", TestEngine.body(test.serve(GET, POLICY)));
    }

    @Test
    void open_variants_areRenewedApart() {
        TestRequest one = GET.with("X", "1");
        test.store(GET, POLICY, "absent", "Vary", "X");
        test.store(one, POLICY, "one", "Vary", "X");
        test.clock.advance(Duration.ofSeconds(610));
        Renew first = test.renew(GET, POLICY);
        Renew second = test.renew(one, POLICY);
        assertEquals("one", TestEngine.body(second.meanwhile()));
        test.answer(first.rendering(), GET, "new absent", "Vary", "X");
        test.answer(second.rendering(), one, "new one", "Vary", "X");
        assertEquals("new one", TestEngine.body(test.serve(one, POLICY)));
    }
}
