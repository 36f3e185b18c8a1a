package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.RawClient;
import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Floods (T13; CVE-2016-0751, CVE-2015-7581, CVE-2023-23969, CVE-2026-15337): one URL takes a bounded number of pages,
 * what is too long takes none, and everybody gets his own page all the while.
 */
@ParameterizedClass
@MethodSource("stages")
final class FloodingIT {
    private static final int MAX_VARIANTS = 32;
    private static final int FLOOD = 100;

    private final Stage stage;

    FloodingIT(Stage stage) {
        this.stage = stage;
    }

    static Stream<Stage> stages() {
        View echo = (request, response) ->
                response.getWriter().write(request.getRequestURI() + "?" + request.getQueryString());
        return Stage.each(() -> TestSite.with()
                .param("cookies.ignore", "_ga*")
                .page("/vary/*", (request, response) -> {
                    response.setHeader("Vary", "Accept-Language");
                    response.getWriter().write("for " + request.getHeader("Accept-Language"));
                })
                .page(
                        "/read/*",
                        (request, response) -> response.getWriter()
                                .write("for " + request.getHeader("Cookie") + request.getHeader("User-Agent")))
                .page("/names/*", (request, response) -> {
                    String name = request.getHeader("X-Name");
                    response.addHeader("Vary", "X-Name, X-" + name);
                    response.getWriter().write("for " + name);
                })
                .page("/echo/*", echo)
                .page("/large/*", (request, response) -> {
                    for (int i = 0; i < 2_000; i++) {
                        response.addHeader("X-Field-" + i, "value");
                    }
                    response.getWriter().write("page");
                })
                .page("/public", View.text("public")));
    }

    /** F-41: no more than 32 variants of a URL, the rest is rendered; the first ones stay. */
    @ParameterizedTest
    @ValueSource(strings = {"/vary/flood Accept-Language", "/read/flood Cookie", "/read/agents User-Agent"})
    void variants_ofOneUrl_areBounded(String targetAndField) {
        String target = targetAndField.substring(0, targetAndField.indexOf(' '));
        String field = targetAndField.substring(targetAndField.indexOf(' ') + 1);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < FLOOD; i++) {
            texts.add(stage.get(target, field + ": v" + i).text());
        }
        assertEquals(FLOOD, texts.stream().distinct().count());
        int kept = 0;
        for (int i = 0; i < FLOOD; i++) {
            Reply reply = stage.get(target, field + ": v" + i);
            kept += reply.isHit() ? 1 : 0;
            assertEquals(texts.get(i), reply.text());
        }
        assertTrue(kept <= MAX_VARIANTS && kept > MAX_VARIANTS / 2, "kept: " + kept);
        assertEquals("public", stage.warm("/public").text());
    }

    /** A response that names other fields each time makes no key without end. */
    @Test
    void names_inVary_withoutEnd_costNobodyHisPage() {
        for (int i = 0; i < FLOOD; i++) {
            assertEquals("for n" + i, stage.get("/names/flood", "X-Name: n" + i).text());
        }
        for (int i = 0; i < FLOOD; i += 20) {
            assertEquals("for n" + i, stage.get("/names/flood", "X-Name: n" + i).text());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_200, 20_000, 60_000})
    void url_withoutEnd_isNotKept(int length) {
        for (String target : List.of("/echo/" + "a".repeat(length), "/echo/b?" + "a".repeat(length))) {
            Reply first = stage.get(target);
            Reply second = stage.get(target);
            assertFalse(first.saysStored() || second.isHit(), () -> "kept: " + target.length());
            assertEquals(first.status(), second.status());
        }
    }

    /** Values that select a page may be long, and never make another's page come out. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 6_000})
    void selectingValue_long_isToldFromAnother(int length) {
        String value = "v".repeat(length);
        for (int round = 0; round < 2; round++) {
            for (String end : List.of("1", "2", "")) {
                String text = stage.get("/vary/long" + length, "Accept-Language: " + value + end)
                        .text();
                assertEquals("for " + value + end, text);
            }
        }
    }

    @Test
    void fields_ofAnAnswerWithoutEnd_areNotKept() {
        Reply first = stage.get("/large/fields");
        Reply second = stage.get("/large/fields");
        assertFalse(first.saysStored() || second.isHit());
        assertEquals(first.status(), second.status());
    }

    /** F-42: keys of one hash code, in the path and in a value. */
    @Test
    void keys_ofOneHashCode_areToldApart() {
        List<String> names = new ArrayList<>(List.of(""));
        for (int i = 0; i < 7; i++) {
            List<String> longer = new ArrayList<>();
            names.forEach(name -> longer.addAll(List.of(name + "Aa", name + "BB")));
            names = longer;
        }
        try (RawClient client = stage.site().client()) {
            for (int round = 0; round < 2; round++) {
                for (String name : names) {
                    assertEquals(
                            "/echo/" + name + "?null",
                            client.send("GET", "/echo/" + name).text());
                }
            }
            for (String name : names) {
                assertEquals(
                        "for " + name,
                        client.send("GET", "/vary/hash", "Accept-Language: " + name)
                                .text());
            }
        }
        assertEquals(1, names.stream().mapToInt(String::hashCode).distinct().count());
    }

    /** Distinct URLs, with room for a few: the one that all ask for is still kept, or rendered right. */
    @Test
    void urls_withoutEnd_leaveTheSiteWorking() {
        TestSite.Builder small = TestSite.with()
                .page(
                        "/echo/*",
                        (request, response) -> response.getWriter().write(request.getRequestURI() + "x".repeat(2_000)))
                .page("/hot", View.text("hot"));
        if (stage.stores() != Stores.REDIS) {
            small.contextParam("pagecache.caches.default.memory.maxBytes", "32KiB");
        }
        try (Stage flooded = Stage.of(stage.stores(), small)) {
            for (int i = 0; i < 100; i++) {
                String target = "/echo/" + i;
                assertTrue(flooded.get(target).text().startsWith(target + "xx"));
                assertEquals("hot", flooded.get("/hot").text());
            }
            assertEquals("hot", flooded.warm("/hot").text());
        }
    }

    /** Cookies and values that take long to compare or to split in a careless way. */
    @ParameterizedTest
    @ValueSource(strings = {"_ga=", "a=b; ", ";", "=", "_ga*", "\"", "a=\"", ", "})
    void cookies_withoutEnd_areRead(String part) {
        String cookie = part.repeat(6_000 / part.length());
        Reply reply = stage.get("/read/cookies", "Cookie: " + cookie);
        assertTrue(List.of(200, 400, 431).contains(reply.status()), reply::toString);
        assertEquals("for nullnull", stage.get("/read/cookies").text());
    }
}
