package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.engine.Step.Render;
import dev.pagecache.engine.Step.Serve;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.Stamp;
import dev.pagecache.entry.StoredRecord;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.InputsRead;
import dev.pagecache.policy.InvalidationRules;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PageWishes;
import dev.pagecache.policy.PolicyBuilder;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.RequestRules;
import dev.pagecache.policy.ResponseFacts;
import dev.pagecache.policy.StorePlan.Refuse;
import dev.pagecache.policy.StorePlan.Store;
import dev.pagecache.policy.TestRequest;
import dev.pagecache.store.HitForMissMarks;
import dev.pagecache.store.MemoryStampLedger;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.Poll;
import dev.pagecache.store.RecordStore;
import dev.pagecache.store.StampLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that are revoked: stored, being rendered, being waited for, and stale (RFC 9111 section 4.4). */
final class RevocationTest {
    private static final PagePolicy DEFAULTS = PolicyBuilder.defaults();
    private static final TestRequest GET = TestRequest.get();
    private static final ResponseFacts OK =
            new ResponseFacts(200, Fields.empty(), InputsRead.NONE, PageWishes.NONE, false);

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private TestEngine test = new TestEngine(TestEngine.LONG_WAIT);

    @AfterEach
    void engine_isSound() throws InterruptedException {
        executor.shutdownNow();
        assertTrue(executor.awaitTermination(60, TimeUnit.SECONDS));
        test.assertSound();
    }

    private void revoke(TestRequest request) {
        test.engine.revoke(List.of(InvalidationRules.urlName(request, DEFAULTS)), RequestRules.key(request, DEFAULTS));
    }

    private void raise(String... names) {
        test.engine.revoke(List.of(names), null);
    }

    private void raiseUrl() {
        raise(InvalidationRules.urlName(GET, DEFAULTS));
    }

    @Test
    void open_revokedUrl_isRenderedAndStoredAgain() {
        test.store(GET, DEFAULTS, "old");
        raiseUrl();
        test.store(GET, DEFAULTS, "new");
        assertEquals("new", TestEngine.body(test.serve(GET, DEFAULTS)));
    }

    @Test
    void open_otherUrl_staysStored() {
        TestRequest other = TestRequest.get("/other");
        TestRequest query = GET.withQuery("");
        test.store(GET, DEFAULTS, "page");
        test.store(query, DEFAULTS, "query");
        test.store(other, DEFAULTS, "other");
        revoke(other);
        assertEquals("page", TestEngine.body(test.serve(GET, DEFAULTS)));
        assertEquals("query", TestEngine.body(test.serve(query, DEFAULTS)));
    }

    @Test
    @DisplayName("RFC 9111 section 4.4: all responses of the URI, which are all its variants")
    void open_variantsOfARevokedUrl_areAllGone() {
        TestRequest one = GET.with("X", "1");
        TestRequest two = GET.with("X", "2");
        test.store(one, DEFAULTS, "old", "Vary", "X");
        test.store(two, DEFAULTS, "old", "Vary", "X");
        raiseUrl();
        test.store(one, DEFAULTS, "new", "Vary", "X");
        test.store(two, DEFAULTS, "new", "Vary", "X");
        assertEquals("new", TestEngine.body(test.serve(one, DEFAULTS)));
        assertEquals("new", TestEngine.body(test.serve(two, DEFAULTS)));
    }

    @Test
    void open_urlUnderOtherKeyPrefix_isRevokedToo() {
        PagePolicy other = new PolicyBuilder().keyPrefix("other").build();
        test.store(GET, other, "old");
        revoke(GET);
        test.store(GET, other, "new");
    }

    @ParameterizedTest
    @CsvSource({
        "url:http://example.com:80/a/b/page, true",
        "url:http://example.com:80/a/b, false",
        "path:/, true",
        "path:/a, true",
        "path:/a/b, true",
        "path:http://example.com:80/a, true",
        "path:https://example.com:443/a, false",
        "path:/a/b/page/x, false",
        "path:/a/bb, false",
        "path:other /a, false",
        "all:, true",
        "all:other, false",
        "*, true",
        "tag:news, true",
        "tag:other news, false",
        "soft:all:other, false",
        "refresh:all:other, false"
    })
    void open_purgedUnderOneOfItsNames_isGone(String name, boolean isGone) {
        PagePolicy tagged = new PolicyBuilder().tags("news").build();
        TestRequest request = TestRequest.get("/a/b/page");
        test.store(request, tagged, "old");
        raise(name);
        if (isGone) {
            test.store(request, tagged, "new");
        } else {
            assertEquals("old", TestEngine.body(test.serve(request, tagged)));
        }
    }

    /** T1 one renders, T2 the path above his page is purged, T3 the page is ready. */
    @ParameterizedTest
    @ValueSource(strings = {"path:/", "all:", "*"})
    void store_purgedFromAboveMeanwhile_storesNothing(String name) {
        Rendering rendering = test.render(GET, DEFAULTS);
        SealedPage sealed = seal(rendering);
        raise(name);
        assertEquals(new Refuse(Reason.REVOKED), rendering.assess(OK));
        assertFalse(rendering.store(sealed));
        test.released.incrementAndGet();
        test.store(GET, DEFAULTS, "new");
    }

    @Test
    void open_kindsNeverRaised_areNotAskedFor() {
        PagePolicy tagged = new PolicyBuilder().tags("news").build();
        List<String> askedFor = new ArrayList<>();
        MemoryStampLedger ledger = new MemoryStampLedger(100);
        Revocations revocations = new Revocations(new StampLedger() {
            @Override
            public boolean isEmpty() {
                return ledger.isEmpty();
            }

            @Override
            public boolean mayHave(char kind) {
                return ledger.mayHave(kind);
            }

            @Override
            public Stamp now() {
                return ledger.now();
            }

            @Override
            public void raise(Collection<String> names) {
                ledger.raise(names);
            }

            @Override
            public boolean isRaisedSince(Stamp stamp, String name) {
                askedFor.add(name);
                return ledger.isRaisedSince(stamp, name);
            }
        });
        Page page = test.store(GET, tagged, "page");
        revocations.raise(List.of("tag:weather"));
        assertFalse(revocations.isRevoked(page, GET, tagged));
        assertEquals(List.of("tag:news"), askedFor);
        revocations.raise(List.of("path:/other"));
        assertFalse(revocations.isRevoked(page, GET, tagged));
        assertFalse(askedFor.contains("url:http://example.com:80/page") || askedFor.contains("*"));
        askedFor.clear();
        assertFalse(revocations.isRevoked(page.withStamp(revocations.now()), GET, tagged));
        assertEquals(List.of(), askedFor, "nothing happened since it was rendered");
    }

    @Test
    void open_pagesOfARevokedTag_areGone() {
        PagePolicy tagged = new PolicyBuilder().tags("news", "sport").build();
        TestRequest other = TestRequest.get("/other");
        test.store(GET, tagged, "old");
        test.store(other, DEFAULTS, "untagged");
        raise("tag:weather");
        assertEquals("old", TestEngine.body(test.serve(GET, tagged)));
        raise("tag:sport");
        test.store(GET, tagged, "new");
        assertEquals("untagged", TestEngine.body(test.serve(other, DEFAULTS)));
    }

    @Test
    void revoke_withTheKey_removesTheRecord() {
        CacheKey base = RequestRules.key(GET, DEFAULTS);
        test.store(GET, DEFAULTS, "old");
        raiseUrl();
        assertInstanceOf(Page.class, test.memory.get(base));
        revoke(GET);
        assertNull(test.memory.get(base));
    }

    @Test
    void open_nothingRevoked_asksNoMore() {
        StampLedger untouched = new StampLedger() {
            @Override
            public boolean isEmpty() {
                return true;
            }

            @Override
            public Stamp now() {
                return new Stamp(1, 2);
            }

            @Override
            public void raise(Collection<String> names) {
                throw new AssertionError("raised " + names);
            }

            @Override
            public boolean mayHave(char kind) {
                throw new AssertionError("asked for " + kind);
            }

            @Override
            public boolean isRaisedSince(Stamp stamp, String name) {
                throw new AssertionError("asked for " + name);
            }
        };
        MemoryStore store = new MemoryStore(1 << 20, null, test.clock::nanos);
        HitForMissMarks marks = new HitForMissMarks(10, test.clock::nanos);
        Engine engine = new Engine(
                store, marks, new Revocations(untouched), null, test.clock::nanos, test.clock, new Counters());
        Rendering rendering =
                assertInstanceOf(Render.class, engine.open(GET, DEFAULTS)).rendering();
        SealedPage sealed = seal(rendering);
        assertTrue(rendering.store(sealed));
        assertEquals(new Stamp(1, 2), sealed.page().stamp());
        assertInstanceOf(Serve.class, engine.open(GET, DEFAULTS));
    }

    /** T1 the page is sealed, T2 its URL is revoked, T3 it would be stored. */
    @Test
    void store_revokedSinceItsRenderingBegan_storesNothing() {
        Rendering rendering = test.render(GET, DEFAULTS);
        SealedPage sealed = seal(rendering);
        revoke(GET);
        assertFalse(rendering.store(sealed));
        test.released.incrementAndGet();
        assertEquals(1, test.counters.refusals(Reason.REVOKED));
        assertNull(test.memory.get(sealed.page().key()));
        test.store(GET, DEFAULTS, "new");
    }

    @Test
    void assess_revokedSinceItsRenderingBegan_isRefusedAndMarksNothing() {
        Rendering rendering = test.render(GET, DEFAULTS);
        raiseUrl();
        assertEquals(new Refuse(Reason.REVOKED), rendering.assess(OK));
        test.release(rendering, Reason.REVOKED);
        assertFalse(test.marks.isMarked(RequestRules.key(GET, DEFAULTS)), "the next page is worth waiting for");
    }

    @Test
    void assess_tagRevokedSinceItsRenderingBegan_isRefused() {
        PagePolicy tagged = new PolicyBuilder().tags("news").build();
        Rendering rendering = test.render(GET, tagged);
        raise("tag:news");
        assertEquals(new Refuse(Reason.REVOKED), rendering.assess(OK));
        test.release(rendering, Reason.REVOKED);
    }

    /** The purge came before the rendering: it takes nothing from it. */
    @Test
    void store_renderingBeganAfterTheRaise_isStored() {
        raiseUrl();
        test.store(GET, DEFAULTS, "new");
        assertEquals("new", TestEngine.body(test.serve(GET, DEFAULTS)));
    }

    /**
     * T1 one renders, T2 the URL is revoked, T3 others come and wait, T4 the old page is ready: none of them gets it.
     */
    @Test
    void open_followersAfterTheRaise_oneRendersAnewForAll() throws Exception {
        Rendering leader = test.render(GET, DEFAULTS);
        SealedPage old = seal(leader);
        revoke(GET);
        List<Future<Step>> followers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            followers.add(follow());
        }
        assertFalse(leader.store(old));
        test.released.incrementAndGet();
        test.answer(awaitRender(followers), GET, "new");
        List<Serve> served = new ArrayList<>();
        for (Future<Step> follower : followers) {
            if (follower.get(60, TimeUnit.SECONDS) instanceof Serve serve) {
                served.add(serve);
                assertEquals("new", TestEngine.body(serve));
            }
        }
        assertEquals(7, served.size());
        assertEquals(2, test.counters.renders());
    }

    /**
     * T1 somebody waits, T2 the page is refused as revoked when it commits: he renders, and nobody gets the old page.
     */
    @Test
    void open_followerOfARefusedPage_rendersAnew() throws Exception {
        Rendering leader = test.render(GET, DEFAULTS);
        Future<Step> follower = follow();
        raiseUrl();
        test.release(leader, Reason.REVOKED);
        test.answer(awaitRender(List.of(follower)), GET, "new");
        assertEquals("new", TestEngine.body(test.serve(GET, DEFAULTS)));
    }

    /** T1 the page is stored, T2 its URL is revoked, T3 the flight lands with the page. */
    @Test
    void open_followerOfAPageRevokedBeforeTheLanding_rendersAnew() throws Exception {
        RevokingStore store = new RevokingStore();
        test = new TestEngine(store);
        Rendering leader = test.render(GET, DEFAULTS);
        Future<Step> follower = follow();
        store.isArmed.set(true);
        test.answer(leader, GET, "old");
        test.answer(awaitRender(List.of(follower)), GET, "new");
        assertEquals("new", TestEngine.body(test.serve(GET, DEFAULTS)));
    }

    @Test
    @DisplayName("RFC 5861 section 3: a revoked page is not served while it is being renewed")
    void open_revokedStalePage_isNotServedMeanwhile() throws Exception {
        test.store(GET, DEFAULTS, "old", "Cache-Control", "max-age=1, stale-while-revalidate=60");
        test.clock.advance(Duration.ofSeconds(2));
        Rendering first = test.renew(GET, DEFAULTS).rendering();
        assertEquals("old", TestEngine.body(test.serve(GET, DEFAULTS)));
        raiseUrl();
        Future<Step> follower = follow();
        test.release(first, Reason.ERROR);
        test.answer(awaitRender(List.of(follower)), GET, "new");
    }

    @Test
    @DisplayName("RFC 5861 section 4: a revoked page does not stand in for an error")
    void fallback_revokedWhileRendering_isNone() {
        test.store(GET, DEFAULTS, "old", "Cache-Control", "max-age=1, stale-if-error=60");
        test.clock.advance(Duration.ofSeconds(2));
        Rendering renewing = test.render(GET, DEFAULTS);
        raiseUrl();
        assertNull(renewing.fallback(0));
        test.release(renewing, Reason.ERROR);
        Rendering later = test.render(GET, DEFAULTS);
        assertNull(later.fallback(0));
        test.release(later, Reason.ERROR);
    }

    @Test
    void fallback_otherUrlRevoked_isThere() {
        test.store(GET, DEFAULTS, "old", "Cache-Control", "max-age=1, stale-if-error=60");
        test.clock.advance(Duration.ofSeconds(2));
        Rendering renewing = test.render(GET, DEFAULTS);
        revoke(TestRequest.get("/other"));
        assertNotNull(renewing.fallback(0));
        // Standing in for a render counts as one more answer.
        test.asked.incrementAndGet();
        test.release(renewing, Reason.ERROR);
    }

    private static SealedPage seal(Rendering rendering) {
        Store plan = assertInstanceOf(Store.class, rendering.assess(OK));
        return rendering.seal(plan, 200, Fields.empty(), new byte[] {'o', 'l', 'd'});
    }

    /** Starts a request on a thread of its own and returns when that thread waits for another's render. */
    private Future<Step> follow() {
        AtomicReference<Thread> holder = new AtomicReference<>();
        Future<Step> step = executor.submit(() -> {
            holder.set(Thread.currentThread());
            return test.open(GET, DEFAULTS);
        });
        Poll.until("the request waits", () -> {
            Thread thread = holder.get();
            return step.isDone() || (thread != null && thread.getState() == Thread.State.TIMED_WAITING);
        });
        assertFalse(step.isDone(), "the request did not wait");
        return step;
    }

    /** The one of several that gets a rendering. */
    private static Rendering awaitRender(List<Future<Step>> steps) throws Exception {
        Poll.until("one is done", () -> steps.stream().anyMatch(Future::isDone));
        for (Future<Step> step : steps) {
            if (step.isDone()) {
                return assertInstanceOf(Render.class, step.get()).rendering();
            }
        }
        throw new AssertionError("none is done");
    }

    /** Revokes the URL right after its page was put, once. */
    private final class RevokingStore implements RecordStore {
        private final AtomicBoolean isArmed = new AtomicBoolean();
        private final MemoryStore store = new MemoryStore(1 << 20, null, test.clock::nanos);

        @Override
        public @Nullable StoredRecord get(CacheKey key) {
            return store.get(key);
        }

        @Override
        public void put(StoredRecord record) {
            store.put(record);
            if (isArmed.compareAndSet(true, false)) {
                raiseUrl();
            }
        }

        @Override
        public void remove(CacheKey key) {
            store.remove(key);
        }

        @Override
        public void close() {}
    }
}
