package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose name a page is under (T5; CVE-2011-4139, CVE-2013-4752, CVE-2014-5244). */
@ParameterizedClass
@MethodSource("stages")
final class HostIT {
    /** Heads up to the end of the Host field or what stands in its place; the rest is added. */
    private static final List<String> HOSTS = List.of(
            "Host: site.test",
            "Host: SITE.test",
            "Host: site.test:80",
            "Host: site.test:080",
            "Host: site.test:",
            "Host: site.test:0",
            "Host: site.test:81",
            "Host: site.test:443",
            "Host: site.test:65535",
            "Host: site.test:65536",
            "Host: site.test:-1",
            "Host: site.test:99999999999",
            "Host: site.test:80:81",
            "Host: site.test.",
            "Host: site.test..",
            "Host: .site.test",
            "Host: evil.test",
            "Host: site.test.evil.test",
            "Host: site.test@evil.test",
            "Host: evil.test#site.test",
            "Host: evil.test/site.test",
            "Host: evil.test?site.test",
            "Host: evil.test\\site.test",
            "Host: evil.test, site.test",
            "Host: evil.test site.test",
            "Host: site.test\tevil.test",
            "Host: site%2etest",
            "Host: site.te\u00dft",
            "Host: \u00e2\u0084\u00aa.test",
            "Host: k.test",
            "Host: xn--evil.test",
            "Host: site_test",
            "Host: 127.0.0.1",
            "Host: 127.1",
            "Host: 0x7f000001",
            "Host: [::1]",
            "Host: [::1]:81",
            "Host: [0:0:0:0:0:0:0:1]",
            "Host: [::FFFF:127.0.0.1]",
            "Host: [::1%25eth0]",
            "Host: [evil]",
            "Host: localhost",
            "Host: ",
            "Host: site.test\r\nHost: evil.test",
            "Host: evil.test\r\nHost: site.test",
            "Host : evil.test",
            " Host: evil.test",
            "Host: site.test\r\n evil.test",
            "X-Forwarded-Host: evil.test\r\nHost: site.test",
            "Forwarded: host=evil.test\r\nHost: site.test");

    private final Stage stage;

    HostIT(Stage stage) {
        this.stage = stage;
    }

    static Stream<Stage> stages() {
        View view = (request, response) -> response.getWriter()
                .write(String.join(
                        " | ",
                        request.getScheme(),
                        request.getServerName(),
                        String.valueOf(request.getServerPort()),
                        String.valueOf(request.getRequestURL()).replaceAll("/[a-z]*/[a-z0-9]*$", "/")));
        return Stage.each(() -> TestSite.with()
                .param("statuses", "200,302")
                .page("/h/*", view)
                .page("/plain/*", View.text("page"))
                .page("/redirect/*", (request, response) -> response.sendRedirect("/to")));
    }

    /** Each on a path of its own says what it is to give; then all meet on one path. Letter case says nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"/h/", "/redirect/"})
    void hosts_onOnePath_getTheirOwnAnswers(String path) {
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < HOSTS.size(); i++) {
            expected.put(HOSTS.get(i), answer(path + "own" + i, HOSTS.get(i)));
        }
        assertTrue(expected.values().stream()
                                .filter(text -> text.startsWith("200"))
                                .count()
                        > 5
                || !path.equals("/h/"));
        for (int round = 0; round < 2; round++) {
            expected.forEach((host, text) -> assertEquals(text, answer(path + "all", host), host));
        }
    }

    private String answer(String path, String host) {
        Reply reply = stage.raw("GET " + path + " HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n");
        return reply == null || reply.status() >= 400
                ? "refused"
                : (reply.status() + " " + reply.field("Location") + " " + reply.text()).toLowerCase(Locale.ROOT);
    }

    /** A request line with a host of its own, or no host at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://evil.test/h/line HTTP/1.1\r\nHost: site.test",
                "GET http://evil.test:81/h/line HTTP/1.1\r\nHost: site.test",
                "GET http://site.test@evil.test/h/line HTTP/1.1\r\nHost: site.test",
                "GET https://evil.test/h/line HTTP/1.1\r\nHost: site.test",
                "GET //evil.test/h/line HTTP/1.1\r\nHost: site.test",
                "GET http:/h/line HTTP/1.1\r\nHost: site.test",
                "GET h/line HTTP/1.1\r\nHost: site.test",
                "GET /h/line HTTP/1.1\r\nHost: evil.test\r\nHost: site.test",
                "GET /h/line HTTP/1.1",
                "GET /h/line HTTP/1.0",
                "GET /h/line HTTP/1.0\r\nHost: evil.test",
                "GET /h/line HTTP/2.0\r\nHost: evil.test",
                "GET /h/line"
            })
    void requestLine_withAnotherHost_leavesNothingForOthers(String head) {
        stage.raw(head + "\r\n\r\n");
        Reply victim = stage.get("/h/line");
        assertEquals("http | site.test | 80 | http://site.test/", victim.text());
    }

    /** CVE-2014-5244: a host without end costs nothing and is kept nowhere. */
    @ParameterizedTest
    @ValueSource(ints = {256, 300, 4_000, 8_000})
    void host_long_isNeverKept(int length) {
        String host = "Host: " + "a.".repeat(length / 2);
        stage.get("/plain/long", host);
        Reply second = stage.get("/plain/long", host);
        assertFalse(second.isHit() || second.saysStored(), second::toString);
    }

    @Test
    void hostAndPort_whichMeanTheSame_shareOnePage() {
        String page = stage.warm("/plain/same").text();
        for (String host : List.of("SITE.TEST", "Site.Test:80", "site.test:80")) {
            stage.assertKept(page, "/plain/same", "Host: " + host);
        }
    }

    /** Where one name stands for all hosts, nothing that was made of a host is kept, not even by the container. */
    @Test
    void authority_set_keepsNoPageWithAHostInIt() {
        View reading = (request, response) -> response.getWriter().write("at " + request.getRequestURL());
        TestSite.Builder builder = TestSite.with()
                .param("authority", "site.example")
                .param("statuses", "200,302")
                .page("/reading", reading)
                .page("/field", (request, response) -> response.getWriter().write("at " + request.getHeader("host")))
                .page("/redirect", (request, response) -> response.sendRedirect("to"))
                .page("/absolute", (request, response) -> response.sendRedirect("http://site.example/to"))
                .page("/plain", View.text("page"));
        try (Stage site = Stage.of(stage.stores(), builder)) {
            for (String path : List.of("/reading", "/field", "/redirect", "/absolute")) {
                site.get(path, "Host: evil.test");
                site.get(path, "Host: evil.test:0");
                Reply victim = site.get(path);
                assertFalse(shows(victim, "evil"), () -> path + victim);
            }
            assertEquals("page", site.warm("/plain", "Host: evil.test").text());
            site.assertKept("page", "/plain");
        }
    }

    /** A node to which one name stands for all hosts, and one that goes by the host, over the same stores. */
    @Test
    void authority_setOnOneNodeOnly_isNotReachedByAnyHost() {
        View reading = (request, response) -> response.getWriter().write("at " + request.getServerPort());
        if (!stage.stores().hasRedis()) {
            assertEquals(Stores.MEMORY, stage.stores());
            return;
        }
        try (TestSite byHost = over(TestSite.with().page("/node", reading)).start();
                TestSite byName = over(TestSite.with()
                                .param("authority", "site.example")
                                .page("/node", View.text("page")))
                        .start()) {
            for (String host : List.of("site.example:0", "site.example", "site.example:65536", "site.example:-0")) {
                byHost.get("/node", "Host: " + host);
            }
            assertEquals("page", byName.get("/node").text());
        }
    }

    private TestSite.Builder over(TestSite.Builder builder) {
        return Stage.over(stage.redis(), stage.stores(), builder);
    }

    private static boolean shows(@Nullable Reply reply, String text) {
        return reply != null && Stage.shows(reply, text);
    }
}
