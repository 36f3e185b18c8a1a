package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests whose keys would be the same under a careless way to make keys (T4; CVE-2026-25480, CVE-2020-13254,
 * CVE-2026-6873): each gets its own page, whoever came first.
 */
@ParameterizedClass
@MethodSource("stages")
final class KeyCollisionsIT {
    /** Near spellings: other octets, escapes, normal forms, separators, and parts that could slip into the next. */
    private static final List<String> TARGETS = List.of(
            "/k/a",
            "/k/a/",
            "/k/A",
            "/k/%61",
            "/k/a%20",
            "/k/a+",
            "/k/a%2520",
            "/k/a%3Fx=1",
            "/k/a?x=1",
            "/k/a?x=1&",
            "/k/a?x=1&y",
            "/k/a?x=1&y=",
            "/k/a?x=1%26y=",
            "/k/a?X=1",
            "/k/a?x=%31",
            "/k/a?",
            "/k/a??",
            "/k/a??x=1",
            "/k/a?null",
            "/k/null",
            "/k/%C3%A9",
            "/k/%c3%a9",
            "/k/e%CC%81",
            "/k/%C3%A9%CC%81",
            "/k/%EF%BD%81",
            "/k/%E2%84%AA",
            "/k/K",
            "/k/k",
            "/k/%C4%B0",
            "/k/%C4%B1",
            "/k/%C3%9F",
            "/k/ss",
            "/k/a%7Cb",
            "/k/a:b",
            "/k/a%0Ab",
            "/k/ab",
            "/k/a/b",
            "/k/a/b/",
            "/k/a%2Fb",
            "/k/a%252Fb",
            "/k/./a",
            "/k//a",
            "//k/a",
            "/k/x/../a",
            "/k/x%2F..%2Fa",
            "/k/a%00",
            "/k/a%00b",
            "/k/1/2",
            "/k/12",
            "/k/1?2",
            "/k/1%3F2");

    private static final List<String> HOSTS =
            List.of("site.test", "site.tes", "site.test.", "site.test:81", "site.test:811", "t.site.test", "[::1]");

    private final Stage stage;

    KeyCollisionsIT(Stage stage) {
        this.stage = stage;
    }

    static Stream<Stage> stages() {
        return Stage.each(() -> TestSite.with().page("/k/*", identity()).page("/v/*", identity()));
    }

    /** Says all that tells two requests apart, unlike the cache as an application that joins it would. */
    private static View identity() {
        return (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter()
                    .write(String.join(
                            " | ",
                            request.getServerName(),
                            String.valueOf(request.getServerPort()),
                            request.getRequestURI(),
                            String.valueOf(request.getPathInfo()),
                            String.valueOf(request.getQueryString()),
                            request.getParameterMap().keySet().toString(),
                            "render " + TestSite.render(request)));
        };
    }

    /** All keep their first answer, and no two have the same one. */
    @Test
    void target_nearToAnother_hasItsOwnPage() {
        Map<String, String> pages = new LinkedHashMap<>();
        for (String target : TARGETS) {
            Reply reply = stage.get(target);
            if (reply.status() == 200) {
                pages.put(target, reply.text());
            }
        }
        assertTrue(pages.size() > 30, pages::toString);
        assertEquals(pages.size(), pages.values().stream().distinct().count(), pages::toString);
        pages.forEach((target, page) -> assertEquals(page, stage.warm(target).text(), target));
    }

    @Test
    void host_nearToAnother_hasItsOwnPage() {
        Map<String, String> pages = new LinkedHashMap<>();
        for (String host : HOSTS) {
            pages.put(host, stage.get("/k/host", "Host: " + host).text());
        }
        assertEquals(HOSTS.size(), pages.values().stream().distinct().count(), pages::toString);
        pages.forEach((host, page) ->
                assertEquals(page, stage.warm("/k/host", "Host: " + host).text(), host));
    }

    /** The same text at another place of the request. */
    @Test
    void part_inThePlaceOfAnother_isAnotherPage() {
        String inHost = stage.get("/k/a", "Host: b.test").text();
        String inPath = stage.get("/k/b.test/k/a").text();
        String inQuery = stage.get("/k/a?b.test").text();
        assertFalse(inHost.equals(inPath) || inPath.equals(inQuery) || inHost.equals(inQuery));
        assertEquals(inQuery, stage.warm("/k/a?b.test").text());
    }

    /** Sites that share one Redis, with prefixes that join with the parts behind them to the same text. */
    @Test
    void keyPrefixes_thatJoinToTheSameText_shareNothing() {
        List<String[]> prefixes = new ArrayList<>();
        prefixes.add(new String[] {"a", "b:c"});
        prefixes.add(new String[] {"a:b", "c"});
        prefixes.add(new String[] {"a:b:c", ""});
        prefixes.add(new String[] {"", "a:b:c"});
        if (!stage.stores().hasRedis()) {
            assertEquals(4, prefixes.size());
            return;
        }
        for (int i = 0; i < prefixes.size(); i++) {
            String own = "site " + i;
            TestSite.Builder site = Stage.over(stage.redis(), stage.stores(), TestSite.with())
                    .contextParam("pagecache.caches.default.keyPrefix", prefixes.get(i)[0])
                    .param("keyPrefix", prefixes.get(i)[1])
                    .param("authority", "site.example")
                    .page("/shared", View.text(own));
            try (TestSite started = site.start()) {
                assertEquals(own, started.get("/shared").text());
                started.getHitSoon(own, "/shared");
            }
        }
    }
}
