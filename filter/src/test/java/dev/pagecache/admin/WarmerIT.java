package dev.pagecache.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import dev.pagecache.store.Poll;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages are there before visitors ask, and nothing but the site is asked. */
final class WarmerIT {

    private static URI origin(TestSite site) {
        return URI.create("http://127.0.0.1:" + site.port());
    }

    private static String host(TestSite site) {
        return "Host: 127.0.0.1:" + site.port();
    }

    private static TestSite.Builder site() {
        return TestSite.with().page("/p/*", View.numbered());
    }

    @Test
    void warm_paths_areHitsAfterwards() {
        try (TestSite site = site().start();
                Warmer warmer = new Warmer(origin(site), 1_000)) {
            assertTrue(warmer.warm(List.of("/p/a", "/p/b?c=d", "/missing")));
            Poll.until("all were asked for", () -> warmer.left() == 0);
            assertEquals(3, warmer.asked());
            assertEquals(1, warmer.failed());
            assertTrue(site.get("/p/a", host(site)).isHit());
            assertTrue(site.get("/p/b?c=d", host(site)).isHit());

            assertTrue(warmer.warm(List.of("/p/later")));
            Poll.until("it wakes up again", () -> warmer.asked() == 4);
        }
    }

    @Test
    void warm_manyPages_areAskedForTwoAtATime() {
        List<Integer> together = Collections.synchronizedList(new ArrayList<>());
        int[] now = new int[1];
        View counting = (request, response) -> {
            synchronized (now) {
                together.add(++now[0]);
            }
            response.getWriter().write("x");
            synchronized (now) {
                now[0]--;
            }
        };
        try (TestSite site = TestSite.with().page("/p/*", counting).start();
                Warmer warmer = new Warmer(origin(site), 1_000)) {
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                paths.add("/p/" + i);
            }
            warmer.warm(paths);
            Poll.until("all were asked for", () -> warmer.left() == 0);
            assertEquals(50, together.size());
            assertTrue(Collections.max(together) <= 2, together::toString);
        }
    }

    @Test
    void redirect_toAnotherServer_isNotFollowed() {
        try (TestSite other = site().start();
                TestSite site = TestSite.with()
                        .page("/away", (request, response) -> response.sendRedirect(origin(other) + "/p/x"))
                        .start();
                Warmer warmer = new Warmer(origin(site), 1_000)) {
            warmer.warm(List.of("/away"));
            Poll.until("it was asked for", () -> warmer.left() == 0);
            assertEquals(1, site.renders("/away"));
            assertEquals(0, other.renders("/p/*"));
        }
    }

    @Test
    void sitemap_withPagesOfOthers_asksItsOwnOnly() {
        try (TestSite other = site().start()) {
            View sitemap = (request, response) -> {
                String own = "http://127.0.0.1:" + request.getServerPort();
                response.setContentType("application/xml");
                response.getWriter()
                        .write("<urlset><url><loc>" + own + "/p/a</loc></url><url><loc>" + origin(other)
                                + "/p/b</loc></url></urlset>");
            };
            try (TestSite site = site().page("/sitemap.xml", sitemap).start();
                    Warmer warmer = new Warmer(origin(site), 1_000)) {
                assertEquals(1, warmer.warmSitemap("/sitemap.xml"));
                Poll.until("all were asked for", () -> warmer.left() == 0);
                assertEquals(1, site.renders("/p/*"));
                assertEquals(0, other.renders("/p/*"));
            }
        }
    }

    @Test
    void sitemap_thatIsNone_isRefused() {
        View redirecting = (request, response) -> response.sendRedirect("/p/x");
        View endless = (request, response) -> {
            String line = "x".repeat(1 << 16);
            for (int i = 0; i < 200; i++) {
                response.getWriter().write(line);
            }
        };
        try (TestSite site = site().page("/moved", redirecting)
                        .page("/long", endless)
                        .start();
                Warmer warmer = new Warmer(origin(site), 1_000)) {
            for (String path : List.of("/moved", "/long", "/missing", "/p/text")) {
                assertThrows(IllegalArgumentException.class, () -> warmer.warmSitemap(path), path);
            }
            assertEquals(0, warmer.asked());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "p", "//evil.test/p", "http://evil.test/p", "/p\r\nX: y", "/p q", "/é", "/p#f", "/p%zz"})
    void warm_whatIsNoPath_isRefused(String path) {
        try (Warmer warmer = new Warmer(URI.create("http://127.0.0.1:1"), 1_000)) {
            assertThrows(IllegalArgumentException.class, () -> warmer.warm(List.of("/good", path)));
            assertEquals(0, warmer.left());
        }
    }

    @Test
    void close_whileAsking_endsItsThreads() {
        try (TestSite site = site().start()) {
            Warmer warmer = new Warmer(origin(site), 1_000);
            warmer.warm(Collections.nCopies(10_000, "/p/a"));
            Poll.until("it asks", () -> warmer.asked() > 0);
            warmer.close();
            Poll.until(
                    "its threads have ended",
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().equals("pagecache-warmer")));
            assertTrue(warmer.left() > 0);
        }
    }

    @Test
    void warm_moreThanBound_isRefused() {
        try (Warmer warmer = new Warmer(URI.create("http://127.0.0.1:1"), 1)) {
            assertTrue(warmer.warm(Collections.nCopies(50_000, "/p")));
            assertFalse(warmer.warm(List.of("/p")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/p", "http:///", "http://host/path", "http://host?q", "http://u@host"})
    void warmer_ofWhatIsNoOrigin_isRefused(String base) {
        assertThrows(IllegalArgumentException.class, () -> new Warmer(URI.create(base), 1).close());
    }

    @Test
    void warmer_ofNoRate_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Warmer(URI.create("http://host"), 0).close());
    }

    @Test
    void servlet_warm_isAskedByPostAndNeedsABase() {
        try (TestSite target = site().start();
                TestSite site = AdminClient.site()
                        .contextParam("pagecache.warm.base", origin(target).toString())
                        .contextParam("pagecache.warm.rate", "1000")
                        .start()) {
            Reply answer = AdminClient.post(site, "/cache/warm", "path=/p/a&path=/p/b");
            assertEquals(202, answer.status(), answer::toString);
            assertEquals("{\"pages\":2}\n", answer.text());
            Poll.until("both were asked for", () -> target.renders("/p/*") == 2);
            Poll.until(
                    "the status tells of it",
                    () -> site.get("/cache/status", AdminClient.BEARER)
                            .text()
                            .contains("\"warming\":{\"asked\":2,\"failed\":0,\"left\":0}"));
            for (String form : List.of("", "path=/a&sitemap=/b", "paths=/a", "path=http://evil.test/", "sitemap=x")) {
                assertEquals(400, AdminClient.post(site, "/cache/warm", form).status(), form);
            }
        }
        try (TestSite site = AdminClient.site().start()) {
            assertEquals(400, AdminClient.post(site, "/cache/warm", "path=/p").status());
        }
    }
}
