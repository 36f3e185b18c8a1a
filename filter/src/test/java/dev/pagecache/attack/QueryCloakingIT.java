package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.RawClient;
import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Parameters and cookies that cache and application might read differently (T2; CVE-2021-23336): what the page can see
 * is in the key, and what is hidden from the key is hidden from the page.
 */
@ParameterizedClass
@MethodSource("stages")
final class QueryCloakingIT {
    private static final String EVIL = "evil";

    private static final List<String> QUERIES = List.of(
            "",
            "?",
            "??",
            "??callback=good",
            "?callback=good",
            "?callback=good&",
            "?&callback=good",
            "?&&callback=good&",
            "?callback=good;callback=evil",
            "?callback=good&callback=evil",
            "?callback=evil&callback=good",
            "?callback=good%26callback=evil",
            "?callback=good%3Bcallback=evil",
            "?callback%3Devil",
            "?callback=evil",
            "?%63allback=evil",
            "?callback[]=evil",
            "?Callback=evil",
            "?callback%00=evil",
            "?callback+=evil",
            "?+callback=evil",
            "?=callback",
            "?callback",
            "?callback==evil",
            "?x=1;callback=evil",
            "?x=1&callback=evil",
            "?x=1%0d%0acallback=evil",
            "?x=%E9&callback=evil",
            "?x=%zz&callback=evil",
            "?x=%&callback=evil",
            "?utm_content=x;callback=evil",
            "?utm_content=x&callback=evil",
            "?utm_content=x%26callback=evil",
            "?utm_content=x%3bcallback=evil",
            "?utm_content;callback=evil",
            "?%75tm_content=evil",
            "?%75%74%6D_content=evil&callback=good",
            "?utm%5Fcontent=evil",
            "?utm_content%3d=evil",
            "?utm_content%26callback=evil",
            "?UTM_content=evil",
            "?utm%u005fcontent=evil",
            "?gclid=evil",
            "?gclid%00=evil",
            "?gclid[]=evil",
            "?gclid+=evil",
            "?gclid=x?callback=evil",
            "?gclid=x#callback=evil",
            "?gclid=x/callback=evil",
            "?gclid\\&callback=evil",
            "?%67clid=evil",
            "?%2567clid=evil",
            "?%C1%A7clid=evil",
            "?\u00e4=evil",
            "?callback=good&utm_a=evil",
            "?utm_a=evil&callback=good&utm_b=evil");

    private static final List<String> COOKIES = List.of(
            "theme=good",
            "_ga=x, theme=evil",
            "_ga=\"x; theme=evil\"",
            "_ga=\"x\\\"; theme=evil\"",
            "_ga=x theme=evil",
            "_ga=x\ttheme=evil",
            "_ga; theme=evil",
            "_ga=;theme=evil",
            " _ga = x; theme=evil",
            "$Version=1; _ga=x; $Path=/; theme=evil",
            "$Version=1; _ga=x, theme=evil",
            "$Version=\"1\"; _ga=\"x\", theme=\"evil\"",
            "\"_ga\"=evil",
            "_ga\u001c=x; theme=evil",
            "\u001c_ga=evil",
            "_ga\u00a0=evil",
            "_%67a=evil",
            "_GA=evil",
            "_ga[]=evil",
            "=_ga=evil",
            "theme=evil; theme=good",
            "theme=good; theme=evil",
            "theme=\"good\"; _ga=evil",
            "theme=good,_ga=evil",
            "__Host-theme=evil",
            "_ga=a\rtheme=evil");

    private final Stage stage;

    QueryCloakingIT(Stage stage) {
        this.stage = stage;
    }

    static Stream<Stage> stages() {
        return Stage.each(() -> TestSite.with()
                .param("query.ignore", "utm_*, gclid")
                .param("cookies.ignore", "_ga, _gid*")
                .page("/q/*", (request, response) -> {
                    response.setContentType("text/plain;charset=utf-8");
                    response.getWriter().write(seen(request));
                })
                .page("/c/*", (request, response) -> {
                    response.setContentType("text/plain;charset=utf-8");
                    response.getWriter().write(cookies(request));
                })
                .page(
                        "/forward/*",
                        (request, response) -> request.getRequestDispatcher("/q/target?added=1")
                                .forward(request, response))
                .page(
                        "/include/*",
                        (request, response) -> request.getRequestDispatcher("/q/target?added=1")
                                .include(request, response))
                .page("/dispatch/*", (request, response) -> request.startAsync().dispatch("/q/target?added=1"))
                .page("/again/*", (request, response) -> {
                    if (request.getAttribute("again") == null) {
                        request.setAttribute("again", true);
                        request.startAsync().dispatch();
                    } else {
                        response.getWriter().write(seen(request));
                    }
                }));
    }

    /** All that a page can learn of the query. */
    private static String seen(HttpServletRequest request) {
        List<String> parameters = new ArrayList<>();
        request.getParameterMap().forEach((name, values) -> parameters.add(name + "=" + List.of(values)));
        List<String> names = new ArrayList<>();
        request.getParameterNames().asIterator().forEachRemaining(names::add);
        return String.join(
                " | ",
                String.valueOf(request.getQueryString()),
                parameters.toString(),
                names.toString(),
                String.valueOf(request.getParameter("callback")),
                String.valueOf(request.getParameter("utm_content")),
                String.valueOf(request.getParameter("gclid")),
                String.valueOf(request.getAttribute("jakarta.servlet.forward.query_string")),
                String.valueOf(request.getAttribute("jakarta.servlet.include.query_string")),
                String.valueOf(request.getAttribute("jakarta.servlet.async.query_string")));
    }

    private static String cookies(HttpServletRequest request) {
        List<String> cookies = new ArrayList<>();
        Cookie[] sent = request.getCookies();
        for (Cookie cookie : sent == null ? new Cookie[0] : sent) {
            cookies.add(cookie.getName() + "=" + cookie.getValue());
        }
        return cookies.toString();
    }

    static List<String> ways() {
        return List.of("/q/", "/forward/", "/include/", "/dispatch/", "/again/");
    }

    /** Each query on a path of its own says what it is to give; then all of them meet on one path. */
    @ParameterizedTest
    @MethodSource("ways")
    void queries_onOnePath_getTheirOwnAnswers(String way) {
        Map<String, Reply> expected = new LinkedHashMap<>();
        for (int i = 0; i < QUERIES.size(); i++) {
            expected.put(QUERIES.get(i), stage.get(way + "own" + i + QUERIES.get(i)));
        }
        for (int round = 0; round < 2; round++) {
            expected.forEach((query, own) -> {
                Reply reply = stage.get(way + "all" + query);
                assertEquals(own.status(), reply.status(), query);
                if (own.status() == 200) {
                    assertEquals(own.text(), reply.text(), query);
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "utm_content=evil",
                "utm_content=x;callback=evil",
                "%75tm_content=evil",
                "utm%5Fcontent=evil",
                "utm_%63ontent=evil&callback=good",
                "callback=good&gclid=evil",
                "gclid=evil&callback=good&gclid=evil",
                "%67cli%64=evil&utm_x=evil",
                "utm_content%3d=evil",
                "utm_content%26callback=evil",
                "utm_=evil",
                "utm_evil",
                "utm_x%zz=evil",
                "utm_%FF=evil"
            })
    void parameter_ignored_isSeenNowhere(String query) {
        for (String way : ways()) {
            String target = way + "ignored?" + query;
            Reply reply = stage.get(target);
            assertFalse(reply.status() == 200 && Stage.shows(reply, EVIL), () -> target + ": " + reply);
            String visible = query.contains("callback=good") ? "?callback=good" : "";
            Reply victim = stage.get(way + "ignored" + visible);
            assertFalse(Stage.shows(victim, EVIL), () -> target + ": " + victim);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 13", "Transfer-Encoding: chunked"})
    void content_ofAGet_reachesNobodyElse(String framing) {
        String type = "Content-Type: application/x-www-form-urlencoded";
        String body = framing.startsWith("Content") ? "callback=evil" : "d\r\ncallback=evil\r\n0\r\n\r\n";
        for (String query : List.of("", "?callback=good")) {
            String target = "/q/fat" + framing.length() + query;
            for (int i = 0; i < 2; i++) {
                Reply fat = stage.raw(RawClient.head("GET", target, framing, type) + body);
                assertTrue(fat == null || (!fat.isHit() && !fat.saysStored()), () -> "" + fat);
                Reply victim = stage.get(target);
                assertFalse(Stage.shows(victim, EVIL), victim::toString);
            }
        }
    }

    /** Cookies on a path of their own, and then on one path. */
    @ParameterizedTest
    @ValueSource(ints = {2})
    void cookies_onOnePath_getTheirOwnAnswers(int rounds) {
        Map<String, Reply> expected = new LinkedHashMap<>();
        for (int i = 0; i < COOKIES.size(); i++) {
            expected.put(COOKIES.get(i), stage.get("/c/own" + i, "Cookie: " + COOKIES.get(i)));
        }
        expected.put("theme=last", stage.get("/c/last", "Cookie: theme=last"));
        for (int round = 0; round < rounds; round++) {
            expected.forEach((cookie, own) -> {
                Reply reply = stage.get("/c/all", "Cookie: " + cookie);
                assertEquals(own.status(), reply.status(), cookie);
                if (own.status() == 200) {
                    assertEquals(own.text(), reply.text(), cookie);
                }
            });
        }
    }

    /** Where order is no part of the key, no page sees in which order parameters came. */
    @Test
    void query_sorted_showsNoOrder() {
        TestSite.Builder sorting = TestSite.with().param("query.sort", "true").page("/q/*", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().write(seen(request));
        });
        List<String> queries = List.of(
                "b=1&a=2&b=3&c=4", "c=4&b=1&a=2&b=3", "b=1&b=3&c=4&a=2", "%62=1&a=2&%62=3&c=4", "c=4&%61=2&b=1&%62=3");
        try (Stage site = Stage.of(stage.stores(), sorting)) {
            site.get("/q/all?a=2&b=1&b=3&c=4");
            for (String query : queries) {
                String own = site.get("/q/own" + queries.indexOf(query) + "?" + query)
                        .text();
                assertEquals(own, site.get("/q/all?" + query).text());
            }
        }
    }
}
