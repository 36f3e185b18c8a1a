package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.store.Poll;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes over one Redis from which somebody deletes pages by hand, by {@code redis.tracking}. */
final class TrackingIT {
    private final AtomicInteger version = new AtomicInteger(1);

    private TestSite node(RedisTestServer redis, String... params) {
        View page = (request, response) -> response.getWriter().write("version " + version.get());
        TestSite.Builder site = TestSite.with()
                .param("redis", redis.uri())
                .param("authority", "site.example")
                .param("caches.default.memory.maxAge", "1h")
                .page("/p", page);
        for (int i = 0; i < params.length; i += 2) {
            site.param(params[i], params[i + 1]);
        }
        return site.start();
    }

    private static String text(RedisTestServer redis, String... command) {
        return new String((byte[]) Objects.requireNonNull(redis.exec(command)), StandardCharsets.UTF_8);
    }

    /** B: it has enabled tracking in broadcast mode. */
    private static boolean isTracker(String client) {
        int from = client.indexOf(" flags=") + " flags=".length();
        return client.substring(from, client.indexOf(' ', from)).contains("B");
    }

    /** The ledger has one connection that listens on each node, tracking one more. */
    private static void awaitListeners(RedisTestServer redis, int count) {
        Poll.until(
                "all listen",
                () -> text(redis, "CLIENT", "LIST", "TYPE", "pubsub").lines().count() == count);
    }

    /** Of all nodes. */
    private static long deletions() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            long sum = 0;
            for (ObjectName name : server.queryNames(new ObjectName("dev.pagecache:type=PageCache,*"), null)) {
                sum += ((Number) server.getAttribute(name, "Deletions")).longValue();
            }
            return sum;
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNLINK", "FLUSHDB"})
    void page_deletedByHand_isRenderedAnewOnAllNodes(String command) {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite first = node(redis, "caches.default.redis.tracking", "true");
                TestSite second = node(redis, "caches.default.redis.tracking", "true")) {
            awaitListeners(redis, 4);
            first.getStoredThenHit("/p");
            // Or the other node renders it as well, and may write it after it was deleted.
            Poll.until("Redis has the page", () -> redis.records().size() == 1);
            Poll.until("the other node has the page", () -> second.get("/p").isHit());
            version.incrementAndGet();
            if (command.equals("FLUSHDB")) {
                redis.exec(command);
            } else {
                redis.execBytes(command, redis.records().get(0));
            }
            // Whoever asks for the page before has it written again, and the other node finds it there.
            Poll.until("both nodes have let it go", () -> deletions() == 2);
            assertEquals("version 2", first.get("/p").text());
            assertEquals("version 2", second.get("/p").text());
        }
    }

    @Test
    void page_deletedByHandWithoutTracking_staysInMemory() {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite first = node(redis)) {
            awaitListeners(redis, 1);
            first.getStoredThenHit("/p");
            Poll.until("Redis has the page", () -> redis.records().size() == 1);
            redis.clearRecords();
            assertTrue(first.get("/p").isHit());
            assertFalse(text(redis, "INFO", "commandstats").contains("tracking"));
            assertFalse(text(redis, "CLIENT", "LIST").lines().anyMatch(TrackingIT::isTracker));
            assertEquals(1, first.renders("/p"));
        }
    }
}
