package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.store.Poll;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads of the container that somebody interrupts: their requests are answered, and they stay interrupted. */
final class InterruptIT {
    private final LinkedBlockingQueue<Boolean> flags = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Thread> follower = new AtomicReference<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Nearer to the client than the cache; what it leaves to the container is a thread that is not interrupted. */
    private final Filter interrupts = (request, response, chain) -> {
        String marked = ((HttpServletRequest) request).getHeader("X-Interrupt");
        if (marked == null) {
            chain.doFilter(request, response);
            return;
        }
        follower.set(Thread.currentThread());
        if (marked.equals("before")) {
            Thread.currentThread().interrupt();
        }
        try {
            chain.doFilter(request, response);
        } finally {
            flags.add(Thread.interrupted());
        }
    };

    private Reply getInterrupted(TestSite site, String target) throws InterruptedException {
        Reply reply = site.get(target, "X-Interrupt: before");
        assertEquals(200, reply.status(), reply::toString);
        assertTrue(reply.isComplete(), reply::toString);
        assertTrue(flags.take(), "the thread is interrupted still");
        return reply;
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory://", "redis"})
    @Tag("jetty") // Tomcat's channels close when an interrupted thread writes
    void request_interruptedBefore_isAnsweredAndStored(String location) throws Exception {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite site = TestSite.with()
                        .before(interrupts)
                        .contextParam(
                                "pagecache.caches.default.location", location.equals("redis") ? redis.uri() : location)
                        .page("/p/*", View.numbered())
                        .page("/private", View.numbered("Cache-Control", "private"))
                        .start()) {
            Reply miss = getInterrupted(site, "/p/1");
            assertEquals("render 1", miss.text());
            assertTrue(miss.saysStored(), miss::toString);
            Reply hit = getInterrupted(site, "/p/1");
            assertTrue(hit.isHit(), hit::toString);
            assertEquals("render 1", hit.text());
            assertEquals("render 1", getInterrupted(site, "/private").text());
            site.getStoredThenHit("/p/2");
        }
    }

    /** Every look-up asks Redis, by the one connection there is. */
    @Test
    @Tag("jetty") // as above
    void hitInRedis_interruptedBefore_poisonsNoConnection() throws Exception {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite site = TestSite.with()
                        .before(interrupts)
                        .param("redis", redis.uri())
                        .contextParam("pagecache.caches.default.memory.maxBytes", "0")
                        .contextParam("pagecache.caches.default.redis.poolSize", "1")
                        .page("/p/*", View.numbered())
                        .start()) {
            site.get("/p/1");
            site.get("/p/2");
            Poll.until("both are in Redis", () -> redis.records().size() == 2);
            for (int i = 0; i < 20; i++) {
                assertEquals("render 1", getInterrupted(site, "/p/1").text());
                site.getHit("render 2", "/p/2");
            }
            assertEquals(2, site.renders("/p/*"));
        }
    }

    /** Who waits for another request's render gives up the wait and renders. */
    @Test
    void follower_interruptedInItsWait_rendersAtOnce() throws Exception {
        View view = (request, response) -> {
            int render = TestSite.render(request);
            if (render == 1) {
                entered.countDown();
                Latches.await(released);
            }
            response.getWriter().write("render " + render);
        };
        try (TestSite site = TestSite.with()
                .before(interrupts)
                .param("collapse.wait", "1h")
                .page("/p", view)
                .start()) {
            FutureTask<Reply> leader = Latches.start(() -> site.get("/p"));
            Latches.await(entered);
            FutureTask<Reply> asked = Latches.start(() -> site.get("/p", "X-Interrupt: later"));
            Poll.until("it waits for the leader", () -> isWaiting(follower.get()));
            Thread waiting = follower.get();
            assertTrue(waiting != null);
            waiting.interrupt();
            assertEquals("render 2", Latches.get(asked).text());
            assertTrue(flags.take(), "the thread is interrupted still");
            released.countDown();
            assertEquals("render 1", Latches.get(leader).text());
            assertEquals(200, site.get("/p").status());
            assertEquals(2, site.renders("/p"));
        }
    }

    private static boolean isWaiting(@Nullable Thread thread) {
        return thread != null
                && thread.getState() == Thread.State.TIMED_WAITING
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().endsWith(".SingleFlight$Flight"));
    }
}
