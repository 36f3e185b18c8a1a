package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.engine.Step.Bypass;
import dev.pagecache.engine.Step.Render;
import dev.pagecache.entry.Stamp;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.InputsRead;
import dev.pagecache.policy.InvalidationRules;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.PageWishes;
import dev.pagecache.policy.PolicyBuilder;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.RequestRules;
import dev.pagecache.policy.ResponseFacts;
import dev.pagecache.policy.StorePlan;
import dev.pagecache.policy.StorePlan.Refuse;
import dev.pagecache.policy.StorePlan.Store;
import dev.pagecache.policy.TestRequest;
import dev.pagecache.store.HitForMissMarks;
import dev.pagecache.store.MemoryStampLedger;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.Poll;
import dev.pagecache.store.StampLedger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to POST that revoke their URL and are its new page (RFC 9110 section 9.3.3, RFC 9111 section 4.4). */
final class PostingTest {
    private static final PagePolicy POLICY =
            new PolicyBuilder().feature(Feature.POST).build();
    private static final TestRequest GET = TestRequest.get();
    private static final TestRequest POST = GET.withMethod("POST").withContent();
    private static final String URL = InvalidationRules.urlName(GET, POLICY);
    private static final ResponseFacts PAGE = response();

    private final TestEngine test = new TestEngine((Duration) null);

    private static ResponseFacts response(String... more) {
        Fields fields = Fields.of("Content-Location", "/page", "Cache-Control", "max-age=60");
        for (int i = 0; i < more.length; i += 2) {
            fields = fields.with(more[i], more[i + 1]);
        }
        return new ResponseFacts(200, fields, InputsRead.NONE, PageWishes.NONE, false);
    }

    private Posting post() {
        assertInstanceOf(Bypass.class, test.open(POST, POLICY));
        Posting posting = Posting.of(test.engine, POST, POLICY);
        assertNotNull(posting);
        return Objects.requireNonNull(posting);
    }

    private static void revoke(Posting posting, String... names) {
        posting.revoke(List.of(names), RequestRules.key(POST, POLICY));
    }

    private static boolean store(Posting posting, ResponseFacts response) {
        Store plan = assertInstanceOf(Store.class, posting.rendering().assess(response));
        byte[] body = "posted".getBytes(StandardCharsets.UTF_8);
        return posting.rendering().store(posting.rendering().seal(plan, 200, response.fields(), body));
    }

    private @Nullable String got() {
        return test.open(GET, POLICY) instanceof Step.Serve serve ? TestEngine.body(serve) : null;
    }

    @Test
    void of_otherRequests_isNull() {
        assertNull(Posting.of(test.engine, POST, PolicyBuilder.defaults()));
        assertNull(Posting.of(test.engine, POST.withMethod("PUT"), POLICY));
    }

    @Test
    void store_afterItsOwnRevoking_isThePage() {
        test.store(GET, POLICY, "old");
        Posting posting = post();
        posting.beforeStoring(() -> revoke(posting, URL, "tag:group:http://example.com:80#news"));
        revoke(posting, URL);
        assertNull(test.memory.get(RequestRules.key(GET, POLICY)));
        assertFalse(posting.isOver());
        assertTrue(store(posting, PAGE));
        assertTrue(posting.isOver());
        assertEquals("posted", got());
        assertEquals(2, test.counters.storedPages());
        assertEquals(
                "pagecache; fwd=method; stored",
                posting.rendering().status(true).toFieldValue("pagecache"));
    }

    @Test
    void release_leavesTheUrlEmpty() {
        Posting posting = post();
        revoke(posting, URL);
        posting.rendering().release(Reason.ERROR);
        assertNull(got());
        assertEquals(0, test.counters.refusals(Reason.ERROR), "the request was counted by its method");
    }

    @Test
    void revoke_killsWhatAGetBeganBefore() {
        Rendering get = test.render(GET, POLICY);
        Posting posting = post();
        revoke(posting, URL);
        assertTrue(store(posting, PAGE));
        assertNull(test.answer(get, GET, "old"));
        assertEquals("posted", got());
    }

    @Test
    @DisplayName("RFC 9111 section 4.4: what another request changed meanwhile the answer may not know of")
    void store_revokedByOthersAtAnyTime_storesNothing() {
        for (int at = 0; at < 4; at++) {
            int when = at;
            Posting posting = post();
            posting.beforeStoring(() -> {
                raiseIf(when == 2);
                revoke(posting, URL);
                raiseIf(when == 3);
            });
            raiseIf(when == 0);
            revoke(posting, URL);
            raiseIf(when == 1);
            StorePlan plan = posting.rendering().assess(PAGE);
            if (when < 2) {
                assertEquals(new Refuse(Reason.REVOKED), plan);
            } else {
                assertFalse(store(posting, PAGE));
                assertNull(got(), "raised at " + when);
            }
        }
    }

    @Test
    void store_revokedByOthersAfterwards_isDead() {
        Posting posting = post();
        revoke(posting, URL);
        assertTrue(store(posting, PAGE));
        raiseIf(true);
        assertNull(got());
    }

    private void raiseIf(boolean isTime) {
        if (isTime) {
            test.engine.revoke(List.of(URL), null);
        }
    }

    @Test
    void store_withATagThatOthersRevoked_storesNothing() {
        Posting posting = post();
        revoke(posting, URL);
        posting.beforeStoring(() -> test.engine.revoke(List.of("tag:group:http://example.com:80#news"), null));
        assertFalse(store(posting, response("Cache-Groups", "\"news\"")));
        assertNull(got());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path:/",
                "path:http://example.com:80/page",
                "all:",
                "*",
                "soft:all:",
                "soft:url:http://example.com:80/page",
                "refresh:path:/"
            })
    void store_purgedByOthersUnderAnyName_storesNothing(String name) {
        Posting posting = post();
        revoke(posting, URL);
        posting.beforeStoring(() -> {
            test.engine.revoke(List.of(name), null);
            revoke(posting, URL);
        });
        assertFalse(store(posting, PAGE));
        assertNull(got());
    }

    @Test
    void store_withATagOfItsOwnRevoking_isThePage() {
        Posting posting = post();
        revoke(posting, URL, "tag:group:http://example.com:80#news");
        assertTrue(store(posting, response("Cache-Groups", "\"news\"")));
        assertEquals("posted", got());
    }

    @Test
    void query_walksAsGetUnderItsOwnKey() {
        TestRequest query = GET.withMethod("QUERY").with(":content-digest", "d1");
        test.store(GET, POLICY, "got");
        assertNull(test.answer(test.render(query, POLICY), query, "unstored"), "no default lifetime");
        test.store(query, POLICY, "found", "Cache-Control", "max-age=60");
        assertEquals("found", TestEngine.body(test.serve(query, POLICY)));
        assertEquals("got", got());
        assertInstanceOf(Render.class, test.open(query.with(":content-digest", "d2"), POLICY));
        test.engine.revoke(List.of(URL), null);
        assertInstanceOf(Render.class, test.open(query, POLICY));
    }

    /** T1 is about to keep the page under the store's lock, T2 revokes and has a record to remove under that lock. */
    @Test
    void store_whileAnotherThreadRevokes_neitherWaitsForTheOther() throws Exception {
        CountDownLatch isStoring = new CountDownLatch(1);
        AtomicReference<Thread> revoker = new AtomicReference<>();
        AtomicInteger clockReads = new AtomicInteger(-1);
        FakeClock clock = new FakeClock();
        StampLedger ledger = new WatchedLedger(() -> {
            // The first time since the page was sealed: after the last own raise, just before the page is kept.
            if (clockReads.get() >= 0 && clockReads.getAndIncrement() == 0) {
                isStoring.countDown();
                Poll.until("the other thread revokes", () -> isBlocked(revoker.get()));
            }
        });
        Engine engine = new Engine(
                new MemoryStore(1 << 20, null, clock::nanos),
                new HitForMissMarks(10, clock::nanos),
                new Revocations(ledger),
                null,
                clock::nanos,
                clock,
                new Counters());
        Posting posting = Objects.requireNonNull(Posting.of(engine, POST, POLICY));
        Store plan = assertInstanceOf(Store.class, posting.rendering().assess(PAGE));
        SealedPage sealed = posting.rendering().seal(plan, 200, PAGE.fields(), new byte[] {7});
        clockReads.set(0);
        Thread storing = daemon(() -> posting.rendering().store(sealed));
        assertTrue(isStoring.await(60, TimeUnit.SECONDS));
        revoker.set(daemon(() -> revoke(posting, URL)));
        storing.join(60_000);
        revoker.get().join(60_000);
        assertFalse(storing.isAlive() || revoker.get().isAlive(), "both hang");
    }

    private static boolean isBlocked(@Nullable Thread thread) {
        return thread != null && thread.getState() == Thread.State.BLOCKED;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Tells when its clock is read. */
    private static final class WatchedLedger implements StampLedger {
        private final StampLedger ledger = new MemoryStampLedger(100);
        private final Runnable beforeNow;

        WatchedLedger(Runnable beforeNow) {
            this.beforeNow = beforeNow;
        }

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
            beforeNow.run();
            return ledger.now();
        }

        @Override
        public void raise(Collection<String> names) {
            ledger.raise(names);
        }

        @Override
        public boolean isRaisedSince(Stamp stamp, String name) {
            return ledger.isRaisedSince(stamp, name);
        }
    }
}
