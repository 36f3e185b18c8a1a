package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.PageCaches;
import dev.pagecache.PageControl;
import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.store.Poll;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes are asked for one cold page: one render where it can serve both, and no queue where it cannot. */
final class ClusterCollapseIT {
    private static final RedisTestServer redis = RedisTestServer.start();

    private final AtomicInteger renders = new AtomicInteger();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile Runnable beforeRender = () -> {};

    @AfterAll
    static void stop() {
        redis.close();
    }

    @AfterEach
    void empty() {
        released.countDown();
        redis.exec("FLUSHALL");
    }

    /** The first render of all nodes waits. */
    private TestSite node(String wait) {
        View page = (request, response) -> {
            int render = renders.incrementAndGet();
            if (request.getQueryString() != null && request.getQueryString().equals("private")) {
                PageControl.of(request).doNotStore();
            }
            if (request.getQueryString() != null && request.getQueryString().equals("vary")) {
                response.setHeader("Vary", "Accept-Language");
            }
            if (render == 1) {
                entered.countDown();
                Latches.await(released);
            }
            response.getWriter().write("render " + render);
        };
        View aging = (request, response) -> {
            int render = renders.incrementAndGet();
            beforeRender.run();
            PageControl.of(request).tag("aging");
            response.setHeader("Cache-Control", "max-age=600, stale-while-revalidate=600");
            response.getWriter().write("render " + render);
        };
        return TestSite.with()
                .param("redis", redis.uri())
                .param("authority", "site.example")
                .param("collapse", "cluster")
                .param("collapse.wait", wait)
                .page("/p", page)
                .page("/aging", aging)
                .start();
    }

    private static boolean isAwaited() {
        for (Object key : (List<?>) Objects.requireNonNull(redis.exec("KEYS", "*:lease"))) {
            Object holder = redis.exec("GET", new String((byte[]) Objects.requireNonNull(key), StandardCharsets.UTF_8));
            if (holder instanceof byte[] bytes && new String(bytes, StandardCharsets.UTF_8).endsWith("+")) {
                return true;
            }
        }
        return false;
    }

    private void bothGetOneRender(String target) {
        try (TestSite first = node("1m");
                TestSite second = node("1m")) {
            FutureTask<Reply> leader = Latches.start(() -> first.get(target));
            Latches.await(entered);
            FutureTask<Reply> follower = Latches.start(() -> second.get(target));
            Poll.until("the other node waits", ClusterCollapseIT::isAwaited);
            released.countDown();
            assertEquals("render 1", Latches.get(leader).text());
            Reply followed = Latches.get(follower);
            assertEquals("render 1", followed.text());
            assertTrue(
                    Objects.requireNonNull(followed.field("Cache-Status")).contains("collapsed"), followed::toString);
            assertEquals(1, renders.get());
        }
    }

    @Test
    void coldPage_askedOfTwoNodes_isRenderedOnce() {
        bothGetOneRender("/p");
    }

    @Test
    void coldPageThatVaries_askedOfTwoNodes_isRenderedOnce() {
        bothGetOneRender("/p?vary");
    }

    @Test
    void pageThatIsNotStored_setsTheOtherNodeFree() {
        try (TestSite first = node("1m");
                TestSite second = node("1m")) {
            FutureTask<Reply> leader = Latches.start(() -> first.get("/p?private"));
            Latches.await(entered);
            FutureTask<Reply> follower = Latches.start(() -> second.get("/p?private"));
            Poll.until("the other node waits", ClusterCollapseIT::isAwaited);
            released.countDown();
            assertEquals("render 1", Latches.get(leader).text());
            assertEquals("render 2", Latches.get(follower).text());
        }
    }

    @Test
    void leaderThatHangs_isWaitedForNoLongerThanIsSet() {
        try (TestSite first = node("200ms");
                TestSite second = node("200ms")) {
            FutureTask<Reply> leader = Latches.start(() -> first.get("/p"));
            Latches.await(entered);
            assertEquals("render 2", second.get("/p").text());
            released.countDown();
            assertEquals("render 1", Latches.get(leader).text());
        }
    }

    /** All have a page meanwhile, so that nobody waits for the render either. */
    @Test
    void stalePage_beingRenewedByOneNode_isNotRenewedByTheOther() {
        released.countDown();
        try (TestSite first = node("1m");
                TestSite second = node("1m")) {
            first.get("/aging");
            Poll.until("the other node has it", () -> second.get("/aging").isHit());
            int before = renders.get();
            CountDownLatch renewing = new CountDownLatch(1);
            CountDownLatch renewed = new CountDownLatch(1);
            beforeRender = () -> {
                renewing.countDown();
                Latches.await(renewed);
            };
            assertTrue(PageCaches.of(first.context()).softPurgeTag("aging").awaitShared(Duration.ofSeconds(20)));
            assertTrue(first.get("/aging").ttl() <= 0);
            Latches.await(renewing);
            Poll.until(
                    "the other node hears of the purge",
                    () -> second.get("/aging").ttl() <= 0);
            Poll.until("the other node asks who renews", ClusterCollapseIT::isAwaited);
            assertEquals("render " + before, second.get("/aging").text());
            renewed.countDown();
            Poll.until(
                    "the other node has the new page",
                    () -> second.get("/aging").text().equals("render " + (before + 1)));
            assertEquals(before + 1, renders.get());
        }
    }

    @Test
    void redisFrozen_keepsNobodyFromRendering() {
        released.countDown();
        try (TestSite first = node("1m")) {
            redis.freeze();
            try {
                assertEquals("render 1", first.get("/p").text());
            } finally {
                redis.thaw();
            }
        }
    }
}
