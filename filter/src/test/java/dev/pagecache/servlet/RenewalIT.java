package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The request that found a page stale renews it when its client has the page (RFC 5861 section 3). */
final class RenewalIT {
    /** Blocks the second render until it is released. */
    private static final class Gate {
        final CountDownLatch isRenewing = new CountDownLatch(1);
        final CountDownLatch isReleased = new CountDownLatch(1);

        View view() {
            return StalePages.aging(View.numberedAfter((request, response) -> {
                if (TestSite.render(request) == 2) {
                    isRenewing.countDown();
                    Latches.await(isReleased);
                }
            }));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "off"})
    @DisplayName("RFC 5861 section 3: the client has its whole answer while the application still renders")
    void stalePage_clientHasAllWhileItIsRenewed(String collapse) {
        Gate gate = new Gate();
        try (TestSite site = TestSite.with()
                .param("collapse", collapse)
                .page("/p", gate.view())
                .start()) {
            site.getStoredThenHit("/p");
            try (StalePages.Found first = StalePages.findStale(site)) {
                assertEquals("render 1", first.reply().text());
                assertTrue(first.reply().isComplete());
                assertEquals("close", first.reply().one("Connection"));
                Latches.await(gate.isRenewing);
                for (int i = 0; i < 5; i++) {
                    Reply meanwhile = site.get("/p");
                    assertEquals("render 1", meanwhile.text());
                    assertTrue(meanwhile.ttl() <= 0, meanwhile::toString);
                    assertFalse(meanwhile.has("Connection"), meanwhile::toString);
                }
                assertEquals(2, site.renders("/p"));
                gate.isReleased.countDown();
                // Jetty closes the connection before the render ends, Tomcat behind it.
                first.client().awaitEnd();
            }
            assertEquals("render 2", StalePages.awaitFresh(site).text());
            assertEquals(2, site.renders("/p"));
        } finally {
            gate.isReleased.countDown();
        }
    }

    @Test
    void stalePage_http10_closesToo() {
        Gate gate = new Gate();
        try (TestSite site = TestSite.with().page("/p", gate.view()).start()) {
            site.getStoredThenHit("/p");
            // Whoever does not renew finds the page stale, too.
            StalePages.findStale(site, "HEAD").close();
            try (RawClient client = site.client()) {
                client.write("GET /p HTTP/1.0\r\nHost: site.test\r\nConnection: keep-alive\r\n\r\n");
                Reply reply = client.read("GET");
                assertEquals("render 1", reply.text());
                assertEquals("close", reply.one("Connection"));
                gate.isReleased.countDown();
                client.awaitEnd();
            }
            assertEquals("render 2", StalePages.awaitFresh(site).text());
        } finally {
            gate.isReleased.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource({"HEAD, X-Nothing: 1, 200", "GET, Range: bytes=0-1, 206"})
    void staleAnswer_ofWhatIsNotStored_renewsNothing(String method, String field, int status) {
        try (TestSite site =
                TestSite.with().page("/p", StalePages.aging(View.numbered())).start()) {
            site.getStoredThenHit("/p");
            try (StalePages.Found found = StalePages.findStale(site, method, field)) {
                assertEquals(status, found.reply().status());
                assertFalse(found.reply().has("Connection"));
                assertEquals(status, found.client().send(method, "/p", field).status());
            }
            assertEquals(1, site.renders("/p"));
        }
    }

    @Test
    @DisplayName("RFC 9111 section 4.3.1: the render sees the condition of the page, and not the client's")
    void staleAnswer_condition_isNotModifiedAndRenewed() {
        View view = (request, response) -> {
            response.setHeader("ETag", "\"v\"");
            View.text("condition " + request.getHeader("If-None-Match")).render(request, response);
        };
        try (TestSite site = TestSite.with().page("/p", StalePages.aging(view)).start()) {
            site.getStoredThenHit("/p");
            try (StalePages.Found found = StalePages.findStale(site, "GET", "If-None-Match: \"u\", \"v\"")) {
                assertEquals(304, found.reply().status());
            }
            assertEquals("condition \"v\"", StalePages.awaitFresh(site).text());
            assertEquals(2, site.renders("/p"));
        }
    }

    /** Fields that outer filters had set on the response are not the page's. */
    @Test
    void renewedPage_hasNoFieldsOfOuterFilters() {
        Filter outer = (request, response, chain) -> {
            String mark = request.getParameter("x");
            if (mark != null) {
                ((HttpServletResponse) response).setHeader("X-Outer", mark);
            }
            chain.doFilter(request, response);
        };
        try (TestSite site = TestSite.with()
                .param("query.ignore", "x")
                .before(outer)
                .page("/p", StalePages.aging(View.numbered()))
                .start()) {
            site.getStoredThenHit("/p");
            StalePages.findStale(site, "HEAD").close();
            assertEquals("1", site.get("/p?x=1").one("X-Outer"));
            Reply renewed = StalePages.awaitFresh(site);
            assertEquals("render 2", renewed.text());
            assertFalse(renewed.has("X-Outer"), renewed::toString);
        }
    }

    @Test
    void client_goesAwayBeforeItsAnswer_pageIsRenewed() {
        try (TestSite site =
                TestSite.with().page("/p", StalePages.aging(View.numbered())).start()) {
            site.getStoredThenHit("/p");
            StalePages.findStale(site, "HEAD").close();
            RawClient client = site.client();
            client.write(RawClient.head("GET", "/p"));
            client.abort();
            assertEquals("render 2", StalePages.awaitFresh(site).text());
        }
    }

    /** What filters outside say of an answer forbids storing it with a client and without one. */
    @ParameterizedTest
    @CsvSource({"Cache-Control, private", "Set-Cookie, user=alice", "Vary, *"})
    void renewal_forbiddenByOuterFilter_isNotStored(String name, String value) {
        CountDownLatch isRenewed = new CountDownLatch(1);
        AtomicReference<String> user = new AtomicReference<>("nobody");
        Filter outer = (request, response, chain) -> {
            boolean isAlice = ((HttpServletRequest) request).getHeader("Cookie") != null;
            user.set(isAlice ? "alice" : "nobody");
            if (isAlice) {
                ((HttpServletResponse) response).setHeader(name, value);
            }
            chain.doFilter(request, response);
            if (isAlice && request.getAttribute("rendered") != null) {
                isRenewed.countDown();
            }
        };
        View view = (request, response) -> {
            request.setAttribute("rendered", true);
            if (TestSite.render(request) == 1) {
                response.setHeader("Cache-Control", "max-age=60, stale-while-revalidate=600");
            }
            response.getOutputStream().print("for " + user.get());
        };
        try (TestSite site = TestSite.with().before(outer).page("/p", view).start()) {
            site.getStoredThenHit("/p");
            try (StalePages.Found stale = StalePages.findStale(site, "GET", "Cookie: user=alice")) {
                assertEquals("for nobody", stale.reply().text());
                Latches.await(isRenewed);
            }
            assertEquals(2, site.renders("/p"));
            assertEquals("for nobody", site.get("/p").text());
        }
    }
}
