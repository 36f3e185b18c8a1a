package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole site behind the filter with its defaults: what is stored, under which key, and what goes over the wire. */
final class SiteCachingIT {

    @Test
    void get_cold_isStoredAndGetsFreshnessAndEntityTag() {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start()) {
            Reply miss = site.get("/p");

            assertEquals(200, miss.status());
            assertEquals("pagecache; fwd=uri-miss; stored", miss.one("Cache-Status"));
            assertEquals("max-age=600", miss.one("Cache-Control"));
            long lifetime =
                    Duration.between(miss.date("Date"), miss.date("Expires")).toSeconds();
            assertTrue(lifetime >= 599 && lifetime <= 601, () -> "lifetime " + lifetime);
            assertTrue(miss.one("ETag").matches("\"[^\"]+\""), miss::toString);
            assertEquals("render 1", miss.text());
            assertEquals("8", miss.one("Content-Length"));
            assertFalse(miss.has("Age"), miss::toString);
        }
    }

    @Test
    void get_warm_sendsStoredFieldsAndBodyByteForByteAndAge() {
        View view = View.numbered(
                "x-lower", "1", "X-Mixed-Case", "two  blanks", "X-Many", "a", "X-Many", "b", "Link", "</s.css>; rel=x");
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply miss = site.get("/p");
            site.getHit("render 1", "/p");
            Reply hit = site.get("/p");

            assertEquals(miss.statusLine(), hit.statusLine());
            assertEquals(
                    miss.fieldsWithout("Cache-Status", "Age", "Date"),
                    hit.fieldsWithout("Cache-Status", "Age", "Date"));
            assertTrue(
                    Duration.between(miss.date("Date"), hit.date("Date")).abs().toSeconds() <= 1, hit::toString);
            assertTrue(hit.one("Age").matches("[0-9]"), hit::toString);
            assertTrue(hit.one("Cache-Status").matches("pagecache; hit; ttl=(59[0-9]|600)"), hit::toString);
            assertEquals("render 1", hit.text());
            assertEquals(1, site.renders("/p"));
        }
    }

    @Test
    void get_warmOnOneConnection_isAnsweredInTurn() {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start();
                RawClient client = site.client()) {
            for (int i = 0; i < 5; i++) {
                assertEquals("render 1", client.send("GET", "/p").text());
                assertEquals("", client.send("HEAD", "/p").text());
            }
            assertEquals(1, site.renders("/p"));
        }
    }

    @Test
    void get_pipelined_isAnsweredInOrder() {
        View view = (request, response) -> response.getWriter().write(String.valueOf(request.getQueryString()));
        try (TestSite site = TestSite.with().page("/p", view).start();
                RawClient client = site.client()) {
            client.send("GET", "/p?1");
            StringBuilder requests = new StringBuilder();
            for (int i = 1; i <= 6; i++) {
                requests.append(RawClient.head("GET", "/p?" + (i + 1) / 2));
            }
            client.write(requests.toString());
            for (int i = 1; i <= 6; i++) {
                assertEquals(String.valueOf((i + 1) / 2), client.read("GET").text());
            }
            assertEquals(3, site.renders("/p"));
        }
    }

    @Test
    void contextPath_set_isNoPartOfPatternsAndPartOfTheKey() {
        try (TestSite site = TestSite.with()
                .contextPath("/app")
                .param("include", "/a/*")
                .page("/*", View.numbered())
                .start()) {
            site.getStoredThenHit("/app/a/x");
            site.getNeverStored("/app/b");
            assertEquals(404, site.get("/a/x").status());
        }
    }

    @Test
    void head_warm_sendsFieldsOfGetWithoutBody() {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start();
                RawClient client = site.client()) {
            Reply miss = client.send("GET", "/p");
            Reply head = client.send("HEAD", "/p");
            Reply next = client.send("GET", "/p");

            assertTrue(head.isHit(), head::toString);
            assertEquals(
                    miss.fieldsWithout("Cache-Status", "Age", "Date"),
                    head.fieldsWithout("Cache-Status", "Age", "Date"));
            assertEquals("render 1", next.text());
        }
    }

    @Test
    void head_cold_fillsNothing() {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start()) {
            Reply head = site.send("HEAD", "/p");
            Reply get = site.get("/p");

            assertFalse(head.saysStored(), head::toString);
            assertEquals("pagecache; fwd=uri-miss; stored", get.one("Cache-Status"));
            assertEquals("render 2", get.text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "M-SEARCH"})
    void otherMethod_always_reachesTheApplicationAndIsNotStored(String method) {
        View view = View.numbered("Cache-Control", "max-age=60");
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply first = site.send(method, "/p", "Content-Length: 0");
            Reply second = site.send(method, "/p", "Content-Length: 0");
            Reply get = site.get("/p");

            assertFalse(first.saysStored() || second.saysStored() || second.isHit(), second::toString);
            assertEquals("max-age=60", second.one("Cache-Control"));
            assertFalse(second.has("Expires"), second::toString);
            assertEquals("render 2", second.text());
            assertEquals("render 3", get.text());
        }
    }

    @Test
    void unsafeMethod_fails_leavesTheStoredPage() {
        View view = View.numberedAfter((request, response) -> {
            if (request.getMethod().equals("POST")) {
                response.setStatus(403);
            }
        });
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getStoredThenHit("/p");
            site.send("POST", "/p", "Content-Length: 0");

            site.getHit("render 1", "/p");
        }
    }

    @Test
    void query_everySpelling_isAPageOfItsOwn() {
        View view = (request, response) -> {
            response.setContentType("text/plain");
            response.getWriter().write(String.valueOf(request.getQueryString()));
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            String[] targets = {"/p", "/p?", "/p?a=1&b=2", "/p?b=2&a=1", "/p?a=1&a=1", "/p?A=1", "/p?a=1&", "/p??a=1"};
            for (String target : targets) {
                Reply miss = site.get(target);
                assertEquals("pagecache; fwd=uri-miss; stored", miss.one("Cache-Status"), target);
                site.getHit(miss.text(), target);
            }
            assertEquals(targets.length, site.renders("/p"));
            assertEquals("a=1&b=2", site.get("/p?a=1&b=2").text());
        }
    }

    @Test
    void path_encodedSpelling_isAPageOfItsOwn() {
        try (TestSite site = TestSite.with().page("/p/*", View.numbered()).start()) {
            assertEquals("render 1", site.get("/p/a").text());
            assertEquals("render 2", site.get("/p/%61").text());
            site.getHit("render 1", "/p/a");
            site.getHit("render 2", "/p/%61");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SITE.test", "site.TEST", "site.test:80", "Site.Test:80"})
    void host_letterCaseAndDefaultPort_areFolded(String host) {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start()) {
            site.get("/p", "Host: site.test");

            site.getHit("render 1", "/p", "Host: " + host);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"other.test", "site.test:8080", "site.test.", "www.site.test", "127.0.0.1", "[::1]"})
    void host_different_isAnotherSite(String host) {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start()) {
            site.get("/p", "Host: site.test");

            assertEquals("render 2", site.get("/p", "Host: " + host).text());
            site.getHit("render 1", "/p", "Host: site.test");
        }
    }

    @Test
    void keyPrefix_set_pagesAreStoredAsEver() {
        try (TestSite site = TestSite.with()
                .param("keyPrefix", "shop")
                .page("/p", View.numbered())
                .start()) {
            site.getStoredThenHit("/p");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            include,   /a/*,         /a/x,        true
            include,   /a/*,         /b/x,        false
            include,   '/a/*, /b/*', /b/x,        true
            include,   *.html,       /b/x.html,   true
            include,   *.html,       /b/x.txt,    false
            include,   /a/**/z,      /a/b/c/z,    true
            exclude,   /a/*,         /a/x,        false
            exclude,   /a/*,         /b/x,        true
            exclude,   *.pdf,        /b/x.pdf,    false
            exclude,   /b/secret,    /b/%73ecret, false
            """)
    void paths_includedOrExcluded_areChosenByMappedPath(String name, String patterns, String target, boolean isStored) {
        try (TestSite site = TestSite.with()
                .param(name, patterns)
                .page("/*", View.numbered())
                .start()) {
            if (isStored) {
                site.getStoredThenHit(target);
            } else {
                Reply reply = site.getNeverStored(target);
                assertFalse(reply.has("Expires"), reply::toString);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/p/a;x=1", "/p/a;jsessionid=ABC", "/p;v=1/a", "/p/a;.css", "/p/a;", "/p/a;x=1?q"})
    void path_withParameters_passesBy(String target) {
        try (TestSite site = TestSite.with().page("/p/*", View.numbered()).start()) {
            site.getNeverStored(target);
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {201, 202, 203, 204, 205, 206, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 410, 500, 503})
    void status_notListed_isNotStoredAndUntouched(int status) {
        View view = (request, response) -> response.setStatus(status);
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply reply = site.getNeverStored("/p");
            assertEquals(status, reply.status());
            assertFalse(reply.has("Expires") || reply.has("ETag"), reply::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 404, 410})
    void status_listed_isStored(int status) {
        View view = View.numberedAfter((request, response) -> response.setStatus(status));
        try (TestSite site = TestSite.with()
                .param("statuses", "200,301,404,410")
                .page("/p", view)
                .start()) {
            assertEquals(status, site.getStoredThenHit("/p").status());
        }
    }

    @Test
    void status_failsOnce_nextGoodPageIsStored() {
        View view = View.numberedAfter((request, response) -> {
            if (TestSite.render(request) == 1) {
                response.setStatus(500);
            }
        });
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertEquals(500, site.get("/p").status());
            assertEquals("render 2", site.get("/p").text());
        }
    }

    @Test
    void pages_ofDifferentPaths_haveDifferentTags() {
        try (TestSite site = TestSite.with()
                .page("/a", View.text("a"))
                .page("/b", View.text("b"))
                .start()) {
            assertNotEquals(site.get("/a").one("ETag"), site.get("/b").one("ETag"));
        }
    }
}
