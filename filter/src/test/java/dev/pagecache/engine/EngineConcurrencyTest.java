package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.engine.Step.Render;
import dev.pagecache.engine.Step.Serve;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.entry.VaryIndex;
import dev.pagecache.http.CacheStatus;
import dev.pagecache.http.CacheStatus.Forward;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PolicyBuilder;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.RequestRules;
import dev.pagecache.policy.TestRequest;
import dev.pagecache.store.Poll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many requests for one key at once. */
final class EngineConcurrencyTest {
    private static final PagePolicy DEFAULTS = PolicyBuilder.defaults();
    private static final TestRequest GET = TestRequest.get();
    private static final int FOLLOWERS = 16;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<Thread> waiters = new ArrayList<>();
    private TestEngine test = new TestEngine(TestEngine.LONG_WAIT);

    @AfterEach
    void engine_isSound() throws InterruptedException {
        executor.shutdownNow();
        assertTrue(executor.awaitTermination(60, TimeUnit.SECONDS));
        test.assertSound();
    }

    /** Starts a request on a thread of its own and returns when that thread waits for another's render. */
    private Future<Step> follow(TestRequest request, PagePolicy policy) {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Future<Step> step = executor.submit(() -> {
            thread.set(Thread.currentThread());
            return test.open(request, policy);
        });
        waiters.add(awaitWaiting(thread, step));
        return step;
    }

    /** Only a follower waits with a bound; whoever does not is done instead. */
    private static Thread awaitWaiting(AtomicReference<Thread> holder, Future<?> step) {
        Poll.until("the request waits", () -> {
            Thread thread = holder.get();
            return step.isDone() || (thread != null && thread.getState() == Thread.State.TIMED_WAITING);
        });
        assertFalse(step.isDone(), "the request did not wait");
        return holder.get();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private List<Future<Step>> followers() {
        List<Future<Step>> followers = new ArrayList<>();
        for (int i = 0; i < FOLLOWERS; i++) {
            followers.add(follow(GET, DEFAULTS));
        }
        return followers;
    }

    @Test
    void open_manyForOneKey_renderOnce() throws Exception {
        Rendering leader = test.render(GET, DEFAULTS);
        List<Future<Step>> followers = followers();
        test.answer(leader, GET, "body");
        for (Future<Step> follower : followers) {
            Serve serve = assertInstanceOf(Serve.class, get(follower));
            assertEquals("body", TestEngine.body(serve));
            assertEquals(CacheStatus.collapsed(Forward.URI_MISS, 600), serve.status());
        }
        assertEquals(1, test.counters.renders());
        assertEquals(FOLLOWERS, test.counters.collapsedHits());
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"ERROR", "SET_COOKIE", "INCOMPLETE"})
    void open_leaderStoresNothing_allRenderAtOnce(Reason reason) throws Exception {
        Rendering leader = test.render(GET, DEFAULTS);
        List<Future<Step>> followers = followers();
        test.release(leader, reason);
        List<Rendering> renderings = new ArrayList<>();
        for (Future<Step> follower : followers) {
            renderings.add(assertInstanceOf(Render.class, get(follower)).rendering());
        }
        assertEquals(0, test.engine.flightsInAir());
        assertEquals(FOLLOWERS + 1, test.counters.renders());
        for (Rendering rendering : renderings) {
            test.answer(rendering, GET, "body");
        }
    }

    @Test
    void open_leaderStoresAnotherVariant_followerLeadsItsOwn() throws Exception {
        TestRequest one = GET.with("X", "1");
        TestRequest two = GET.with("X", "2");
        Rendering leader = test.render(one, DEFAULTS);
        Future<Step> same = follow(one, DEFAULTS);
        Future<Step> other = follow(two, DEFAULTS);
        test.answer(leader, one, "one", "Vary", "X");
        assertEquals("one", TestEngine.body(assertInstanceOf(Serve.class, get(same))));
        Rendering own = assertInstanceOf(Render.class, get(other)).rendering();
        assertEquals(CacheStatus.forwarded(Forward.VARY_MISS, true, null), own.status(true));
        assertEquals(1, test.engine.flightsInAir());
        test.answer(own, two, "two", "Vary", "X");
        assertEquals("two", TestEngine.body(test.serve(two, DEFAULTS)));
    }

    @Test
    void open_leadersOfOtherVariantsAgainAndAgain_followerRendersAtLast() throws Exception {
        TestRequest mine = GET.with("A", "me").with("B", "me").with("C", "me");
        Rendering first = test.render(GET.with("A", "x"), DEFAULTS);
        Future<Step> follower = follow(mine, DEFAULTS);
        test.memory.put(new VaryIndex(
                RequestRules.key(GET, DEFAULTS), List.of("a"), test.clock.nanos() + TimeUnit.MINUTES.toNanos(1)));
        Rendering second = test.render(mine.with("B", "x"), DEFAULTS);
        long misses = test.memory.counters().misses();
        test.answer(first, GET.with("A", "x"), "first", "Vary", "A");
        // T1 the follower's second look misses, T2 it waits for the second leader.
        Poll.until("the second look", () -> test.memory.counters().misses() > misses);
        awaitWaiting(new AtomicReference<>(waiters.get(0)), follower);
        test.answer(second, mine.with("B", "x"), "second", "Vary", "A, B");
        Rendering own = assertInstanceOf(Render.class, get(follower)).rendering();
        assertEquals(0, test.engine.flightsInAir());
        test.answer(own, mine, "mine", "Vary", "A, B");
        assertEquals("mine", TestEngine.body(test.serve(mine, DEFAULTS)));
    }

    @Test
    void open_waitIsOver_followerRendersForItself() {
        test = new TestEngine(Duration.ofNanos(1));
        Rendering leader = test.render(GET, DEFAULTS);
        Rendering own = test.render(GET, DEFAULTS);
        assertEquals(1, test.engine.flightsInAir());
        test.answer(own, GET, "follower");
        assertEquals("follower", TestEngine.body(test.serve(GET, DEFAULTS)));
        test.answer(leader, GET, "leader");
        assertEquals("leader", TestEngine.body(test.serve(GET, DEFAULTS)));
    }

    @Test
    void open_interruptedFollower_rendersAndKeepsTheFlag() throws Exception {
        Rendering leader = test.render(GET, DEFAULTS);
        AtomicReference<Thread> thread = new AtomicReference<>();
        Callable<Boolean> task = () -> {
            thread.set(Thread.currentThread());
            Rendering own = test.render(GET, DEFAULTS);
            boolean isFlagged = Thread.currentThread().isInterrupted();
            test.release(own, Reason.INCOMPLETE);
            return isFlagged;
        };
        Future<Boolean> follower = executor.submit(task);
        awaitWaiting(thread, follower).interrupt();
        assertTrue(get(follower));
        test.answer(leader, GET, "body");
    }

    @Test
    void open_manyAtOnce_eachGetsTheBodyOfItsVariant() throws Exception {
        List<Future<String>> bodies = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            TestRequest request = TestRequest.get("/" + i % 5).with("X", Integer.toString(i % 3));
            String expected = "/" + i % 5 + " for " + i % 3;
            bodies.add(executor.submit(() -> {
                Step step = test.open(request, DEFAULTS);
                if (step instanceof Render render) {
                    test.answer(render.rendering(), request, expected, "Vary", "X");
                    return "";
                }
                String body = TestEngine.body(assertInstanceOf(Serve.class, step));
                return body.equals(expected) ? "" : expected + " got " + body;
            }));
        }
        for (Future<String> body : bodies) {
            assertEquals("", get(body));
        }
        // A follower gives up collapsing after three rounds, and each path begins without an index.
        assertTrue(test.counters.renders() >= 15, "renders: " + test.counters.renders());
    }

    @Test
    void await_unlanded_isReleased() {
        SingleFlight flights = new SingleFlight(Duration.ZERO);
        SingleFlight.Boarding boarding = flights.board(SampleRecords.key("a"));
        assertEquals(Landing.Released.INSTANCE, boarding.flight().await());
        assertTrue(boarding.isLeader());
        boarding.flight().land(Landing.Released.INSTANCE);
        boarding.flight().land(Landing.Released.INSTANCE);
        assertEquals(0, flights.size());
    }

    @Test
    void land_lateLeader_leavesTheNextFlightAlone() {
        SingleFlight flights = new SingleFlight(Duration.ZERO);
        SingleFlight.Flight first = flights.board(SampleRecords.key("a")).flight();
        first.land(Landing.Released.INSTANCE);
        SingleFlight.Flight second = flights.board(SampleRecords.key("a")).flight();
        first.land(Landing.Released.INSTANCE);
        assertEquals(1, flights.size());
        second.land(Landing.Released.INSTANCE);
        assertEquals(0, flights.size());
    }

    @Test
    void open_followerOfAStalePagesRender_saysStale() throws Exception {
        test.store(GET, DEFAULTS, "old", "Cache-Control", "max-age=60, stale-if-error=600");
        test.clock.advance(Duration.ofMinutes(2));
        Rendering leader = test.render(GET, DEFAULTS);
        Future<Step> follower = follow(GET, DEFAULTS);
        test.answer(leader, GET, "new");
        Serve serve = assertInstanceOf(Serve.class, get(follower));
        assertEquals(CacheStatus.collapsed(Forward.STALE, 600), serve.status());
    }

    @Test
    void open_followerWhoseDirectivesRefuseThePage_rendersForItself() throws Exception {
        PagePolicy honor = new PolicyBuilder().honorDirectives().build();
        TestRequest strict = GET.with("Cache-Control", "min-fresh=9999");
        Rendering leader = test.render(GET, honor);
        Future<Step> follower = follow(strict, honor);
        test.answer(leader, GET, "body");
        Rendering own = assertInstanceOf(Render.class, get(follower)).rendering();
        assertEquals(CacheStatus.forwarded(Forward.REQUEST, true, null), own.status(true));
        test.answer(own, strict, "own");
    }
}
