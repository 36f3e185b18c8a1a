package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stored pages that the application is asked about (RFC 9111 section 4.3), over a real connection. */
final class ValidationIT {
    private static final String MODIFIED = "Sun, 01 Mar 2026 12:00:00 GMT";

    /** Always to be validated; what it answers when asked is for the test to say. */
    private static View page(View confirmation) {
        return (request, response) -> {
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("ETag", "\"1\"");
            if ("\"1\"".equals(request.getHeader("If-None-Match"))) {
                confirmation.render(request, response);
                return;
            }
            response.setContentType("text/plain;charset=utf-8");
            response.setHeader("X-Stored", "yes");
            response.setHeader("X-Changed", "before");
            response.getWriter().write("the page");
        };
    }

    private static TestSite site(View view) {
        return TestSite.with()
                .param("profile", "rfc9111")
                .param("inputs", "learned")
                .page("/p", view)
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"setStatus", "sendError", "flush"})
    void validation_confirmed_sendsTheMergedPage(String way) {
        View confirmation = (request, response) -> {
            response.setHeader("X-Changed", "after");
            response.setHeader("Content-Length", "10");
            if (way.equals("sendError")) {
                response.sendError(304);
                return;
            }
            response.setStatus(304);
            if (way.equals("flush")) {
                response.flushBuffer();
            }
        };
        try (TestSite site = site(page(confirmation))) {
            assertEquals("the page", site.get("/p").text());
            for (int i = 2; i < 4; i++) {
                Reply reply = site.get("/p");
                assertEquals(200, reply.status(), reply::toString);
                assertEquals("the page", reply.text());
                assertEquals(List.of("8"), reply.values("Content-Length"));
                assertEquals(List.of("after"), reply.values("X-Changed"));
                assertEquals(List.of("yes"), reply.values("X-Stored"));
                assertEquals(List.of("\"1\""), reply.values("ETag"));
                assertEquals("pagecache; fwd=stale; fwd-status=304; stored", reply.cacheStatus());
                assertEquals(i, site.renders("/p"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
            If-None-Match: "1"           | 304
            If-None-Match: "0", W/"1"    | 304
            If-None-Match: "0"           | 200
            If-None-Match: *             | 304
            """)
    void validation_confirmed_answersTheClientsOwnCondition(String condition, int status) {
        try (TestSite site = site(page((request, response) -> response.setStatus(304)))) {
            site.get("/p");
            Reply reply = site.get("/p", condition);
            assertEquals(status, reply.status(), reply::toString);
            assertEquals(status == 200 ? "the page" : "", reply.text());
        }
    }

    @Test
    void validation_changed_replacesThePage() {
        View view = (request, response) -> {
            int render = TestSite.render(request);
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("ETag", "\"" + render + "\"");
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().write("asked with " + request.getHeader("If-None-Match"));
        };
        try (TestSite site = site(view)) {
            assertEquals("asked with null", site.get("/p").text());
            assertEquals("asked with \"1\"", site.get("/p").text());
            assertEquals("asked with \"2\"", site.get("/p").text());
        }
    }

    /** HttpServlet answers for those who override getLastModified; it reads the date as a date. */
    @Test
    void validation_byDate_isSeenInEveryWayThatARequestIsRead() {
        View view = (request, response) -> {
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("Last-Modified", MODIFIED);
            if (request.getDateHeader("If-Modified-Since") != -1) {
                assertEquals(response.getHeader("Last-Modified"), request.getHeader("If-Modified-Since"));
                assertTrue(request.getHeaders("if-modified-since").hasMoreElements());
                assertEquals(-1, request.getDateHeader("If-None-Match"));
                response.setStatus(304);
                return;
            }
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().write("the page");
        };
        try (TestSite site = site(view)) {
            site.get("/p");
            Reply reply = site.get("/p", "If-Modified-Since: Sun, 01 Mar 2020 12:00:00 GMT");
            assertEquals("the page", reply.text(), reply::toString);
            assertEquals(2, site.renders("/p"));
        }
    }

    /** The tag that the cache made from the content says nothing to the application. */
    @Test
    void validation_pageWithoutValidators_isRenderedWithoutConditions() {
        View view = (request, response) -> {
            response.setHeader("Cache-Control", "max-age=60");
            response.setHeader("Age", TestSite.render(request) == 1 ? "0" : "1");
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter()
                    .write("asked with " + request.getHeader("If-None-Match") + request.getHeader("If-Modified-Since"));
        };
        try (TestSite site = site(view)) {
            site.getStoredThenHit("/p");
            Reply reply = site.get("/p", "Cache-Control: no-cache", "If-None-Match: \"mine\"");
            assertEquals("asked with nullnull", reply.text(), reply::toString);
            assertEquals(2, site.renders("/p"));
        }
    }

    /** Without the profile such a page is not stored, and the application sees no conditions at all. */
    @Test
    void noCache_byDefault_isNotStored() {
        try (TestSite site = TestSite.with()
                .page("/p", page((request, response) -> response.setStatus(304)))
                .start()) {
            for (int i = 0; i < 2; i++) {
                Reply reply = site.get("/p");
                assertEquals("the page", reply.text());
                assertTrue(reply.cacheStatus().endsWith("; detail=no-cache"), reply::toString);
            }
        }
    }

    @Test
    void validation_304ThatForbidsStoring_isAnsweredAndNotStored() {
        View confirmation = (request, response) -> {
            response.setHeader("Cache-Control", "no-store");
            response.setStatus(304);
        };
        try (TestSite site = site(page(confirmation))) {
            site.get("/p");
            Reply reply = site.get("/p");
            assertEquals("the page", reply.text());
            assertEquals(List.of("no-store"), reply.values("Cache-Control"));
            assertTrue(reply.cacheStatus().endsWith("fwd-status=304; detail=no-store"), reply::toString);
            assertFalse(reply.cacheStatus().contains("stored;"), reply::toString);
        }
    }

    /** A filter outside says whose answer it is; what the 304 brings of it is not for others. */
    @Test
    void validation_privateByOuterFilter_isAnsweredAndNotStored() {
        AtomicBoolean isAlice = new AtomicBoolean();
        Filter outer = (request, response, chain) -> {
            isAlice.set(((HttpServletRequest) request).getHeader("Cookie") != null);
            if (isAlice.get()) {
                ((HttpServletResponse) response).setHeader("Cache-Control", "private");
            }
            chain.doFilter(request, response);
        };
        View view = (request, response) -> {
            response.setHeader("ETag", "\"1\"");
            if (isAlice.get()) {
                response.setHeader("X-User", "alice");
            }
            if (request.getHeader("If-None-Match") != null) {
                response.setStatus(304);
                return;
            }
            response.setHeader("Cache-Control", "no-cache");
            response.getOutputStream().print("the page");
        };
        try (TestSite site = TestSite.with()
                .param("profile", "rfc9111")
                .before(outer)
                .page("/p", view)
                .start()) {
            assertEquals("the page", site.get("/p").text());
            Reply own = site.get("/p", "Cookie: user=alice");
            assertEquals("the page", own.text(), own::toString);
            assertEquals("alice", own.one("X-User"));
            assertEquals("private", own.one("Cache-Control"));
            Reply others = site.get("/p");
            assertEquals("the page", others.text(), others::toString);
            assertFalse(others.has("X-User"), others::toString);
        }
    }

    /** The container's servlet may read the client's own fields past the cache: its 304 is about their page then. */
    @Test
    void validation_ofStaticFile_isNotConfirmedByTheClientsOwnCondition(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.txt");
        Files.writeString(file, "old");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-03-01T12:00:00Z")));
        try (TestSite site =
                TestSite.with().param("profile", "rfc9111").files("/*", folder).start()) {
            site.getHitSoon("old", "/a.txt");
            Files.writeString(file, "changed");
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-03-02T12:00:00Z")));
            for (String condition : List.of("If-None-Match: *", "If-Modified-Since: Mon, 02 Mar 2026 12:00:00 GMT")) {
                Reply reply = site.get("/a.txt", "Cache-Control: no-cache", condition);
                assertFalse(reply.text().equals("old"), reply::toString);
            }
            assertEquals("changed", site.get("/a.txt").text());
        }
    }

    /** RFC 9111 section 4.3.4: it is about another representation than the stored one. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
            If-None-Match: "2"           | 304
            If-None-Match: "0"           | 200
            X-Other: 1                   | 200
            """)
    void validation_304OfAnother_isHandedOnToWhomItIsTrueFor(String condition, int status) {
        View confirmation = (request, response) -> {
            response.setHeader("ETag", "\"2\"");
            response.setHeader("X-Changed", "after");
            response.setStatus(304);
        };
        try (TestSite site = site(page(confirmation))) {
            site.get("/p");
            Reply reply = site.get("/p", condition);
            assertEquals(status, reply.status(), reply::toString);
            assertEquals(status == 304 ? "\"2\"" : "\"1\"", reply.one("ETag"));
            assertEquals(status == 304 ? "after" : "before", reply.one("X-Changed"));
            assertFalse(reply.saysStored(), reply::toString);
        }
    }

    /** Some answer 304 by a rule of their own, or by what they read past the cache: that says nothing of the page. */
    @ParameterizedTest
    @ValueSource(strings = {"setStatus", "sendError", "unwrap"})
    void validation_304WithoutALookAtTheConditions_isHandedOn(String way) {
        View view = (request, response) -> {
            if (TestSite.render(request) == 1) {
                response.setHeader("Cache-Control", "no-cache");
                response.setHeader("ETag", "\"1\"");
                response.getOutputStream().print("the page");
            } else if (way.equals("sendError")) {
                response.sendError(304);
            } else if (way.equals("setStatus")
                    || "\"2\"".equals(unwrapped(request).getHeader("If-None-Match"))) {
                response.setStatus(304);
            }
        };
        try (TestSite site = site(view)) {
            assertEquals("the page", site.get("/p").text());
            Reply reply = site.get("/p", "If-None-Match: \"2\"");
            assertEquals(304, reply.status(), reply::toString);
            assertFalse(reply.saysStored(), reply::toString);
        }
    }

    private static HttpServletRequest unwrapped(HttpServletRequest request) {
        HttpServletRequest inner = request;
        while (inner instanceof HttpServletRequestWrapper wrapper) {
            inner = (HttpServletRequest) wrapper.getRequest();
        }
        return inner;
    }
}
