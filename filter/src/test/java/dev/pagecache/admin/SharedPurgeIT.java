package dev.pagecache.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.PageCaches;
import dev.pagecache.PageControl;
import dev.pagecache.Purge;
import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import dev.pagecache.store.Poll;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Purges of one node as the other one sees them, over one real Redis; and what reaches Redis of hostile ones. */
final class SharedPurgeIT {
    private static final String FIRST_SIGHT = "render ";

    private final AtomicInteger renders = new AtomicInteger();

    private TestSite node(RedisTestServer redis) {
        View tagged = (request, response) -> {
            PageControl.of(request).tag("news");
            response.getWriter().write(FIRST_SIGHT + renders.incrementAndGet());
        };
        return AdminClient.site()
                .param("redis", redis.uri())
                .page("/p", tagged)
                .page("/p/*", tagged)
                .start();
    }

    /** Fills the memory of both nodes with one page. */
    private static String share(TestSite first, TestSite second, String path) {
        Poll.until(
                "both have it",
                () -> first.get(path).isHit()
                        && second.get(path).isHit()
                        && first.get(path).text().equals(second.get(path).text()));
        return first.get(path).text();
    }

    @Test
    void purge_onOneNode_reachesTheOther() {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite first = node(redis);
                TestSite second = node(redis)) {
            for (String form : List.of("tag=news", "url=/p", "prefix=/p", "all=true")) {
                String old = share(first, second, "/p");
                Reply answer = AdminClient.post(first, "/cache/purge", form);
                assertEquals("{\"purged\":1,\"shared\":true}\n", answer.text(), form);
                assertFalse(first.get("/p").text().equals(old), form);
                Poll.until(
                        "the other node hears of " + form,
                        () -> !second.get("/p").text().equals(old));
            }
        }
    }

    @Test
    void purge_byCode_canBeWaitedFor() {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite first = node(redis);
                TestSite second = node(redis)) {
            String old = share(first, second, "/p");
            Purge purge = PageCaches.of(first.context()).purgeTag("news");
            assertTrue(purge.awaitShared(Duration.ofSeconds(20)));
            assertTrue(purge.isShared());
            Poll.until(
                    "the other node hears of it", () -> !second.get("/p").text().equals(old));
        }
    }

    @Test
    void purge_whileRedisIsAway_takesEffectHereAndIsToldLater() {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite first = node(redis);
                TestSite second = node(redis)) {
            String old = share(first, second, "/p");
            redis.freeze();
            Poll.until(
                    "the node knows",
                    () -> first.get("/cache/status", AdminClient.BEARER).text().contains("\"purgesReach\":\"away\""));
            Reply answer = AdminClient.post(first, "/cache/purge", "tag=news");
            assertEquals("{\"purged\":1,\"shared\":false}\n", answer.text());
            assertFalse(first.get("/p").text().equals(old));
            redis.thaw();
            Poll.until(
                    "the other node hears of it", () -> !second.get("/p").text().equals(old));
        }
    }

    /** What waits for Redis is bounded, and who purges on and on is told so; what was taken holds here. */
    @Test
    void purges_withoutEnd_areTurnedAway() {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite site = node(redis)) {
            redis.freeze();
            Reply answer = AdminClient.post(site, "/cache/purge", "tag=a");
            for (int i = 0; i < 20 && answer.status() == 200; i++) {
                StringBuilder form = new StringBuilder();
                for (int j = 0; j < 1_000; j++) {
                    form.append("tag=").append(i).append('-').append(j).append('&');
                }
                answer = AdminClient.post(site, "/cache/purge", form.toString());
            }
            assertEquals(429, answer.status(), answer::toString);
            assertEquals("1", answer.one("Retry-After"));
            redis.thaw();
            Poll.until(
                    "Redis has them",
                    () -> AdminClient.post(site, "/cache/purge", "tag=a").text().contains("\"shared\":true"));
        }
    }

    /** Text of a purge is data to Redis, whatever it looks like. */
    @Test
    void purge_ofWhatLooksLikeACommand_isNone() throws IOException {
        try (RedisTestServer redis = RedisTestServer.start();
                TestSite site = node(redis);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            Poll.until("Redis has the page", () -> {
                site.get("/p");
                return !redis.records().isEmpty();
            });
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader monitor =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            assertEquals("+OK", monitor.readLine());

            assertEquals(
                    400,
                    AdminClient.post(site, "/cache/purge", "tag=*%0D%0AFLUSHALL%0D%0A")
                            .status());
            // This one is a URL, whose percent signs stay what they are.
            Reply url = AdminClient.post(site, "/cache/purge", "url=/p%250D%250AFLUSHALL%250D%250A");
            assertEquals("{\"purged\":1,\"shared\":true}\n", url.text());

            redis.exec("ECHO", "the end");
            List<String> seen = new ArrayList<>();
            for (String line = monitor.readLine(); !line.contains("the end"); line = monitor.readLine()) {
                seen.add(line);
            }
            List<String> about =
                    seen.stream().filter(line -> line.contains("FLUSHALL")).toList();
            assertFalse(about.isEmpty(), seen::toString);
            for (String line : about) {
                assertFalse(line.contains("] \"FLUSHALL\""), line);
            }
            assertFalse(redis.records().isEmpty());
        }
    }
}
