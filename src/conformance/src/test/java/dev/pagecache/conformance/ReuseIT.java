package dev.pagecache.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stored responses of an origin that are stale, asked for in part, or made out of date (RFC 9111 section 4). They come
 * with an Age, so that nobody has to wait.
 */
final class ReuseIT {
    private static final String STALE = "Age: 60";
    private static final String DATE = "Date: Sun, 06 Nov 1994 08:49:37 GMT";

    @Test
    @DisplayName("RFC 9111 sections 4.3.1 and 4.3.4: validated with the origin's own validators")
    void stale_confirmed_isMergedAndSent() {
        OriginServer origin = OriginServer.answering(
                OriginServer.answer(
                        "200 OK", "page", "Cache-Control: max-age=60", STALE, "ETag: W/\"a\"", "X-Kept: 1", "X-New: 1"),
                String.join(
                        "\r\n",
                        "HTTP/1.1 304 Not Modified",
                        "ETag: W/\"a\"",
                        "Cache-Control: max-age=60",
                        "X-New: 2",
                        "Content-Length: 99",
                        "",
                        ""));
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            assertEquals("page", site.get("/p", "X-Selects-Nothing: 1").text());
            Reply merged = site.get("/p", "If-None-Match: \"other\"");
            assertEquals(200, merged.status(), merged::toString);
            assertEquals("page", merged.text());
            assertEquals(List.of("2"), merged.values("X-New"));
            assertEquals(List.of("1"), merged.values("X-Kept"));
            assertEquals("pagecache; fwd=stale; fwd-status=304; stored", merged.one("Cache-Status"));
            assertEquals(List.of("W/\"a\""), origin.requests().get(1).values("If-None-Match"));
            Reply hit = site.get("/p", "If-None-Match: \"a\"");
            assertEquals(304, hit.status(), hit::toString);
            assertEquals(2, origin.requests().size());
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            503 Service Unavailable | stale-if-error=60            | 200
            500 Internal Error      | public                       | 200
            404 Not Found           | stale-if-error=60            | 404
            503 Service Unavailable | must-revalidate              | 503
            503 Service Unavailable | proxy-revalidate             | 503
            503 Service Unavailable | s-maxage=60                  | 503
            broken                  | stale-if-error=60            | 200
            broken                  | public                       | 200
            broken                  | must-revalidate              | 502
            broken                  | no-cache                     | 502
            """)
    @DisplayName("RFC 9111 section 4.2.4 and RFC 5861 section 4: stale in place of an error")
    void stale_originFails_isServedUnlessForbidden(String failure, String directive, int expected) {
        OriginServer origin = OriginServer.answering(
                OriginServer.answer("200 OK", "page", "Cache-Control: max-age=60, " + directive, STALE, "ETag: \"a\""),
                failure.equals("broken") ? "" : OriginServer.answer(failure, "failed"));
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            assertEquals("page", site.get("/p").text());
            Reply reply = site.get("/p");
            assertEquals(expected, reply.status(), reply::toString);
            assertEquals(expected == 200, reply.text().equals("page"), reply::toString);
        }
    }

    @Test
    @DisplayName("RFC 9111 section 4.2.3: the time since the origin's Date counts")
    void age_ofAnOldDate_isTooOld() {
        OriginServer origin =
                OriginServer.answering(OriginServer.answer("200 OK", "page", "Cache-Control: max-age=60", DATE));
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            site.get("/p");
            site.get("/p");
            assertEquals(2, origin.requests().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "M-SEARCH"})
    @DisplayName("RFC 9111 section 4.4: what changes a resource makes its pages out of date")
    void unsafe_succeeded_revokesTheTargetAndWhatTheAnswerNames(String method) {
        OriginServer origin = OriginServer.start((number, request, wire) -> {
            boolean isGet = request.requestLine().startsWith("GET");
            wire.send(
                    isGet
                            ? OriginServer.answer("200 OK", "page", "Cache-Control: max-age=60")
                            : OriginServer.answer("201 Created", "", "Location: /l", "Content-Location: c?q"));
        });
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            for (String target : List.of("/p", "/l", "/c?q", "/other")) {
                site.getStoredThenHit(target);
            }
            assertEquals(201, site.send(method, "/p").status());
            for (String target : List.of("/p", "/l", "/c?q")) {
                Reply reply = site.get(target);
                assertTrue(reply.one("Cache-Status").contains("fwd="), target + ": " + reply);
            }
            assertFalse(site.get("/other").one("Cache-Status").contains("fwd="));
        }
    }

    @Test
    @DisplayName("RFC 9111 section 3.3: the origin's part answers ranges within it")
    void part_ofTheOrigin_isReused() {
        OriginServer origin = OriginServer.answering(OriginServer.answer(
                "206 Partial Content", "45678", "Cache-Control: max-age=60", "Content-Range: bytes 4-8/10"));
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            assertEquals("45678", site.get("/p", "Range: bytes=4-8").text());
            assertEquals(List.of("bytes=4-8"), origin.requests().get(0).values("Range"));
            Reply part = site.get("/p", "Range: bytes=5-6");
            assertEquals(206, part.status(), part::toString);
            assertEquals("56", part.text());
            assertEquals("bytes 5-6/10", part.one("Content-Range"));
            assertEquals(1, origin.requests().size());
        }
    }

    @Test
    @DisplayName("RFC 9111 section 5.2.1.2: max-stale takes what is stale")
    void stale_accepted_isServedAsItIs() {
        OriginServer origin = OriginServer.answering(OriginServer.answer(
                "200 OK", "page", "Cache-Control: max-age=60", "Age: 70", "Last-Modified: " + DATE.substring(6)));
        try (GatewaySite site = GatewaySite.conforming(origin)) {
            site.get("/p");
            Reply stale = site.get("/p", "Cache-Control: max-stale=600");
            assertTrue(stale.one("Cache-Status").startsWith("pagecache; hit; ttl=-"), stale::toString);
            assertEquals(1, origin.requests().size());
            site.get("/p", "Cache-Control: max-stale=1");
            assertEquals(2, origin.requests().size());
        }
    }
}
