package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.SampleRecords;
import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.store.Poll;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes of this release share one Redis with nodes of the one before, and of the one to come. */
final class RollingUpgradeIT {
    private static final byte LATER_VERSION = 3;

    /** By so much a stamp of the release before counts less. */
    private static final long SKEW_MILLIS = 60_000;

    private final RedisTestServer redis = RedisTestServer.start();
    private final AtomicInteger version = new AtomicInteger(1);
    private final TestSite first = node();

    @AfterEach
    void stop() {
        first.close();
        redis.close();
    }

    private TestSite node() {
        View page = (request, response) -> {
            if (request.getMethod().equals("POST")) {
                version.incrementAndGet();
            }
            response.getWriter().write("version " + version.get());
        };
        return TestSite.with()
                .param("redis", redis.uri())
                .param("authority", "site.example")
                .param("requestDirectives", "honor")
                .page("/p", page)
                .start();
    }

    /** The key of the page in Redis, once it is there. */
    private byte[] stored() {
        assertEquals("version 1", first.get("/p").text());
        Poll.until("Redis has the page", () -> redis.records().size() == 1);
        return redis.records().get(0);
    }

    private byte[] value(byte[] key) {
        return assertInstanceOf(byte[].class, redis.execBytes("GET", key));
    }

    /** As a node of the release before writes it, a while after the ledger began. */
    private void makeFormer(byte[] key, long stamp) {
        redis.execBytes("SET", key, SampleRecords.ofVersion1(value(key), stamp));
        version.incrementAndGet();
    }

    private static long justNow() {
        return System.currentTimeMillis() + SKEW_MILLIS + TimeUnit.SECONDS.toMillis(10);
    }

    @Test
    void pageOfTheReleaseBefore_isAHit() {
        makeFormer(stored(), justNow());
        try (TestSite second = node()) {
            second.getHit("version 1", "/p");
        }
    }

    @Test
    void pageOfTheReleaseBefore_revoked_isNotShown() {
        byte[] key = stored();
        makeFormer(key, System.currentTimeMillis() + SKEW_MILLIS);
        byte[] former = value(key);
        try (TestSite second = node()) {
            assertEquals("version 3", first.send("POST", "/p").text());
            Poll.until("the other node is told", () -> second.get("/p").text().equals("version 3"));
            redis.execBytes("SET", key, former);
            second.send("POST", "/p");
            redis.execBytes("SET", key, former);
            assertEquals("version 4", second.get("/p").text());
        }
    }

    /** Its node's clock may have been ahead of Redis' by as much as two nodes' clocks may be apart. */
    @Test
    void pageOfTheReleaseBefore_fromAMomentBeforeTheLedger_isNotTrusted() {
        makeFormer(stored(), System.currentTimeMillis() + SKEW_MILLIS / 2);
        try (TestSite second = node()) {
            assertEquals("version 2", second.get("/p").text());
        }
    }

    @Test
    void recordOfALaterRelease_isAMissAndStaysUntilItIsReplaced() {
        byte[] key = stored();
        byte[] later = value(key);
        later[1] = LATER_VERSION;
        redis.execBytes("SET", key, later);
        try (TestSite second = node()) {
            assertEquals(504, second.get("/p", "Cache-Control: only-if-cached").status());
            assertArrayEquals(later, value(key), "nobody has removed it");
            Reply reply = second.get("/p");
            assertFalse(reply.isHit(), reply::toString);
            Poll.until("it is replaced", () -> value(key)[1] != LATER_VERSION);
            try (TestSite third = node()) {
                assertTrue(third.get("/p").isHit());
            }
        }
    }
}
