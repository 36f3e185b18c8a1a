package dev.pagecache.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the pages are served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SampleCachingIT {

    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final SampleServer server;

    SampleCachingIT() throws Exception {
        server = SampleServer.start(Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/", "/block/ARROWS", "/char/2603", "/search?q=snowman", "/report?twice", "/feed"})
    void page_askedTwice_isMissAndThenHit(String path) throws Exception {
        HttpResponse<String> miss = server.get(path);
        HttpResponse<String> hit = server.get(path);
        assertTrue(SampleServer.status(miss).startsWith("pagecache; fwd=uri-miss"), SampleServer.status(miss));
        assertTrue(SampleServer.status(hit).startsWith("pagecache; hit"), SampleServer.status(hit));
        assertFalse(SampleServer.field(hit, "Age").isEmpty());
        assertEquals(miss.body(), hit.body());
        assertEquals(SampleServer.field(miss, "Content-Type"), SampleServer.field(hit, "Content-Type"));
    }

    @Test
    void serverTiming_everyAnswer_tellsItsOwnStatusOnce() throws Exception {
        for (HttpResponse<String> response : List.of(server.get("/about"), server.get("/about"), server.get("/me"))) {
            List<String> timings = response.headers().allValues("Server-Timing");
            assertEquals(2, timings.size(), timings.toString());
            assertTrue(timings.contains("cache;desc=\"" + SampleServer.status(response) + "\""), timings.toString());
        }
    }

    @Test
    void report_lifetime_isThirtySeconds() throws Exception {
        assertEquals("max-age=30", SampleServer.field(server.get("/report"), "Cache-Control"));
    }

    @Test
    void search_otherQuery_isAnotherPage() throws Exception {
        String stars = server.get("/search?q=black+star").body();
        HttpResponse<String> suns = server.get("/search?q=black+sun");
        assertTrue(SampleServer.status(suns).startsWith("pagecache; fwd=uri-miss"), SampleServer.status(suns));
        assertNotEquals(stars, suns.body());
    }

    @Test
    void head_storedPage_isHitWithoutBody() throws Exception {
        server.get("/about");
        HttpResponse<String> head = server.head("/about");
        assertTrue(SampleServer.status(head).startsWith("pagecache; hit"), SampleServer.status(head));
        assertEquals("", head.body());
    }

    @Test
    void conditional_unchangedPage_is304() throws Exception {
        String etag = SampleServer.field(server.get("/about"), "ETag");
        HttpResponse<String> again = server.get("/about", "If-None-Match", etag);
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
    }

    @Test
    void languages_eachLanguage_hasPageOfItsOwn() throws Exception {
        HttpResponse<String> german = server.get("/languages", "Accept-Language", "de");
        HttpResponse<String> japanese = server.get("/languages", "Accept-Language", "ja");
        HttpResponse<String> germanAgain = server.get("/languages", "Accept-Language", "de");
        assertEquals("Accept-Language", SampleServer.field(german, "Vary"));
        assertTrue(SampleServer.status(japanese).startsWith("pagecache; fwd=vary-miss"), SampleServer.status(japanese));
        assertTrue(SampleServer.status(germanAgain).startsWith("pagecache; hit"), SampleServer.status(germanAgain));
        assertEquals("ja", SampleServer.field(japanese, "Content-Language"));
        assertEquals("de", SampleServer.field(germanAgain, "Content-Language"));
        assertEquals(german.body(), germanAgain.body());
    }

    @Test
    void me_session_isNeverStored() throws Exception {
        HttpResponse<String> first = server.get("/me");
        HttpResponse<String> second = server.get("/me", "Cookie", SampleServer.cookie(first));
        HttpResponse<String> stranger = server.get("/me");
        assertTrue(SampleServer.status(first).startsWith("pagecache; fwd=bypass"), SampleServer.status(first));
        assertEquals("pagecache; fwd=bypass; detail=session", SampleServer.status(second));
        assertTrue(second.body().contains("<strong>2</strong> times"), second.body());
        assertTrue(stranger.body().contains("<strong>1</strong> time "), stranger.body());
    }

    @Test
    void clock_neverCache_isRenderedEachTime() throws Exception {
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> response = server.get("/clock");
            assertEquals("pagecache; fwd=bypass; detail=never-cache", SampleServer.status(response));
            assertTrue(SampleServer.field(response, "Cache-Control").contains("no-store"));
        }
    }

    @Test
    void visitorsSession_plainPage_isStillHit() throws Exception {
        String cookie = SampleServer.cookie(server.get("/me"));
        server.get("/about");
        String status = SampleServer.status(server.get("/about", "Cookie", cookie));
        assertTrue(status.startsWith("pagecache; hit"), status);
    }

    @Test
    void redis_twoServers_shareTheirPages() throws Exception {
        try (RedisProcess redis = RedisProcess.start();
                SampleServer one = SampleServer.start(Map.of("pagecache.redis", redis.uri()));
                SampleServer other = SampleServer.start(Map.of("pagecache.redis", redis.uri()))) {
            assertShared(one, other);
        }
    }

    @Test
    void report_recounted_isRenderedAnew() throws Exception {
        server.get("/report?again");
        assertTrue(SampleServer.status(server.get("/report?again")).startsWith("pagecache; hit"));
        HttpResponse<String> recount = server.post("/recount", "");
        assertEquals(303, recount.statusCode());
        assertEquals("/report", SampleServer.field(recount, "Location"));
        assertEquals("pagecache; fwd=uri-miss", SampleServer.status(server.get("/report?again")));
    }

    /** What the README's two commands show: a purge on one server reaches the other, whose copy is in memory. */
    @Test
    void redis_purgeOnOneServer_reachesTheOther() throws Exception {
        try (RedisProcess redis = RedisProcess.start();
                SampleServer one = SampleServer.start(Map.of("pagecache.redis", redis.uri()));
                SampleServer other = SampleServer.start(Map.of("pagecache.redis", redis.uri()))) {
            one.get("/report");
            other.get("/report");
            assertTrue(isHit(one) && isHit(other));
            String old = other.get("/report").body();
            assertEquals(303, one.post("/recount", "").statusCode());
            assertFalse(isHit(one));
            long begin = System.nanoTime();
            while (other.get("/report").body().equals(old)) {
                assertTrue(System.nanoTime() - begin < DEADLINE_NANOS / 3, "the other server keeps the old report");
            }
        }
    }

    private static boolean isHit(SampleServer server) throws Exception {
        return SampleServer.status(server.get("/report")).startsWith("pagecache; hit");
    }

    @Test
    void adminServlet_withToken_purges() throws Exception {
        String token = "token-of-the-test-0123456789";
        try (SampleServer guarded = SampleServer.start(Map.of("pagecache.admin.token", token))) {
            guarded.get("/about");
            assertEquals(401, guarded.post("/cache/purge", "all=true").statusCode());
            assertTrue(SampleServer.status(guarded.get("/about")).startsWith("pagecache; hit"));
            HttpResponse<String> purged = guarded.post("/cache/purge", "all=true", "Authorization", "Bearer " + token);
            assertEquals("{\"purged\":1,\"shared\":true}\n", purged.body());
            assertTrue(SampleServer.status(guarded.get("/about")).startsWith("pagecache; fwd="));
        }
        assertEquals(404, server.get("/cache/status").statusCode());
    }

    /**
     * Renders characters at one server until the other serves one of them as its first request for it. More than one
     * try, because connections to Redis open, and pages are written, in the background.
     */
    private static void assertShared(SampleServer one, SampleServer other) throws Exception {
        long begin = System.nanoTime();
        String last = "";
        for (int codePoint = 0x4E00; System.nanoTime() - begin < DEADLINE_NANOS; codePoint++) {
            String path = "/char/" + Integer.toHexString(codePoint).toUpperCase(Locale.ROOT);
            // The same host: two sites have two pages.
            HttpResponse<String> rendered = one.get(path, "Host", "atlas.example");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            HttpResponse<String> shared = other.get(path, "Host", "atlas.example");
            last = SampleServer.status(shared);
            if (last.startsWith("pagecache; hit")) {
                assertEquals(rendered.body(), shared.body());
                return;
            }
        }
        fail("The other server never hit: " + last);
    }
}
