package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hidden parameters and cookies are hidden by whichever way the application comes to ask for them. */
final class HiddenInputsIT {

    /** All that a request says of its query, its parameters and its cookies. */
    private static final View ECHO = (request, response) -> response.getWriter().write(seen(request));

    private static String seen(HttpServletRequest request) {
        TreeMap<String, String> seen = new TreeMap<>();
        seen.put("query", String.valueOf(request.getQueryString()));
        seen.put("url", request.getRequestURL().toString());
        seen.put("names", new TreeSet<>(Collections.list(request.getParameterNames())).toString());
        request.getParameterMap().forEach((name, values) -> seen.put("map " + name, String.join("+", values)));
        for (String name : new String[] {"utm_source", "gclid", "a", "extra"}) {
            String[] values = request.getParameterValues(name);
            seen.put("values " + name, values == null ? "none" : String.join("+", values));
            seen.put("parameter " + name, String.valueOf(request.getParameter(name)));
        }
        seen.put("forwarded", String.valueOf(request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING)));
        seen.put("included", String.valueOf(request.getAttribute(RequestDispatcher.INCLUDE_QUERY_STRING)));
        seen.put("cookie", String.valueOf(request.getHeader("Cookie")));
        Cookie[] cookies = request.getCookies();
        StringBuilder named = new StringBuilder();
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            named.append(cookie.getName()).append(' ');
        }
        seen.put("cookies", named.toString());
        return seen.toString();
    }

    private static TestSite start() {
        return TestSite.with()
                .param("query.ignore", "@tracking")
                .param("cookies.ignore", "@analytics")
                .page("/direct", ECHO)
                .page("/target", ECHO)
                .page("/forward", forward("/target"))
                .page("/forward-more", forward("/target?extra=1&a=2"))
                .page("/forward-twice", forward("/forward-more"))
                .page("/include", include("/target"))
                .page("/include-more", include("/target?extra=1&a=2"))
                .page("/include-forwarding", include("/forward-more"))
                .start();
    }

    private static View forward(String target) {
        return (request, response) ->
                Objects.requireNonNull(request.getRequestDispatcher(target)).forward(request, response);
    }

    private static View include(String target) {
        return (request, response) ->
                Objects.requireNonNull(request.getRequestDispatcher(target)).include(request, response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/direct",
                "/forward",
                "/forward-more",
                "/forward-twice",
                "/include",
                "/include-more",
                "/include-forwarding"
            })
    void hiddenInputs_byAnyDispatch_reachNobodyAndSplitNothing(String path) {
        try (TestSite site = start()) {
            Reply first = site.get(
                    path + "?utm_source=SECRET1&a=1&%67clid=SECRET2&utm%5Fx=SECRET3", "Cookie: _ga=SECRET4; id=7");
            Reply plain = site.get(path + "?a=1", "Cookie: id=7");
            Reply second = site.get(path + "?gclid=SECRET5&a=1", "Cookie: id=7; _gid=SECRET6; _ga_A=SECRET7");

            assertFalse(first.text().contains("SECRET"), first::text);
            assertFalse(first.text().contains("utm%5Fx"), first::text);
            assertEquals(200, first.status());
            assertEquals(first.text(), plain.text());
            assertEquals(first.text(), second.text());
            assertEquals("true true", plain.isHit() + " " + second.isHit());
        }
    }

    /** Spellings of one name: what is hidden from the key is hidden from the application, and the other way round. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gclid=SECRET                | true
            gclid                       | true
            %67%63%6c%69%64=SECRET      | true
            gcl%69d=SECRET&gclid=SECRET | true
            utm_=SECRET                 | true
            utm%5f%F0%9F%98%80=SECRET   | true
            utm_+=SECRET                | true
            GCLID=shown                 | false
            gclid%20=shown              | false
            +gclid=shown                | false
            gclid%5B%5D=shown           | false
            gclid;x=shown               | false
            x;gclid=shown               | false
            """)
    void name_inAnySpelling_isHiddenFromBothOrFromNone(String query, boolean isHidden) {
        try (TestSite site = start()) {
            site.get("/direct");
            Reply reply = site.get("/direct?" + query);

            assertEquals(200, reply.status());
            assertFalse(reply.text().contains("SECRET"), reply::text);
            assertEquals(isHidden, reply.isHit(), reply::toString);
        }
    }
}
