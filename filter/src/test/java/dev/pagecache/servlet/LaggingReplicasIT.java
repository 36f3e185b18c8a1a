package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.PageCaches;
import dev.pagecache.PageControl;
import dev.pagecache.redis.RedisTestReplicas;
import dev.pagecache.store.Poll;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that read from replicas which have stopped to hear of their primary, and that keep no page in memory. */
final class LaggingReplicasIT {
    private static final int REPLICAS = 2;

    /** Each replica is asked several times. */
    private static final int READS = 20;

    private static final Duration LONG = Duration.ofSeconds(20);

    private final AtomicInteger version = new AtomicInteger(1);

    private TestSite node(RedisTestReplicas redis) {
        View page = (request, response) -> {
            PageControl.of(request).tag("versions");
            response.getWriter().write("version " + version.get());
        };
        return TestSite.with()
                .param("redis", redis.location())
                .param("authority", "site.example")
                .contextParam("pagecache.caches.default.memory.maxBytes", "100")
                .page("/p", page)
                .start();
    }

    /** It goes on to serve what it has, until it is told of its primary again. */
    private static void stopReplication(RedisTestReplicas redis, int replicas) {
        for (int i = 0; i < replicas; i++) {
            redis.replica(i).exec("REPLICAOF", "127.0.0.1", "1");
        }
    }

    private static void resumeReplication(RedisTestReplicas redis) {
        for (int i = 0; i < REPLICAS; i++) {
            redis.replica(i)
                    .exec(
                            "REPLICAOF",
                            "127.0.0.1",
                            Integer.toString(redis.primary().port()));
        }
        redis.awaitLinked();
    }

    private static void awaitHit(TestSite site, String text) {
        Poll.until("a hit of " + text, () -> {
            Reply reply = site.get("/p");
            return reply.isHit() && reply.text().equals(text);
        });
    }

    private static void assertNeverOld(TestSite site) {
        for (int i = 0; i < READS; i++) {
            assertEquals("version 2", site.get("/p").text());
        }
    }

    @ParameterizedTest(name = "{0} of 2 lag")
    @ValueSource(ints = {1, 2})
    void page_purgedWhileReplicasLag_isNeverShownAgain(int lagging) {
        try (RedisTestReplicas redis = RedisTestReplicas.start();
                TestSite first = node(redis);
                TestSite second = node(redis)) {
            awaitHit(first, "version 1");
            redis.awaitReplicated();
            stopReplication(redis, lagging);
            awaitHit(second, "version 1");

            version.incrementAndGet();
            assertTrue(
                    PageCaches.of(first.context()).purgeTag("versions").awaitShared(LONG),
                    "replicas have no part in purges");

            assertNeverOld(first);
            Poll.until(
                    "the other node hears of it", () -> second.get("/p").text().equals("version 2"));
            assertNeverOld(second);
            try (TestSite newcomer = node(redis)) {
                assertNeverOld(newcomer);
            }

            resumeReplication(redis);
            awaitHit(first, "version 2");
            awaitHit(second, "version 2");
        }
    }

    /** A page that nobody purged is shown in the form that the replica has, and no fault of it is a fault of a page. */
    @Test
    void page_notPurged_isServedByReplicasThatLag() {
        try (RedisTestReplicas redis = RedisTestReplicas.start();
                TestSite site = node(redis)) {
            awaitHit(site, "version 1");
            redis.awaitReplicated();
            stopReplication(redis, REPLICAS);
            version.incrementAndGet();
            for (int i = 0; i < READS; i++) {
                assertEquals("version 1", site.get("/p").text());
            }
        }
    }
}
