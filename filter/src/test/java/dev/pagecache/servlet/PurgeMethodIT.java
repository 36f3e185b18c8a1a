package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.PageControl;
import dev.pagecache.store.Poll;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The method {@code PURGE}: who may, and what goes. Tests connect from this machine. */
final class PurgeMethodIT {
    private static final String TOKEN = "token-0123456789abcdef";
    private static final String BEARER = "Authorization: Bearer " + TOKEN;

    private static final View TAGGED =
            View.numberedAfter((request, response) -> PageControl.of(request).tag("news"));

    private static TestSite.Builder site(String access) {
        return TestSite.with().param("purge", access).page("/p", TAGGED).page("/q", TAGGED);
    }

    private static TestSite.Builder tokenSite() {
        return site("token").param("purge.token", TOKEN);
    }

    private static void assertKept(TestSite site) {
        Reply reply = site.get("/p");
        assertTrue(reply.isHit(), reply::toString);
    }

    @Test
    void purge_fromHere_killsTheUrlWithAllVariantsAndNoOther() {
        View variants = (request, response) -> {
            response.setHeader("Vary", "Accept-Language");
            response.getWriter().write("render " + TestSite.render(request));
        };
        try (TestSite site = site("loopback").page("/v", variants).start()) {
            site.getStoredThenHit("/v", "Accept-Language: de");
            site.getStoredThenHit("/v", "Accept-Language: fr");
            site.getStoredThenHit("/p");
            Reply answer = site.send("PURGE", "/v");
            assertEquals(200, answer.status());
            assertEquals("{\"purged\":1,\"shared\":true}\n", answer.text());
            assertEquals("no-store", answer.one("Cache-Control"));
            assertFalse(site.get("/v", "Accept-Language: de").isHit());
            assertFalse(site.get("/v", "Accept-Language: fr").isHit());
            assertKept(site);
        }
    }

    @Test
    void purge_ofAQuery_leavesOtherQueries() {
        try (TestSite site = site("loopback").start()) {
            site.getStoredThenHit("/p?a=1");
            site.getStoredThenHit("/p");
            assertEquals(200, site.send("PURGE", "/p?a=1").status());
            assertFalse(site.get("/p?a=1").isHit());
            assertKept(site);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Cache-Tag: other, news", "Surrogate-Key: other news", "Cache-Tag: other\r\nCache-Tag: news"})
    void purge_withTags_killsTheirPages(String field) {
        try (TestSite site = site("loopback").start()) {
            site.getStoredThenHit("/p");
            assertEquals(
                    "{\"purged\":2,\"shared\":true}\n",
                    site.send("PURGE", "/q", field).text());
            assertEquals("render 2", site.get("/p").text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cache-Tag: news, *", "Cache-Tag: ,", "Surrogate-Key:", "Cache-Tag: news;FLUSHALL"})
    void purge_withTagsThatAreNone_isRefused(String field) {
        try (TestSite site = site("loopback").start()) {
            site.getStoredThenHit("/p");
            Reply reply = site.send("PURGE", "/p", field);
            assertEquals(400, reply.status());
            assertTrue(reply.text().startsWith("{\"error\":\"tag: "), reply::toString);
            assertKept(site);
        }
    }

    @Test
    void softPurge_ofAPageWithAWindow_servesItStale() {
        try (TestSite site =
                site("loopback").param("staleWhileRevalidate", "60").start()) {
            site.getStoredThenHit("/p");
            assertEquals(200, site.send("PURGE", "/p", "Soft-Purge: 1").status());
            site.getHit("render 1", "/p");
            Poll.until("it is renewed", () -> site.get("/p").text().equals("render 2"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 127.0.0.1",
                "Forwarded: for=127.0.0.1",
                "Via: 1.1 proxy",
                "X-Real-IP: ::1",
                "X-Forwarded-Host: site.test"
            })
    void purge_throughAProxyOnThisMachine_isNotFromHere(String field) {
        try (TestSite site = site("loopback").start()) {
            site.getStoredThenHit("/p");
            Reply reply = site.send("PURGE", "/p", field);
            assertEquals(405, reply.status());
            assertEquals("GET, HEAD", reply.one("Allow"));
            assertKept(site);
        }
    }

    /** A wrapper outside may tell any address; the connection's own one counts. */
    @Test
    void purge_withAnotherAddressByAFilter_goesByTheConnection() {
        Filter claiming = (request, response, chain) -> chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                    @Override
                    public String getRemoteAddr() {
                        return "192.0.2.1";
                    }
                },
                response);
        try (TestSite site = site("loopback").before(claiming).start()) {
            assertEquals(200, site.send("PURGE", "/p").status());
        }
    }

    @Test
    void purge_withToken_isForWhoHasIt() {
        try (TestSite site = tokenSite().start()) {
            site.getStoredThenHit("/p");
            Reply none = site.send("PURGE", "/p");
            assertEquals(401, none.status());
            assertEquals("Bearer realm=\"pagecache\"", none.one("WWW-Authenticate"));
            Reply wrong = site.send("PURGE", "/p", BEARER + "0");
            assertEquals(none.fieldsWithout("Date"), wrong.fieldsWithout("Date"));
            assertEquals(none.text(), wrong.text());
            assertKept(site);
            // Through proxies, too.
            assertEquals(
                    200,
                    site.send("PURGE", "/p", BEARER, "X-Forwarded-For: 192.0.2.1")
                            .status());
            assertEquals("render 2", site.get("/p").text());
        }
    }

    @Test
    void purge_fromHereWhereATokenIsGiven_needsBoth() {
        try (TestSite site = site("loopback").param("purge.token", TOKEN).start()) {
            assertEquals(401, site.send("PURGE", "/p").status());
            assertEquals(405, site.send("PURGE", "/p", BEARER, "Via: 1.1 p").status());
            assertEquals(200, site.send("PURGE", "/p", BEARER).status());
        }
    }

    @Test
    void purge_underAHostOfNobody_isRefused() {
        try (TestSite site = tokenSite().param("hosts", "site.test").start()) {
            site.getStoredThenHit("/p");
            assertEquals(
                    405,
                    site.send("PURGE", "/p", BEARER, "Host: other.test", "Cache-Tag: news")
                            .status());
            assertKept(site);
            assertEquals(200, site.send("PURGE", "/p", BEARER).status());
        }
    }

    @ParameterizedTest
    @CsvSource({"off, PURGE", "loopback, purge", "loopback, Purge"})
    void purge_thatIsOffOrSpeltOtherwise_isTheApplications(String access, String method) {
        try (TestSite site = site(access).start()) {
            site.getStoredThenHit("/p");
            Reply reply = site.send(method, "/p", "Content-Length: 0");
            assertEquals("render 2", reply.text());
            assertEquals("pagecache; fwd=method; detail=method", reply.cacheStatus());
            // Any method that is not safe revokes its URL.
            assertEquals("render 3", site.get("/p").text());
        }
    }

    @Test
    void purge_outsideOfWhatIsCached_isAnsweredHereToo() {
        try (TestSite site =
                site("loopback").param("scope", "view").param("exclude", "/q").start()) {
            assertEquals(200, site.send("PURGE", "/q").status());
            assertEquals(0, site.renders("/q"));
        }
    }
}
