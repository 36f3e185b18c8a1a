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
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fields of a kept page (T8; response splitting, VSV00009, VSV00010): none writes into another's response, and none
 * that belongs to one connection is given to the next.
 */
@ParameterizedClass
@MethodSource("stages")
final class StoredFieldsIT {
    private static final List<String> NAMES =
            List.of("X-Plain", "X Space", "X:Colon", "X\r\nSet-Cookie", "X\u0000", "X\u00e9", "\u20ac", "", "X(1)");

    private static final List<String> VALUES = List.of(
            "a\r\nSet-Cookie: sid=injected",
            "a\r\n\r\n<script>injected</script>",
            "a\nSet-Cookie: sid=injected",
            "a\rSet-Cookie: sid=injected",
            "a\r\n Set-Cookie: sid=injected",
            "a\u0000injected",
            "a\u0001injected",
            "a\u000binjected",
            "a\u000cinjected",
            "a\u007finjected",
            "a\u0085Set-Cookie: sid=injected",
            "a\u00a0injected",
            "a\u00ffinjected",
            "a\u010aSet-Cookie: sid=injected",
            "a\u010d\u010aSet-Cookie: sid=injected",
            "a\u560a\u560dSet-Cookie: sid=injected",
            "a\u2028Set-Cookie: sid=injected",
            "a\ud83d\ude00injected",
            "a\tinjected",
            "\r\n",
            " injected ");

    private final Stage stage;

    StoredFieldsIT(Stage stage) {
        this.stage = stage;
    }

    static Stream<Stage> stages() {
        return Stage.each(() -> TestSite.with()
                .page("/name/*", (request, response) -> {
                    addOrNot(response, NAMES.get(number(request)), "injected");
                    response.getWriter().write("page");
                })
                .page("/value/*", (request, response) -> {
                    addOrNot(response, "X-Value", VALUES.get(number(request)));
                    response.getWriter().write("page");
                })
                .page("/hop/*", StoredFieldsIT::hop)
                .page("/next", (request, response) -> response.getWriter().write("next")));
    }

    private static int number(HttpServletRequest request) {
        return Integer.parseInt(request.getPathInfo().substring(1));
    }

    /** A container may find fault with a field; the page goes on without it. */
    private static void addOrNot(HttpServletResponse response, String name, String value) {
        try {
            response.addHeader(name, value);
        } catch (IllegalArgumentException e) {
            response.addHeader("X-Refused", "1");
        }
    }

    private static void hop(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Connection", "X-Hop, x-HOP2, close");
        response.setHeader("X-Hop", "hop");
        response.setHeader("X-Hop2", "hop");
        response.setHeader("Keep-Alive", "timeout=hop");
        response.setHeader("Proxy-Authenticate", "Basic realm=hop");
        response.setHeader("Proxy-Authentication-Info", "hop");
        response.setHeader("Proxy-Connection", "hop");
        response.setHeader("TE", "hop");
        response.setHeader("Upgrade", "hop");
        response.setHeader("Age", "0");
        response.setHeader("X-Keep", "kept");
        response.getWriter().write("page");
    }

    static IntStream names() {
        return IntStream.range(0, NAMES.size());
    }

    static IntStream values() {
        return IntStream.range(0, VALUES.size());
    }

    @ParameterizedTest
    @MethodSource("names")
    void name_withOddCharacters_startsNoOtherField(int number) {
        assertSplitsNothing("/name/" + number);
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_withOddCharacters_startsNoOtherField(int number) {
        assertSplitsNothing("/value/" + number);
    }

    /**
     * Rendered and, where it is kept, from the store: the same fields, and the connection goes on with the next answer.
     */
    private void assertSplitsNothing(String target) {
        Reply first = ask(target);
        for (int i = 0; i < 3; i++) {
            Reply reply = ask(target);
            assertEquals("page", reply.text());
            assertFalse(reply.has("Set-Cookie"), reply::toString);
            assertEquals(first.values("X-Value"), reply.values("X-Value"));
        }
    }

    private Reply ask(String target) {
        try (RawClient client = stage.site().client()) {
            Reply reply = client.send("GET", target);
            if (reply.status() < 500) {
                assertEquals("next", client.send("GET", "/next").text(), target);
                return reply;
            }
        }
        return stage.get("/value/18");
    }

    /** RFC 9110 section 7.6.1, and what Connection names. */
    @Test
    void hopByHopFields_areNotGivenToTheNext() {
        stage.get("/hop/1");
        for (int i = 0; i < 3; i++) {
            Reply reply = stage.get("/hop/1");
            if (reply.isHit()) {
                assertFalse(Stage.shows(reply, "hop"), reply::toString);
                assertEquals("kept", reply.one("X-Keep"));
            }
        }
        Reply kept = stage.warm("/hop/1");
        assertEquals(1, kept.values("Age").size(), kept::toString);
        assertEquals(1, kept.values("Content-Length").size(), kept::toString);
    }

    /** VSV00010: a client that calls the page's fields its connection's takes none away from others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: ETag, Vary, Cache-Control, Content-Type, X-Keep, Content-Length",
                "Connection: close, X-Keep, Host, Cookie, Authorization",
                "Connection: keep-alive, X-Forwarded-For",
                "Keep-Alive: timeout=0",
                "TE: trailers, deflate",
                "Proxy-Connection: X-Keep"
            })
    void connectionField_ofAClient_takesNothingFromOthers(String field) {
        String target = "/hop/" + field.length();
        stage.get(target, field);
        Reply kept = stage.warm(target);
        assertEquals("kept", kept.one("X-Keep"));
        assertTrue(kept.has("ETag") && kept.has("Content-Length"), kept::toString);
        assertEquals("page", stage.get(target, field).text());
        assertEquals(kept.one("ETag"), stage.get(target).one("ETag"));
    }

    /** CVE-2020-15094: no field of a page is an order to the cache. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Body-File", "X-Status", "X-Sendfile", "X-Accel-Redirect", "X-Pagecache-Key", ":status"})
    void field_asIfFromTheCache_isNoOrder(String name) {
        TestSite.Builder builder = TestSite.with().page("/order", (request, response) -> {
            addOrNot(response, name, "/etc/passwd");
            response.getWriter().write("page");
        });
        try (Stage other = Stage.of(Stores.MEMORY, builder)) {
            for (int i = 0; i < 3; i++) {
                assertEquals("page", other.get("/order").text());
            }
        }
    }
}
