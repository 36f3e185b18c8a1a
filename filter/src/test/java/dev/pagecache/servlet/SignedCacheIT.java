package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.store.Poll;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole sites over a Redis to which somebody else writes. */
final class SignedCacheIT {
    private static final String SECRET = "s3cr3t-of-the-site-0123456789-0123456789";
    private static final String[] NO_SECRET = {};

    /** Sites of one name; without pages in memory, so that every look-up asks Redis. */
    private static TestSite site(RedisTestServer redis, String body, String... secret) {
        TestSite.Builder builder = TestSite.with()
                .param("redis", redis.uri())
                .param("authority", "site.example")
                .param("caches.default.memory.maxBytes", "0");
        if (secret.length > 0) {
            builder.param("caches.default.redis.secret", String.join(",", secret));
        }
        View view = (request, response) -> response.getWriter().write(body + " " + TestSite.render(request));
        View byLanguage = (request, response) -> {
            response.setHeader("Vary", "Accept-Language");
            response.getWriter().write(body + " " + TestSite.render(request));
        };
        return builder.page("/p", view).page("/language", byLanguage).start();
    }

    private static byte[] onlyKey(RedisTestServer redis) {
        return assertInstanceOf(byte[].class, keys(redis, 1).get(0));
    }

    /** Writes come to Redis a moment after the answer. */
    private static List<?> keys(RedisTestServer redis, int count) {
        for (int i = 0; i < 100_000; i++) {
            List<?> keys = redis.records();
            if (keys.size() == count) {
                return keys;
            }
        }
        throw new AssertionError("never so many keys: " + count);
    }

    private static byte[] value(RedisTestServer redis, byte[] key) {
        return assertInstanceOf(byte[].class, redis.execBytes("GET", key));
    }

    @Test
    void pages_signed_areShared() {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite first = site(redis, "first", SECRET);
                TestSite second = site(redis, "second", SECRET)) {
            assertEquals("first 1", first.get("/p").text());
            onlyKey(redis);
            second.getHit("first 1", "/p");
            assertEquals(
                    "first 1", first.get("/language", "Accept-Language: de").text());
            keys(redis, 3);
            second.getHit("first 1", "/language", "Accept-Language: de");
        }
    }

    /** The second half shows that the first one can fail. */
    @Test
    void pages_ofAnAttacker_areShownWithoutASecretOnly() {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite attacker = site(redis, "evil");
                TestSite guessing = site(redis, "evil", SECRET.replace('3', '4'));
                TestSite guarded = site(redis, "right", SECRET);
                TestSite open = site(redis, "right", NO_SECRET)) {
            attacker.get("/p");
            onlyKey(redis);
            assertEquals("evil 1", open.get("/p").text());
            assertEquals("right 1", guarded.get("/p").text());
            guarded.getHitSoon("right 1", "/p");
            redis.clearRecords();
            guessing.get("/p");
            onlyKey(redis);
            assertEquals("right 2", guarded.get("/p").text());
        }
    }

    /** The stamp of the render is part of what is signed, and the node knows what it has revoked. */
    @Test
    void page_writtenAgainAfterItWasRevoked_isNotShownByTheNodeThatRevoked() {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite site = site(redis, "page", SECRET)) {
            assertEquals("page 1", site.get("/p").text());
            byte[] key = onlyKey(redis);
            byte[] old = value(redis, key);
            redis.execBytes("SET", key, old);
            site.getHit("page 1", "/p");
            assertEquals("page 2", site.send("POST", "/p", "Content-Length: 0").text());
            redis.execBytes("SET", key, old);
            assertEquals("page 3", site.get("/p").text());
            redis.execBytes("SET", key, old);
            assertFalse(site.get("/p").text().contains("page 1"));
        }
    }

    @Test
    void pages_swapped_areNotShown() {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite site = site(redis, "page", SECRET)) {
            site.get("/p?a");
            byte[] first = onlyKey(redis);
            byte[] ofFirst = value(redis, first);
            redis.clearRecords();
            site.get("/p?b");
            byte[] second = onlyKey(redis);
            redis.execBytes("SET", second, ofFirst);
            assertEquals("page 3", site.get("/p?b").text());
        }
    }

    @Test
    void secret_isInNothingThatIsLogged() {
        PrintStream err = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (RedisTestServer redis = RedisTestServer.prepare();
                TestSite site = site(redis, "page", SECRET)) {
            for (int i = 0; i < 10; i++) {
                assertEquals(200, site.get("/p?" + i).status());
            }
            Poll.until(
                    "the ledger is missed",
                    () -> log.toString(StandardCharsets.UTF_8).contains("Shared ledger does not answer"));
        } finally {
            System.setErr(err);
        }
        String text = log.toString(StandardCharsets.UTF_8);
        assertFalse(text.contains("s3cr3t"), text);
    }
}
