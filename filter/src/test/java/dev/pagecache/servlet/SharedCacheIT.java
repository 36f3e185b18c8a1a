package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.redis.RedisTestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes over one real Redis, and what requests see of its troubles: nothing. */
final class SharedCacheIT {
    private static final int CLIENTS = 4;
    private static final int REQUESTS_BEFORE = 200;
    private static final int REQUESTS_AFTER = 400;

    private final AtomicInteger renders = new AtomicInteger();
    private final View counting =
            (request, response) -> response.getWriter().write("render " + renders.incrementAndGet());

    /** Nodes have different ports here; one name for the site makes them one, as a load balancer's host would. */
    private TestSite node(RedisTestServer redis, String... params) {
        TestSite.Builder site = TestSite.with().param("redis", redis.uri()).param("authority", "site.example");
        for (int i = 0; i < params.length; i += 2) {
            site.param(params[i], params[i + 1]);
        }
        View byLanguage = (request, response) -> {
            response.setHeader("Vary", "Accept-Language");
            response.getWriter().write(request.getHeader("Accept-Language") + " " + renders.incrementAndGet());
        };
        View hostShower = (request, response) ->
                response.getWriter().write(request.getServerName() + " " + renders.incrementAndGet());
        return site.page("/p", counting)
                .page("/p/*", counting)
                .page("/language", byLanguage)
                .page("/host", hostShower)
                .start();
    }

    @Test
    void page_renderedByOneNode_isServedByTheOther() {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite first = node(redis);
                TestSite second = node(redis)) {
            Reply stored = first.get("/p");
            awaitKeys(redis, 1);
            Reply shared = second.get("/p");
            assertEquals("render 1", stored.text());
            assertEquals("render 1", shared.text());
            assertEquals("pagecache; hit; ttl=600", shared.field("Cache-Status"));
            assertEquals(stored.field("ETag"), shared.field("ETag"));
            assertEquals(stored.field("Expires"), shared.field("Expires"));
        }
    }

    @Test
    void variants_renderedByOneNode_areKeptApartByTheOther() {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite first = node(redis);
                TestSite second = node(redis)) {
            first.get("/language", "Accept-Language: de");
            first.get("/language", "Accept-Language: fr");
            awaitKeys(redis, 3);
            assertEquals("de 1", second.get("/language", "Accept-Language: de").text());
            assertEquals("fr 2", second.get("/language", "Accept-Language: fr").text());
            assertEquals("null 3", second.get("/language").text());
        }
    }

    @Test
    void pages_ofOtherKeyPrefixes_areNotShared() {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite first = node(redis, "keyPrefix", "a");
                TestSite second = node(redis, "keyPrefix", "b")) {
            assertEquals("render 1", first.get("/p").text());
            awaitKeys(redis, 1);
            assertEquals("render 2", second.get("/p").text());
        }
    }

    @Test
    void hostReadWhereAuthorityNamesTheSite_isNotStored() {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite site = node(redis)) {
            Reply evil = site.get("/host", "Host: evil.example");
            Reply victim = site.get("/host", "Host: victim.example");
            assertEquals("evil.example 1", evil.text());
            assertEquals("pagecache; fwd=bypass; detail=authority", evil.field("Cache-Status"));
            assertEquals("victim.example 2", victim.text());
        }
    }

    @Test
    void redisAbsentAtStart_pagesGoOnAndAreSharedOnceItAppears() {
        try (RedisTestServer redis = RedisTestServer.prepare();
                TestSite first = node(redis);
                TestSite second = node(redis)) {
            assertEquals(200, first.get("/p/early").status());
            redis.restart();
            int i = 0;
            while (!isSharedPage(first, second, "/p/late" + i)) {
                i++;
                assertTrue(i < 100_000, "Redis is never used again");
            }
        }
    }

    private static boolean isSharedPage(TestSite first, TestSite second, String target) {
        String rendered = first.get(target).text();
        return second.get(target).text().equals(rendered);
    }

    /** Troubles of Redis under load. */
    enum Trouble {
        /** The process dies. */
        KILLED {
            @Override
            void befall(RedisTestServer redis) {
                redis.kill();
            }
        },
        /** The process stands still with its connections open. */
        FROZEN {
            @Override
            void befall(RedisTestServer redis) {
                redis.freeze();
            }
        };

        abstract void befall(RedisTestServer redis);
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void redisInTroubleUnderLoad_failsNoRequest(Trouble trouble) throws Exception {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite site = node(redis)) {
            CountDownLatch warm = new CountDownLatch(CLIENTS * REQUESTS_BEFORE);
            CountDownLatch hasHappened = new CountDownLatch(1);
            List<FutureTask<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                FutureTask<Integer> client = new FutureTask<>(() -> load(site, warm, hasHappened));
                clients.add(client);
                new Thread(client).start();
            }
            warm.await();
            trouble.befall(redis);
            hasHappened.countDown();
            for (FutureTask<Integer> client : clients) {
                assertEquals(REQUESTS_BEFORE + REQUESTS_AFTER, client.get());
            }
            if (trouble == Trouble.FROZEN) {
                redis.thaw();
            }
        }
    }

    /** Half of the pages are new, so that Redis is asked and written to all the time; counts the good answers. */
    private int load(TestSite site, CountDownLatch warm, CountDownLatch hasHappened) throws InterruptedException {
        int good = 0;
        for (int i = 0; i < REQUESTS_BEFORE + REQUESTS_AFTER; i++) {
            if (i == REQUESTS_BEFORE) {
                hasHappened.await();
            }
            String target = i % 2 == 0 ? "/p" : "/p/" + Thread.currentThread().getName() + i;
            Reply reply = site.get(target);
            if (reply.status() == 200 && reply.text().startsWith("render ")) {
                good++;
            }
            warm.countDown();
        }
        return good;
    }

    /** Writes leave the request path: a page reaches Redis a little after its client. */
    private static void awaitKeys(RedisTestServer redis, int count) {
        for (int i = 0; i < 100_000; i++) {
            if (redis.records().size() == count) {
                return;
            }
        }
        throw new AssertionError("Redis never had " + count + " keys");
    }
}
