package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application reads of a request is in the key, or its page is not stored: nobody can poison a page. */
final class InputsIT {

    /** A way to read a request, with two field lines that it tells apart. */
    private record Input(String one, String other, Function<HttpServletRequest, Object> read) {}

    @ParameterizedTest
    @MethodSource("names")
    void input_read_neverReachesARequestWithAnother(String name) {
        Input input = input(name);
        View view = (request, response) ->
                response.getWriter().write(String.valueOf(input.read().apply(request)));
        assertNeverMistaken(input, view);
    }

    @ParameterizedTest
    @MethodSource("names")
    void input_readAfterCommit_neverReachesARequestWithAnother(String name) {
        Input input = input(name);
        View view = (request, response) -> {
            response.getWriter().write("head ");
            response.flushBuffer();
            response.getWriter().write(String.valueOf(input.read().apply(request)));
        };
        assertNeverMistaken(input, view);
    }

    @ParameterizedTest
    @MethodSource("names")
    void input_readByAnotherThread_neverReachesARequestWithAnother(String name) {
        Input input = input(name);
        View view = (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                Object value = input.read().apply((HttpServletRequest) async.getRequest());
                AsyncBehaviours.write(async, String.valueOf(value));
                async.complete();
            });
        };
        assertNeverMistaken(input, view);
    }

    @ParameterizedTest
    @MethodSource("names")
    void input_readInAForwardTarget_neverReachesARequestWithAnother(String name) {
        Input input = input(name);
        View target = (request, response) ->
                response.getWriter().write(String.valueOf(input.read().apply(request)));
        View view =
                (request, response) -> request.getRequestDispatcher("/target").forward(request, response);
        try (TestSite site =
                TestSite.with().page("/p", view).page("/target", target).start()) {
            assertNeverMistaken(input, site);
        }
    }

    private static void assertNeverMistaken(Input input, View view) {
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertNeverMistaken(input, site);
        }
    }

    private static void assertNeverMistaken(Input input, TestSite site) {
        String one = site.get("/p", input.one()).text();
        String other = site.get("/p", input.other()).text();
        assertFalse(one.equals(other), () -> "the page does not show the input: " + one);
        assertEquals(one, site.get("/p", input.one()).text());
        assertEquals(other, site.get("/p", input.other()).text());
        String none = site.get("/p").text();
        assertEquals(other, site.get("/p", input.other()).text());
        assertEquals(none, site.get("/p").text());
    }

    static List<String> names() {
        return new ArrayList<>(inputs().keySet());
    }

    private static Input input(String name) {
        return Objects.requireNonNull(inputs().get(name));
    }

    private static Map<String, Input> inputs() {
        Map<String, Input> inputs = new LinkedHashMap<>();
        inputs.put("getHeader", new Input("X-A: 1", "X-A: 2", request -> request.getHeader("x-A")));
        inputs.put("getHeaders", new Input("X-A: 1", "X-A: 2", request -> Collections.list(request.getHeaders("X-A"))));
        inputs.put("getIntHeader", new Input("X-A: 1", "X-A: 2", request -> request.getIntHeader("X-A")));
        inputs.put(
                "getDateHeader",
                new Input(
                        "X-A: Thu, 01 Jan 1970 00:00:01 GMT",
                        "X-A: Thu, 01 Jan 1970 00:00:02 GMT",
                        request -> request.getDateHeader("X-A")));
        inputs.put(
                "getHeaderNames", new Input("X-A: 1", "X-B: 1", request -> Collections.list(request.getHeaderNames())));
        inputs.put(
                "getLocale", new Input("Accept-Language: de", "Accept-Language: fr", request -> request.getLocale()));
        inputs.put(
                "getLocales",
                new Input(
                        "Accept-Language: de, en",
                        "Accept-Language: de, fr",
                        request -> Collections.list(request.getLocales())));
        inputs.put(
                "getContentType",
                new Input("Content-Type: a/b", "Content-Type: c/d", HttpServletRequest::getContentType));
        inputs.put("getContentLength", new Input("Content-Length: 0", "X-A: 1", HttpServletRequest::getContentLength));
        inputs.put(
                "getContentLengthLong",
                new Input("Content-Length: 0", "X-A: 1", HttpServletRequest::getContentLengthLong));
        inputs.put(
                "getCharacterEncoding",
                new Input(
                        "Content-Type: text/plain;charset=utf-8",
                        "Content-Type: text/plain;charset=utf-16",
                        HttpServletRequest::getCharacterEncoding));
        inputs.put("getCookies", new Input("Cookie: a=1", "Cookie: a=2", request -> cookies(request)));
        inputs.put("cookie field", new Input("Cookie: a=1", "Cookie: a=2", request -> request.getHeader("Cookie")));
        inputs.put("getServerName", new Input("Host: a.test", "Host: b.test", HttpServletRequest::getServerName));
        inputs.put("getRequestURL", new Input("Host: a.test", "Host: b.test", HttpServletRequest::getRequestURL));
        inputs.put("getServerPort", new Input("Host: a:81", "Host: a:82", HttpServletRequest::getServerPort));
        inputs.put("host field", new Input("Host: a.test", "Host: A.test", request -> request.getHeader("Host")));
        inputs.put(
                "getRequestedSessionId",
                new Input(
                        "Cookie: JSESSIONID=one", "Cookie: JSESSIONID=two", HttpServletRequest::getRequestedSessionId));
        inputs.put(
                "authorization field",
                new Input("Authorization: a", "Authorization: b", request -> request.getHeader("Authorization")));
        return inputs;
    }

    private static String cookies(HttpServletRequest request) {
        StringBuilder cookies = new StringBuilder();
        Cookie[] sent = request.getCookies();
        for (Cookie cookie : sent == null ? new Cookie[0] : sent) {
            cookies.append(cookie.getName())
                    .append('=')
                    .append(cookie.getValue())
                    .append(';');
        }
        return cookies.toString();
    }

    @Test
    void protocol_read_neverReachesAnotherVersion() {
        View view = (request, response) -> response.getWriter().write(request.getProtocol());
        try (TestSite site = TestSite.with().page("/p", view).start();
                RawClient client = site.client()) {
            assertEquals("HTTP/1.1", site.get("/p").text());
            client.write("GET /p HTTP/1.0\r\nHost: site.test\r\n\r\n");
            assertEquals("HTTP/1.0", client.read("GET").text());
        }
    }

    @Test
    void method_readForHead_isThatOfTheStoredGet() {
        View view = (request, response) -> {
            response.setHeader("X-Method", request.getMethod());
            response.getWriter().write("x");
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertEquals("HEAD", site.send("HEAD", "/p").one("X-Method"));
            assertEquals("GET", site.get("/p").one("X-Method"));
            assertEquals("GET", site.send("HEAD", "/p").one("X-Method"));
        }
    }

    @ParameterizedTest
    @CsvSource({"refuse,false", "declared,true"})
    void inputs_setting_decidesAboutUndeclaredReads(String inputs, boolean isStored) {
        View view = View.numberedAfter((request, response) -> response.setHeader("X-Saw", request.getHeader("X-A")));
        try (TestSite site =
                TestSite.with().param("inputs", inputs).page("/p", view).start()) {
            if (isStored) {
                site.getStoredThenHit("/p", "X-A: 1");
                site.getHit("render 1", "/p", "X-A: 2");
            } else {
                site.getNeverStored("/p", "X-A: 1");
            }
        }
    }

    @Test
    void inputs_refuse_storesWhatVaryDeclares() {
        View view = View.numberedAfter((request, response) -> {
            response.setHeader("Vary", "X-A");
            response.setHeader("X-Saw", request.getHeader("X-A"));
        });
        try (TestSite site =
                TestSite.with().param("inputs", "refuse").page("/p", view).start()) {
            site.getStoredThenHit("/p", "X-A: 1");
        }
    }

    @Test
    void inputs_trusted_countForNothing() {
        View view = View.numberedAfter((request, response) -> {
            request.getHeader("X-Request-Id");
            cookies(request);
        });
        try (TestSite site = TestSite.with()
                .param("inputs.trust", "x-request-id, trace")
                .page("/p", view)
                .start()) {
            site.getStoredThenHit("/p", "X-Request-ID: 1");
            site.getHit("render 1", "/p", "X-Request-ID: 2");
        }
    }

    /** What a filter nearer to the client reads is not the page's input. */
    @Test
    void input_readByOuterFilter_countsForNothing() {
        Filter outer = (request, response, chain) -> {
            ((HttpServletRequest) request).getHeader("X-A");
            chain.doFilter(request, response);
        };
        try (TestSite site =
                TestSite.with().before(outer).page("/p", View.numbered()).start()) {
            site.getStoredThenHit("/p", "X-A: 1");
            site.getHit("render 1", "/p", "X-A: 2");
        }
    }

    @Test
    void input_readByInnerFilter_joinsTheKey() {
        Filter inner = (request, response, chain) -> {
            request.setAttribute("a", ((HttpServletRequest) request).getHeader("X-A"));
            chain.doFilter(request, response);
        };
        View view = (request, response) -> response.getWriter().write("a " + request.getAttribute("a"));
        try (TestSite site = TestSite.with().after(inner).page("/p", view).start()) {
            assertEquals("a 1", site.get("/p", "X-A: 1").text());
            assertEquals("a 2", site.get("/p", "X-A: 2").text());
            site.getHit("a 1", "/p", "X-A: 1");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /p?a=1&utm_x=1          | /p?a=1                | a=1
            /p?utm_x=1&a=1          | /p?a=1&utm_y=2        | a=1
            /p?a=1&gclid=7&b=2      | /p?a=1&b=2&gclid=8    | a=1&b=2
            """)
    void queryIgnore_hidden_neitherSplitsNorReachesTheApplication(String first, String second, String seen) {
        View view = (request, response) -> response.getWriter()
                .write(request.getQueryString() + " " + request.getParameter("utm_x") + " "
                        + request.getParameterMap().containsKey("gclid"));
        try (TestSite site = TestSite.with()
                .param("query.ignore", "utm_*,gclid")
                .page("/p", view)
                .start()) {
            assertEquals(seen + " null false", site.get(first).text());
            site.getHit(seen + " null false", second);
        }
    }

    @Test
    void querySort_set_foldsOrderOfNamesAndNotOfValues() {
        try (TestSite site = TestSite.with()
                .param("query.sort", "true")
                .page("/p", View.numbered())
                .start()) {
            assertEquals("render 1", site.get("/p?b=2&a=1&b=1").text());
            site.getHit("render 1", "/p?a=1&b=2&b=1");
            assertEquals("render 2", site.get("/p?a=1&b=1&b=2").text());
        }
    }

    @Test
    void requestDirectives_honoured_forceARenderOrRefuseOne() {
        try (TestSite site = TestSite.with()
                .param("requestDirectives", "honor")
                .page("/p", View.numbered())
                .start()) {
            assertEquals(504, site.get("/p", "Cache-Control: only-if-cached").status());
            site.getStoredThenHit("/p");
            site.getHit("render 1", "/p", "Cache-Control: only-if-cached");
            assertEquals("render 2", site.get("/p", "Cache-Control: no-cache").text());
            assertTrue(site.get("/p").isHit());
        }
    }

    @ParameterizedTest
    @CsvSource({"max-age=50,true", "no-store,false", "private,false", "max-age=0,false"})
    void targetedField_set_replacesCacheControl(String targeted, boolean isStored) {
        View view = View.numbered("CDN-Cache-Control", targeted, "Cache-Control", "max-age=500");
        try (TestSite site = TestSite.with()
                .param("targetedField", "CDN-Cache-Control")
                .page("/p", view)
                .start()) {
            if (isStored) {
                Reply hit = site.getStoredThenHit("/p");
                assertTrue(hit.ttl() <= 50 && hit.ttl() > 40, hit::toString);
                assertEquals(targeted, hit.one("CDN-Cache-Control"));
            } else {
                site.getNeverStored("/p");
            }
        }
    }
}
