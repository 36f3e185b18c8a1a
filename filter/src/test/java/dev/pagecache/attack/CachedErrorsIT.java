package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.RawClient;
import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Denial of service by a kept error (T9; "Your Cache Has Fallen", CVE-2025-49826, CVE-2024-35296): whoever makes a page
 * fail makes it fail for himself, and takes no good page away.
 */
@ParameterizedClass
@MethodSource("stages")
final class CachedErrorsIT {
    private static final String GOOD = "good page ".repeat(50);

    /** Registered ones and a few that nobody knows. */
    private static final List<Integer> STATUSES = List.of(
            201, 202, 203, 204, 205, 206, 207, 226, 299, 300, 301, 302, 303, 304, 305, 307, 308, 399, 400, 401, 402,
            403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 426, 428, 429, 431,
            451, 499, 500, 501, 502, 503, 504, 505, 511, 599);

    private final Stage stage;

    CachedErrorsIT(Stage stage) {
        this.stage = stage;
    }

    static Stream<Stage> stages() {
        return Stage.each(() -> TestSite.with()
                .param("staleIfError", "60")
                .page("/p/*", CachedErrorsIT::failing)
                .page("/error/*", (request, response) -> error(request, response, false))
                .page("/status/*", (request, response) -> error(request, response, true))
                .page("/override/*", (request, response) -> {
                    String method = request.getHeader("X-HTTP-Method-Override");
                    if (method != null && !method.equals("GET")) {
                        response.setStatus(200);
                        response.getWriter().write("did " + method);
                    } else {
                        response.getWriter().write(GOOD);
                    }
                }));
    }

    /** Stumbles over what browsers do not send, as frameworks do. */
    private static void failing(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String encodings = request.getHeader("Accept-Encoding");
        if (request.getHeader("X-Oversized") != null || request.getHeader("X-Malformed") != null) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        } else if (encodings != null && encodings.contains("garbage")) {
            response.setStatus(HttpServletResponse.SC_NOT_ACCEPTABLE);
            response.getWriter().write("error");
        } else if (request.getHeader("X-Throw") != null) {
            throw new IllegalStateException("thrown on request");
        } else if (request.getParameter("x") != null
                && request.getParameter("x").length() > 5) {
            response.sendError(HttpServletResponse.SC_REQUEST_URI_TOO_LONG);
        } else {
            response.getWriter().write(GOOD);
        }
    }

    private static void error(HttpServletRequest request, HttpServletResponse response, boolean isBare)
            throws IOException {
        String status = request.getHeader("X-Status");
        if (status == null) {
            response.getWriter().write(GOOD);
        } else if (isBare) {
            response.setStatus(Integer.parseInt(status));
        } else {
            response.sendError(Integer.parseInt(status));
        }
    }

    /** Oversized heads, control characters, bad escapes, and methods that an application takes from a field. */
    static List<String> attacks() {
        return List.of(
                RawClient.head("GET", "{t}", "X-Oversized: " + "x".repeat(10_000)),
                RawClient.head("GET", "{t}", "X-Oversized: " + "x".repeat(100_000)),
                RawClient.head("GET", "{t}", "X-Oversized: x\r\n".repeat(500) + "X-A: b"),
                RawClient.head("GET", "{t}", "X-Malformed: \u0001"),
                RawClient.head("GET", "{t}", "X-Malformed: \u0000"),
                RawClient.head("GET", "{t}", "X-Malformed: \u0007\u007f"),
                RawClient.head("GET", "{t}", "X-Malformed : a"),
                RawClient.head("GET", "{t}", "X-Malformed: a\r\n folded"),
                RawClient.head("GET", "{t}", "X-Malformed\u00e9: a"),
                RawClient.head("GET", "{t}", ": a"),
                RawClient.head("GET", "{t}", "X-Throw: 1"),
                RawClient.head("GET", "{t}", "Accept-Encoding: garbage;q=x, , *;q=9"),
                RawClient.head("GET", "{t}", "Accept: nothing/atall;;;"),
                RawClient.head("GET", "{t}", "Expect: 200-maybe"),
                RawClient.head("GET", "{t}", "Range: bytes=9-0"),
                RawClient.head("GET", "{t}", "Range: bytes=99999999999999999999-"),
                RawClient.head("GET", "{t}", "If-Match: \"none\""),
                RawClient.head("GET", "{t}", "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT"),
                RawClient.head("GET", "{t}", "Content-Length: -1"),
                RawClient.head("GET", "{t}", "Content-Length: 5, 6"),
                RawClient.head("GET", "{t}", "Transfer-Encoding: garbage"),
                RawClient.head("GET", "{t}", "Content-Type: multipart/form-data"),
                RawClient.head("GET", "{t}", "Content-Type: text/plain;charset=none"),
                RawClient.head("GET", "{t}", "Upgrade: websocket", "Connection: Upgrade"),
                RawClient.head("GET", "{t}", "Upgrade: h2c", "Connection: Upgrade", "HTTP2-Settings: garbage"),
                RawClient.head("GET", "{t}?x=%zz"),
                RawClient.head("GET", "{t}?x=" + "y".repeat(9_000)),
                RawClient.head("GET", "{t}%"),
                RawClient.head("GET", "{t}/%zz"),
                RawClient.head("get", "{t}"),
                RawClient.head("POST", "{t}", "Content-Length: 0", "X-Throw: 1"),
                RawClient.head("HEAD", "{t}", "X-Throw: 1"),
                RawClient.head("TRACE", "{t}"),
                RawClient.head("CONNECT", "{t}"),
                "GET {t} HTTP/1.1\nHost: site.test\n\n",
                "GET {t} HTTP/9.9\r\nHost: site.test\r\n\r\n",
                "GET  {t}  HTTP/1.1\r\nHost: site.test\r\n\r\n",
                "GET {t}\r\n\r\n",
                "{t} GET HTTP/1.1\r\n\r\n");
    }

    static IntStream attackNumbers() {
        return IntStream.range(0, attacks().size());
    }

    /** Before and after the page was kept: the next clean request gets the good page. */
    @ParameterizedTest
    @MethodSource("attackNumbers")
    void attack_onAPage_leavesTheGoodOneToOthers(int number) {
        String target = "/p/attack" + number;
        String attack = attacks().get(number).replace("{t}", target);
        stage.raw(attack);
        assertGood(stage.get(target), target);
        if (!attack.startsWith("POST")) {
            stage.warm(target);
        }
        stage.raw(attack);
        assertGood(stage.get(target), target);
    }

    /** All final statuses, by sendError and bare; a container may refuse one. */
    @ParameterizedTest
    @ValueSource(strings = {"/error/", "/status/"})
    void status_ofAnAttackersMaking_isNotKept(String path) {
        for (int status : STATUSES) {
            String target = path + status;
            String field = "X-Status: " + status;
            Reply first = stage.get(target, field);
            Reply second = stage.get(target, field);
            assertFalse(first.isHit() || first.saysStored() || second.isHit(), second::toString);
            assertGood(stage.get(target), target);
        }
    }

    /** CVE-2019-10913: the page of another method is in the key of the field that asked for it. */
    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "POST", "HEAD", "get", "<script>"})
    void method_takenFromAField_staysWithWhoSentIt(String method) {
        String target = "/override/" + method.length();
        stage.get(target, "X-HTTP-Method-Override: " + method);
        assertGood(stage.get(target), target);
        assertEquals(
                "did " + method,
                stage.get(target, "X-HTTP-Method-Override: " + method).text());
        assertGood(stage.get(target), target);
    }

    /** A page that is too old is better than the error that an attacker causes, and is no error for others. */
    @Test
    void error_inPlaceOfAStalePage_changesNothingForOthers() {
        stage.warm("/p/stale");
        stage.site().age(Duration.ofSeconds(601));
        stage.get("/p/stale", "X-Throw: 1");
        assertGood(stage.get("/p/stale"), "/p/stale");
        assertGood(stage.warm("/p/stale"), "/p/stale");
    }

    /** CVE-2024-35296: garbage in a field that is not looked at is no reason to render. */
    @Test
    void field_notLookedAt_isNoMiss() {
        stage.warm("/override/hit");
        for (String field : List.of("Accept-Encoding: garbage", "Accept: ;;", "Cookie: =;;", "X-A: \u00ff")) {
            Reply reply = stage.get("/override/hit", field);
            assertTrue(reply.isHit(), reply::toString);
        }
    }

    private static void assertGood(Reply reply, String target) {
        assertEquals(200, reply.status(), () -> target + ": " + reply);
        assertEquals(GOOD, reply.text(), target);
    }
}
