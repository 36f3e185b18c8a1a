package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.engine.Step.Renew;
import dev.pagecache.engine.Step.Serve;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.InputsRead;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PageWishes;
import dev.pagecache.policy.PolicyBuilder;
import dev.pagecache.policy.PurgeRules;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.ResponseFacts;
import dev.pagecache.policy.StorePlan.Store;
import dev.pagecache.policy.TestRequest;
import dev.pagecache.store.Poll;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that were purged softly: stale from then on, as if their time were over. */
final class SoftPurgeTest {
    private static final PagePolicy PLAIN = new PolicyBuilder().tags("news").build();
    private static final PagePolicy WINDOW = new PolicyBuilder()
            .tags("news")
            .staleWhileRevalidate(Duration.ofMinutes(1))
            .build();
    private static final PagePolicy COVERED =
            new PolicyBuilder().staleIfError(Duration.ofMinutes(1)).build();
    private static final TestRequest GET = TestRequest.get("/a/page");

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final TestEngine test = new TestEngine(TestEngine.LONG_WAIT);

    @AfterEach
    void engine_isSound() throws InterruptedException {
        executor.shutdownNow();
        assertTrue(executor.awaitTermination(60, TimeUnit.SECONDS));
        test.assertSound();
    }

    private void purge(Collection<String> names) {
        test.engine.revoke(PurgeRules.softly(names), null);
    }

    private void purge() {
        purge(PurgeRules.all(PLAIN));
    }

    private static String status(Serve serve) {
        return serve.status().toFieldValue("c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"url:http://example.com:80/a/page", "tag:news", "path:/a", "all:", "*"})
    void open_withinTheWindow_servesItOnceMoreAndRenews(String name) {
        test.store(GET, WINDOW, "old");
        test.clock.advance(Duration.ofSeconds(100));
        purge(Set.of(name));
        Renew renew = test.renew(GET, WINDOW);
        assertEquals("old", TestEngine.body(renew.meanwhile()));
        assertEquals("c; hit; ttl=0", status(renew.meanwhile()));
        assertEquals(100_000, renew.meanwhile().ageMillis(), "its age is what it is");
        assertEquals("c; hit; ttl=0", status(test.serve(GET, WINDOW)));
        test.answer(renew.rendering(), GET, "new");
        Serve fresh = test.serve(GET, WINDOW);
        assertEquals("new", TestEngine.body(fresh));
        assertEquals("c; hit; ttl=600", status(fresh));
        assertEquals(2, test.counters.staleHits());
    }

    @Test
    void open_otherNames_leaveItFresh() {
        test.store(GET, WINDOW, "old");
        purge(Set.of("url:http://example.com:80/a", "tag:new", "path:/a/page/b", "all:other"));
        assertEquals("c; hit; ttl=600", status(test.serve(GET, WINDOW)));
    }

    @Test
    void open_withoutWindows_rendersAnewAsForAnyStalePage() {
        test.store(GET, PLAIN, "old");
        purge();
        Rendering rendering = test.render(GET, PLAIN);
        assertEquals("c; fwd=stale; stored", rendering.status(true).toFieldValue("c"));
        assertNull(rendering.fallback(503));
        test.answer(rendering, GET, "new");
        assertEquals("new", TestEngine.body(test.serve(GET, PLAIN)));
    }

    @Test
    void open_windowOfItsOwnLifetimeOver_isOver() {
        test.store(GET, WINDOW, "old");
        purge();
        test.clock.advance(Duration.ofSeconds(659));
        test.release(test.renew(GET, WINDOW).rendering(), Reason.ERROR);
        test.clock.advance(Duration.ofSeconds(2));
        test.answer(test.render(GET, WINDOW), GET, "new");
    }

    @Test
    void fallback_coversAnErrorWithoutTimeLeft() {
        test.store(GET, COVERED, "old");
        purge();
        Rendering rendering = test.render(GET, COVERED);
        Serve instead = Objects.requireNonNull(rendering.fallback(503));
        assertEquals("c; fwd=stale; fwd-status=503; ttl=0; detail=error", status(instead));
        // Standing in for a render counts as one more answer.
        test.asked.incrementAndGet();
        test.release(rendering, Reason.ERROR);
    }

    @Test
    void open_pageWithAValidator_isValidated() {
        test.store(GET, PLAIN, "old", "ETag", "\"1\"");
        purge();
        Rendering rendering = test.render(GET, PLAIN);
        assertEquals("\"1\"", rendering.conditions().first("If-None-Match"));
        Fields own = Fields.of("ETag", "\"1\"");
        rendering.freshen(new ResponseFacts(304, own, InputsRead.NONE, PageWishes.NONE, false), own);
        assertEquals("c; hit; ttl=600", status(test.serve(GET, PLAIN)));
    }

    /** T1 one renders, T2 the page is purged softly, T3 the page is stored: it may be made of old data. */
    @Test
    void store_purgedMeanwhile_isStoredStale() {
        Rendering rendering = test.render(GET, WINDOW);
        purge();
        assertNotNull(test.answer(rendering, GET, "old"));
        assertEquals(1, test.counters.storedPages());
        Renew renew = test.renew(GET, WINDOW);
        assertEquals("old", TestEngine.body(renew.meanwhile()));
        test.answer(renew.rendering(), GET, "new");
        assertEquals("new", TestEngine.body(test.serve(GET, WINDOW)));
    }

    /** T1 one renders and another waits, T2 the page is purged softly, T3 the page is stored: it is not for him. */
    @Test
    void follow_purgedMeanwhile_rendersAnew() throws Exception {
        Rendering leader = test.render(GET, PLAIN);
        AtomicReference<Thread> holder = new AtomicReference<>();
        Future<Step> follower = executor.submit(() -> {
            holder.set(Thread.currentThread());
            return test.open(GET, PLAIN);
        });
        Poll.until("the request waits", () -> {
            Thread thread = holder.get();
            return follower.isDone() || (thread != null && thread.getState() == Thread.State.TIMED_WAITING);
        });
        purge();
        test.answer(leader, GET, "old");
        Step step = follower.get(60, TimeUnit.SECONDS);
        test.answer(assertInstanceOf(Step.Render.class, step).rendering(), GET, "new");
        assertEquals("new", TestEngine.body(test.serve(GET, PLAIN)));
    }

    @Test
    void open_purgedForGoodToo_isGone() {
        test.store(GET, WINDOW, "old");
        purge();
        test.engine.revoke(PurgeRules.all(PLAIN), null);
        test.answer(test.render(GET, WINDOW), GET, "new");
    }

    @Test
    void assess_purgedMeanwhile_isStorable() {
        Rendering rendering = test.render(GET, PLAIN);
        purge();
        assertInstanceOf(
                Store.class,
                rendering.assess(new ResponseFacts(200, Fields.empty(), InputsRead.NONE, PageWishes.NONE, false)));
        test.release(rendering, Reason.ERROR);
    }
}
