package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.PageCaches;
import dev.pagecache.PageControl;
import dev.pagecache.Purge;
import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.store.Poll;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes over one Redis: what one of them revokes, the other does not show. */
final class CoherenceIT {
    private static final RedisTestServer redis = RedisTestServer.start();

    private final AtomicInteger version = new AtomicInteger(1);
    private final TestSite first = node();
    private final TestSite second = node();

    @AfterAll
    static void stop() {
        redis.close();
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        redis.exec("FLUSHALL");
    }

    private TestSite node() {
        View page = (request, response) -> {
            if (request.getMethod().equals("POST")) {
                version.incrementAndGet();
                response.sendRedirect("/p");
                return;
            }
            PageControl.of(request).tag("versions");
            response.getWriter().write("version " + version.get());
        };
        View kept = (request, response) -> {
            PageControl.of(request).tag("versions");
            response.setHeader("Cache-Control", "max-age=600, stale-while-revalidate=600");
            response.getWriter().write("version " + version.get());
        };
        View byLanguage = (request, response) -> {
            response.setHeader("Vary", "Accept-Language");
            response.getWriter().write(request.getHeader("Accept-Language") + " " + version.get());
        };
        return TestSite.with()
                .param("redis", redis.uri())
                .param("authority", "site.example")
                .page("/p", page)
                .page("/kept", kept)
                .page("/language", byLanguage)
                .start();
    }

    @Test
    void post_onOneNode_revokesThePageInTheOthersMemory() {
        first.getStoredThenHit("/p");
        Poll.until("the other node has the page", () -> second.get("/p").isHit());
        assertEquals(302, first.send("POST", "/p").status());
        Poll.until(
                "the other node shows the new page",
                () -> second.get("/p").text().equals("version 2"));
        assertEquals("version 2", first.get("/p").text());
    }

    /** After a redirect the page is rendered at once: it is stored for all nodes, not for the one that rendered it. */
    @Test
    void page_renderedAfterAPost_isSharedAgain() {
        first.send("POST", "/p");
        assertEquals("version 2", first.get("/p").text());
        int rendered = second.renders("/p");
        Poll.until("the other node has it from Redis", () -> second.get("/p").isHit());
        assertTrue(second.renders("/p") <= rendered + 1, "rendered there too often");
    }

    @Test
    void variants_revokedOnOneNode_areRevokedOnTheOther() {
        first.get("/language", "Accept-Language: de");
        Poll.until(
                "the other node has the page",
                () -> second.get("/language", "Accept-Language: de").isHit());
        version.incrementAndGet();
        first.send("DELETE", "/language");
        Poll.until(
                "the other node shows the new page",
                () -> second.get("/language", "Accept-Language: de").text().equals("de 2"));
    }

    /** The other node's memory still has the page of before when it is asked. */
    @ParameterizedTest
    @EnumSource(Revoking.class)
    void page_renderedAnewByOneNode_isNotRenderedAgainByTheOther(Revoking revoking) {
        first.getStoredThenHit("/kept");
        Poll.until("the other node has the page", () -> second.get("/kept").isHit());
        int rendered = second.renders("/kept");
        version.incrementAndGet();
        assertTrue(revoking.purge(PageCaches.of(first.context())).awaitShared(Duration.ofSeconds(20)));
        Poll.until(
                "the page is rendered anew",
                () -> first.get("/kept").text().equals("version 2") && redis.holds("version 2"));
        Poll.until("the other node shows it", () -> second.get("/kept").text().equals("version 2"));
        assertEquals(rendered, second.renders("/kept"));
    }

    /** In which way a page loses its standing. */
    enum Revoking {
        HARD {
            @Override
            Purge purge(PageCaches caches) {
                return caches.purgeTag("versions");
            }
        },
        SOFT {
            @Override
            Purge purge(PageCaches caches) {
                return caches.softPurgeTag("versions");
            }
        },
        REFRESH {
            @Override
            Purge purge(PageCaches caches) {
                return caches.refreshTag("versions");
            }
        };

        abstract Purge purge(PageCaches caches);
    }

    /** Without an answer of the ledger nobody knows what others have revoked. */
    @Test
    void node_startedAnew_doesNotShowWhatWasRevokedBefore() {
        first.get("/language", "Accept-Language: de");
        Poll.until("Redis has page and index", () -> redis.records().size() == 2);
        version.incrementAndGet();
        first.send("DELETE", "/language");
        first.get("/language", "Accept-Language: fr");
        try (TestSite third = node()) {
            assertEquals("de 2", third.get("/language", "Accept-Language: de").text());
        }
    }
}
