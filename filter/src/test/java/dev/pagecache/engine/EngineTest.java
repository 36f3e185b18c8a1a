package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.pagecache.engine.Step.Bypass;
import dev.pagecache.engine.Step.Serve;
import dev.pagecache.engine.Step.Unsatisfiable;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.VaryIndex;
import dev.pagecache.http.CacheStatus;
import dev.pagecache.http.CacheStatus.Forward;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.InputsRead;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PageWishes;
import dev.pagecache.policy.PolicyBuilder;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.RequestRules;
import dev.pagecache.policy.ResponseFacts;
import dev.pagecache.policy.StorePlan.Refuse;
import dev.pagecache.policy.StorePlan.Store;
import dev.pagecache.policy.TestRequest;
import dev.pagecache.store.RecordStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The walk of one request after another. */
final class EngineTest {
    private static final PagePolicy DEFAULTS = PolicyBuilder.defaults();
    private static final PagePolicy HONOR =
            new PolicyBuilder().honorDirectives().build();
    private static final TestRequest GET = TestRequest.get();

    private final TestEngine test = new TestEngine(TestEngine.LONG_WAIT);

    @AfterEach
    void engine_isSound() {
        test.assertSound();
    }

    @Test
    void open_storedPage_isServed() {
        Page page = test.store(GET, DEFAULTS, "body");
        test.clock.advance(Duration.ofMillis(7_500));
        Serve serve = test.serve(GET, DEFAULTS);
        assertSame(page, serve.page());
        assertEquals(7_500, serve.ageMillis());
        assertEquals(CacheStatus.hit(593), serve.status());
        assertEquals(1, test.counters.hits());
        assertEquals(1, test.counters.renders());
    }

    @Test
    @DisplayName("RFC 9111 section 4.2.3: a wall clock that jumps makes no page older or younger")
    void open_wallClockJumps_ageStays() {
        test.store(GET, DEFAULTS, "body");
        test.clock.jumpWall(Duration.ofDays(-400));
        assertEquals(0, test.serve(GET, DEFAULTS).ageMillis());
        test.clock.jumpWall(Duration.ofDays(800));
        assertEquals(0, test.serve(GET, DEFAULTS).ageMillis());
    }

    @Test
    @DisplayName("RFC 9111 section 5.1: a page that came with an age goes on from it")
    void open_relayedPage_isOlder() {
        test.store(GET, DEFAULTS, "body", "Cache-Control", "max-age=60", "Age", "50");
        test.clock.advance(Duration.ofSeconds(5));
        Serve serve = test.serve(GET, DEFAULTS);
        assertEquals(55_000, serve.ageMillis());
        assertEquals(CacheStatus.hit(5), serve.status());
        test.clock.advance(Duration.ofSeconds(5));
        test.answer(test.render(GET, DEFAULTS), GET, "new");
    }

    @ParameterizedTest
    @CsvSource({"POST, METHOD", "get, METHOD"})
    void open_bypass_isCountedByItsReason(String method, Reason reason) {
        assertEquals(new Bypass(reason), test.open(GET.withMethod(method), DEFAULTS));
        assertEquals(1, test.counters.refusals(reason));
        assertEquals(0, test.counters.renders());
    }

    @Test
    void bypass_ofTheEdge_isCounted() {
        Counters counters = new Counters();
        counters.bypass(Reason.NOT_ANNOTATED);
        assertEquals(1, counters.refusals(Reason.NOT_ANNOTATED));
        assertEquals(0, counters.refusals(Reason.METHOD));
    }

    @Test
    void status_ofRender_saysWhy() {
        Rendering first = test.render(GET, DEFAULTS);
        assertEquals(CacheStatus.forwarded(Forward.URI_MISS, true, null), first.status(true));
        assertEquals(CacheStatus.forwarded(Forward.URI_MISS, false, null), first.status(false));
        test.answer(first, GET, "a", "Vary", "X");
        TestRequest other = GET.with("X", "1");
        Rendering second = test.render(other, DEFAULTS);
        assertEquals(CacheStatus.forwarded(Forward.VARY_MISS, true, null), second.status(true));
        test.answer(second, other, "b", "Vary", "X");
        test.clock.advance(Duration.ofMinutes(10));
        Rendering third = test.render(other, DEFAULTS);
        test.answer(third, other, "c", "Vary", "X");
        assertEquals(CacheStatus.forwarded(Forward.BYPASS, false, "set-cookie"), Rendering.status(Reason.SET_COOKIE));
        assertSame(DEFAULTS, third.policy());
        assertNull(third.notStored());
    }

    @Test
    @DisplayName("RFC 9211 section 2.2: a stale page was found")
    void status_ofRenderForStalePage_isStale() {
        PagePolicy covering =
                new PolicyBuilder().staleIfError(Duration.ofMinutes(1)).build();
        test.store(GET, covering, "body");
        test.clock.advance(Duration.ofSeconds(630));
        Rendering rendering = test.render(GET, covering);
        assertEquals(CacheStatus.forwarded(Forward.STALE, true, null), rendering.status(true));
        test.answer(rendering, GET, "new");
    }

    @Test
    @DisplayName("RFC 9110 section 9.3.2: HEAD is answered from a GET's page and fills none")
    void open_head() {
        Rendering head = test.render(TestRequest.head(), DEFAULTS);
        assertEquals(Reason.HEAD, head.notStored());
        assertNull(test.answer(head, TestRequest.head(), ""));
        assertEquals(0, test.memory.size());
        test.store(GET, DEFAULTS, "body");
        assertEquals("body", TestEngine.body(test.serve(TestRequest.head(), DEFAULTS)));
    }

    @Test
    void open_headWhileGetRenders_doesNotWait() {
        Rendering leader = test.render(GET, DEFAULTS);
        assertNull(test.answer(test.render(TestRequest.head(), DEFAULTS), TestRequest.head(), ""));
        test.answer(leader, GET, "body");
    }

    @Test
    @DisplayName("RFC 9111 section 3.5: requests with Authorization wait for nobody and get only shareable pages")
    void open_authorized() {
        TestRequest authorized = GET.with("Authorization", "Basic YTpi");
        Rendering leader = test.render(GET, DEFAULTS);
        assertNull(test.answer(test.render(authorized, DEFAULTS), authorized, "secret"));
        assertEquals(1, test.counters.refusals(Reason.AUTHORIZATION));
        test.answer(leader, GET, "anonymous");
        Rendering own = test.render(authorized, DEFAULTS);
        assertEquals(CacheStatus.forwarded(Forward.BYPASS, true, null), own.status(true));
        assertNull(test.answer(own, authorized, "secret"));
        assertEquals("anonymous", TestEngine.body(test.serve(GET, DEFAULTS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "must-revalidate", "s-maxage=60"})
    @DisplayName("RFC 9111 section 3.5: a page that says so is shared")
    void open_authorizedShareable_isServedToAll(String cacheControl) {
        TestRequest authorized = GET.with("Authorization", "Basic YTpi");
        test.store(authorized, DEFAULTS, "shared", "Cache-Control", cacheControl);
        assertEquals("shared", TestEngine.body(test.serve(GET, DEFAULTS)));
        assertEquals("shared", TestEngine.body(test.serve(authorized.with("Authorization", "x"), DEFAULTS)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "-", textBlock = """
            nothing stored,                     -,      0
            a fresh page that is too old,       0,      1
            a page that has gone stale,         600,    600
            """)
    @DisplayName("RFC 9111 section 5.2.1.7: only-if-cached")
    void open_onlyIfCached_isUnsatisfiable(String sentence, @Nullable Long maxAge, long ageSeconds) {
        if (maxAge != null) {
            test.store(GET, HONOR, "body");
        }
        test.clock.advance(Duration.ofSeconds(ageSeconds));
        String directives = "only-if-cached" + (maxAge == null ? "" : ", max-age=" + maxAge);
        assertEquals(new Unsatisfiable(), test.open(GET.with("Cache-Control", directives), HONOR), sentence);
    }

    @Test
    void open_onlyIfCachedWithPage_isServed() {
        test.store(GET, HONOR, "body");
        assertEquals("body", TestEngine.body(test.serve(GET.with("Cache-Control", "only-if-cached"), HONOR)));
    }

    @Test
    @DisplayName("RFC 9111 section 5.2.1.4: no-cache renews the page, and makes nobody wait")
    void open_requestNoCache_renders() {
        test.store(GET, HONOR, "old");
        TestRequest reload = GET.with("Cache-Control", "no-cache");
        Rendering first = test.render(reload, HONOR);
        Rendering second = test.render(reload, HONOR);
        assertEquals(CacheStatus.forwarded(Forward.REQUEST, true, null), first.status(true));
        assertEquals("old", TestEngine.body(test.serve(GET, HONOR)));
        test.answer(first, reload, "new");
        test.answer(second, reload, "newer");
        assertEquals("newer", TestEngine.body(test.serve(GET, HONOR)));
        assertEquals("newer", TestEngine.body(test.serve(reload, DEFAULTS)));
    }

    @Test
    @DisplayName("RFC 9111 section 5.2.1.5: no-store, where it is honoured")
    void open_requestNoStore_isNotStored() {
        TestRequest request = GET.with("Cache-Control", "no-store");
        assertNull(test.answer(test.render(request, HONOR), request, "body"));
        assertEquals(1, test.counters.refusals(Reason.REQUEST_NO_STORE));
        assertEquals(0, test.memory.size());
    }

    @Test
    @DisplayName("RFC 9111 section 4.1: absent, empty and other values select apart")
    void open_variants_stayApart() {
        TestRequest empty = GET.with("X", "");
        TestRequest one = GET.with("X", "1");
        test.store(GET, DEFAULTS, "absent", "Vary", "X");
        test.store(empty, DEFAULTS, "empty", "Vary", "x");
        test.store(one, DEFAULTS, "one", "Vary", "X");
        assertEquals("absent", TestEngine.body(test.serve(GET, DEFAULTS)));
        assertEquals("empty", TestEngine.body(test.serve(empty, DEFAULTS)));
        assertEquals("one", TestEngine.body(test.serve(one.with("Y", "2"), DEFAULTS)));
    }

    @Test
    @DisplayName("RFC 9111 section 4.1: a response without Vary does not answer for all variants")
    void store_withoutVary_keepsTheIndex() {
        test.store(GET.with("X", "1"), DEFAULTS, "one", "Vary", "X");
        test.store(GET.with("X", "2"), DEFAULTS, "two");
        assertEquals("one", TestEngine.body(test.serve(GET.with("X", "1"), DEFAULTS)));
        assertEquals("two", TestEngine.body(test.serve(GET.with("X", "2"), DEFAULTS)));
        test.store(GET, DEFAULTS, "none");
        assertIndex("x");
    }

    @Test
    void store_severalSelectingNames_areAUnion() {
        TestRequest request = GET.with("A", "1").with("B", "2");
        test.store(request, DEFAULTS, "a", "Vary", "A");
        test.store(request.with("A", "2"), DEFAULTS, "b", "Vary", "B");
        assertIndex("a", "b");
        assertEquals("b", TestEngine.body(test.serve(request.with("A", "2"), DEFAULTS)));
        test.store(request, DEFAULTS, "a again", "Vary", "A");
        assertIndex("a", "b");
        test.store(request.with("B", "3"), DEFAULTS, "c", "Vary", "C");
        assertIndex("a", "b", "c");
    }

    @Test
    void store_uriThatBeginsToVary_forgetsThePageForAll() {
        test.store(GET, DEFAULTS, "for all");
        test.clock.advance(Duration.ofMinutes(10));
        test.store(GET.with("X", "1"), DEFAULTS, "one", "Vary", "X");
        Rendering rendering = test.render(GET, DEFAULTS);
        test.answer(rendering, GET, "absent", "Vary", "X");
        assertEquals("absent", TestEngine.body(test.serve(GET, DEFAULTS)));
    }

    private void assertIndex(String... names) {
        VaryIndex index = assertInstanceOf(VaryIndex.class, test.memory.get(RequestRules.key(GET, DEFAULTS)));
        assertEquals(List.of(names), index.names());
    }

    @Test
    void store_index_outlivesItsPages() {
        test.store(GET, DEFAULTS, "short", "Vary", "X", "Cache-Control", "max-age=10");
        test.store(GET.with("X", "1"), DEFAULTS, "long", "Vary", "X", "Cache-Control", "max-age=100");
        test.clock.advance(Duration.ofSeconds(99));
        assertEquals("long", TestEngine.body(test.serve(GET.with("X", "1"), DEFAULTS)));
        test.store(GET.with("X", "2"), DEFAULTS, "same", "Vary", "X", "Cache-Control", "max-age=100");
        assertEquals("same", TestEngine.body(test.serve(GET.with("X", "2"), DEFAULTS)));
    }

    @Test
    void release_notStorable_marksTheKeyForTwoMinutes() {
        Rendering leader = test.render(GET, DEFAULTS);
        assertEquals(1, test.engine.flightsInAir());
        test.release(leader, Reason.PRIVATE);
        Rendering first = test.render(GET, DEFAULTS);
        Rendering second = test.render(GET, DEFAULTS);
        assertEquals(0, test.engine.flightsInAir());
        test.release(first, Reason.PRIVATE);
        test.release(second, Reason.PRIVATE);
        test.clock.advance(Duration.ofMinutes(2));
        Rendering later = test.render(GET, DEFAULTS);
        assertEquals(1, test.engine.flightsInAir());
        test.answer(later, GET, "body");
        assertEquals(3, test.counters.refusals(Reason.PRIVATE));
    }

    @Test
    void release_error_marksTheKeyForASecond() {
        test.release(test.render(GET, DEFAULTS), Reason.ERROR);
        test.release(test.render(GET, DEFAULTS), Reason.ERROR);
        assertEquals(0, test.engine.flightsInAir());
        test.clock.advance(Duration.ofSeconds(1));
        Rendering later = test.render(GET, DEFAULTS);
        assertEquals(1, test.engine.flightsInAir());
        test.release(later, Reason.ERROR);
    }

    @Test
    void end_twice_countsOnce() {
        Rendering rendering = test.render(GET, DEFAULTS);
        SealedPage sealed = test.answer(rendering, GET, "body");
        assertInstanceOf(SealedPage.class, sealed);
        rendering.release(Reason.INCOMPLETE);
        if (sealed != null) {
            rendering.store(sealed);
        }
        assertEquals(1, test.counters.storedPages());
        Rendering other = test.render(TestRequest.get("/other"), DEFAULTS);
        test.release(other, Reason.INCOMPLETE);
        if (sealed != null) {
            other.store(sealed);
        }
        assertEquals(1, test.counters.storedPages());
    }

    @Test
    void open_notCollapsed_rendersEach() {
        TestEngine off = new TestEngine((Duration) null);
        Rendering one = off.render(GET, DEFAULTS);
        Rendering two = off.render(GET, DEFAULTS);
        assertEquals(0, off.engine.flightsInAir());
        off.answer(one, GET, "one");
        off.answer(two, GET, "two");
        assertEquals("two", TestEngine.body(off.serve(GET, DEFAULTS)));
        off.assertSound();
    }

    @Test
    void seal_page_hasTheFieldsThatItLacks() {
        Page page =
                test.store(GET, DEFAULTS, "body", "Content-Type", "text/plain", "Connection", "X-Hop", "X-Hop", "1");
        assertEquals(
                Fields.of(
                        "Content-Type",
                        "text/plain",
                        "Cache-Control",
                        "max-age=600",
                        "Expires",
                        "Sun, 01 Mar 2026 12:10:00 GMT",
                        "Date",
                        "Sun, 01 Mar 2026 12:00:00 GMT",
                        "ETag",
                        ContentTag.of("body".getBytes(StandardCharsets.UTF_8))),
                page.fields());
    }

    @Test
    void seal_page_keepsItsOwnDateAndTag() {
        Page page = test.store(GET, DEFAULTS, "body", "Date", "Sun, 01 Mar 2026 11:59:59 GMT", "ETag", "W/\"x\"");
        assertEquals(List.of("Sun, 01 Mar 2026 11:59:59 GMT"), page.fields().all("Date"));
        assertEquals(List.of("W/\"x\""), page.fields().all("ETag"));
    }

    @ParameterizedTest
    @CsvSource({"200, '', false", "404, body, false", "200, body, true"})
    void seal_tag_isForContentOf200(int status, String body, boolean hasTag) {
        PagePolicy policy = new PolicyBuilder().statuses(200, 404).build();
        Rendering rendering = test.render(GET, policy);
        ResponseFacts response = new ResponseFacts(status, Fields.empty(), InputsRead.NONE, PageWishes.NONE, false);
        SealedPage sealed = rendering.seal(
                assertInstanceOf(Store.class, rendering.assess(response)),
                status,
                Fields.empty(),
                body.getBytes(StandardCharsets.UTF_8));
        assertEquals(hasTag, sealed.page().fields().has("ETag"));
        assertEquals(status, sealed.page().status());
        rendering.store(sealed);
    }

    @Test
    @DisplayName("RFC 9110 section 8.8.3: equal content, equal tag")
    void contentTag_isStrongAndFollowsTheContent() {
        String tag = ContentTag.of(new byte[] {1, 2});
        assertEquals(tag, ContentTag.of(new byte[] {1, 2}));
        assertNotEquals(tag, ContentTag.of(new byte[] {1, 3}));
        assertEquals(24, tag.length());
        assertArrayEquals(new char[] {'"', '"'}, new char[] {tag.charAt(0), tag.charAt(23)});
    }

    @Test
    void assess_requestThatIsNotStored_isRefusedWhateverTheResponse() {
        Rendering rendering = test.render(GET.with("If-Match", "*"), DEFAULTS);
        ResponseFacts response = new ResponseFacts(200, Fields.empty(), InputsRead.NONE, PageWishes.NONE, false);
        assertEquals(new Refuse(Reason.PRECONDITION), rendering.assess(response));
        test.release(rendering, Reason.PRECONDITION);
    }

    /** T1 a page is sealed, T2 it goes to a slow client, T3 another one names a selecting field, T4 it is stored. */
    @Test
    @DisplayName("RFC 9111 section 4.1: names that came to be known meanwhile select the page, too")
    void store_indexGrewSinceSeal_pageFollowsIt() {
        TestRequest one = GET.with("X", "1").with("Y", "1");
        Rendering slow = test.render(one, DEFAULTS);
        SealedPage sealed = slow.seal(plan(slow), 200, Fields.empty(), new byte[] {'s'});
        TestRequest two = GET.with("X", "2");
        test.answer(
                test.render(two.with("Authorization", "a"), DEFAULTS),
                two,
                "two",
                "Vary",
                "X",
                "Cache-Control",
                "public");
        slow.store(sealed);
        assertIndex("x");
        assertEquals("two", TestEngine.body(test.serve(two, DEFAULTS)));
        assertEquals("s", TestEngine.body(test.serve(one, DEFAULTS)));
        test.answer(test.render(GET, DEFAULTS), GET, "none");
    }

    @Test
    void store_indexGrewBesideOtherNames_isAUnion() {
        TestRequest one = GET.with("X", "1").with("Y", "1");
        Rendering slow = test.render(one, DEFAULTS);
        SealedPage sealed = slow.seal(plan(slow, "Vary", "Y"), 200, Fields.of("Vary", "Y"), new byte[] {'s'});
        TestRequest two = GET.with("X", "2");
        test.answer(
                test.render(two.with("Authorization", "a"), DEFAULTS),
                two,
                "two",
                "Vary",
                "X",
                "Cache-Control",
                "public");
        slow.store(sealed);
        assertIndex("x", "y");
        assertEquals("s", TestEngine.body(test.serve(one, DEFAULTS)));
    }

    private static Store plan(Rendering rendering, String... fields) {
        ResponseFacts response = new ResponseFacts(200, Fields.of(fields), InputsRead.NONE, PageWishes.NONE, false);
        return assertInstanceOf(Store.class, rendering.assess(response));
    }

    /** A store breaks its contract, or memory is short: the page is lost, its followers are not. */
    @Test
    void store_thatThrows_landsTheFlight() {
        RecordStore broken = mock(RecordStore.class);
        doThrow(new IllegalStateException("full")).when(broken).put(any());
        TestEngine own = new TestEngine(broken);
        Rendering rendering = own.render(GET, DEFAULTS);
        assertEquals(1, own.engine.flightsInAir());
        assertThrows(IllegalStateException.class, () -> own.answer(rendering, GET, "body"));
        assertEquals(0, own.engine.flightsInAir());
        assertEquals(0, own.counters.storedPages());
    }

    @Test
    void open_storeThrowsAtTheLeader_landsTheFlight() {
        RecordStore broken = mock(RecordStore.class);
        when(broken.peek(any())).thenThrow(new IllegalStateException("closed"));
        TestEngine own = new TestEngine(broken);
        assertThrows(IllegalStateException.class, () -> own.open(GET, DEFAULTS));
        assertEquals(0, own.engine.flightsInAir());
    }

    @Test
    void store_markedKey_letsRequestsWaitAgain() {
        test.release(test.render(GET, DEFAULTS), Reason.SESSION);
        test.store(GET, DEFAULTS, "body", "Cache-Control", "max-age=10");
        test.clock.advance(Duration.ofSeconds(10));
        Rendering leader = test.render(GET, DEFAULTS);
        assertEquals(1, test.engine.flightsInAir());
        test.answer(leader, GET, "new");
    }

    @Test
    void store_markedVariant_letsRequestsWaitAgain() {
        test.store(GET, DEFAULTS, "absent", "Vary", "X");
        TestRequest one = GET.with("X", "1");
        test.release(test.render(one, DEFAULTS), Reason.SESSION);
        test.store(one, DEFAULTS, "one", "Vary", "X", "Cache-Control", "max-age=10");
        test.clock.advance(Duration.ofSeconds(10));
        Rendering leader = test.render(one, DEFAULTS);
        assertEquals(1, test.engine.flightsInAir());
        test.answer(leader, one, "new", "Vary", "X");
    }

    /** T1 a look finds nothing, T2 the flight before lands, T3 the next leader boards and looks again. */
    @Test
    void open_pageStoredBetweenLookAndBoarding_isServed() {
        test.store(GET, DEFAULTS, "body");
        RecordStore late = mock(RecordStore.class);
        when(late.peek(any())).thenAnswer(call -> test.memory.get(call.getArgument(0)));
        TestEngine own = new TestEngine(late);
        assertEquals("body", TestEngine.body(own.serve(GET, DEFAULTS)));
        assertEquals(1, own.counters.hits());
        own.assertSound();
    }

    /** The page stored meanwhile is of another variant: it is not this request's. */
    @Test
    void open_variantStoredBetweenLookAndBoarding_isNotServed() {
        test.store(GET.with("X", "1"), DEFAULTS, "one", "Vary", "X");
        RecordStore late = mock(RecordStore.class);
        when(late.peek(any())).thenAnswer(call -> test.memory.get(call.getArgument(0)));
        TestEngine own = new TestEngine(late);
        own.answer(own.render(GET, DEFAULTS), GET, "absent");
        own.assertSound();
    }

    /** The index was evicted while a page of a known variant was rendered: its names are not forgotten. */
    @Test
    void store_indexGoneMeanwhile_isWrittenAgain() {
        test.store(GET.with("A", "1"), DEFAULTS, "one", "Vary", "A, B");
        TestRequest two = GET.with("A", "2");
        Rendering rendering = test.render(two, DEFAULTS);
        test.memory.put(
                new VaryIndex(RequestRules.key(GET, DEFAULTS), List.of("c"), test.clock.nanos() + 1_000_000_000_000L));
        test.answer(rendering, two, "two");
        assertIndex("a", "b", "c");
        assertEquals("two", TestEngine.body(test.serve(two, DEFAULTS)));
    }
}
