package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.PageControl;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What belongs to one user is given to nobody else: cookies, sessions, principals, Authorization. */
final class PrivatePageIT {

    @ParameterizedTest
    @MethodSource("cookieSetters")
    void setCookie_byAnyWay_isNotStored(String way) {
        try (TestSite site = TestSite.with()
                .page("/p", Objects.requireNonNull(setters().get(way)))
                .start()) {
            Reply reply = site.getNeverStored("/p");
            assertTrue(reply.has("Set-Cookie"), reply::toString);
            assertFalse(reply.has("ETag"), reply::toString);
        }
    }

    /** CVE-2026-48588: whatever cookies the request carries. */
    @ParameterizedTest
    @ValueSource(strings = {"a=1", "sid=other", "_ga=1; sid=x", "", ";", "$Version=1", "a=1; a=2", "JSESSIONID=none"})
    void setCookie_besidesRequestCookies_isNotStored(String cookie) {
        View view = View.numbered("Set-Cookie", "sid=1", "Vary", "Cookie", "Cache-Control", "public, s-maxage=60");
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getNeverStored("/p", "Cookie: " + cookie);
        }
    }

    @Test
    void setCookie_notStored_saysWhy() {
        try (TestSite site =
                TestSite.with().page("/p", View.numbered("Set-Cookie", "sid=1")).start()) {
            assertEquals(
                    "pagecache; fwd=bypass; detail=set-cookie", site.get("/p").cacheStatus());
        }
    }

    /** The decision at the commit is not the last word: the rest of a long page may be private. */
    @ParameterizedTest
    @ValueSource(strings = {"session", "address", "doNotStore"})
    void privateInput_readAfterCommit_isNotStored(String input) {
        View view = (request, response) -> {
            response.getWriter().write("x".repeat(100_000));
            if (input.equals("session")) {
                response.getWriter().write("session " + request.getSession().isNew());
            } else if (input.equals("address")) {
                response.getWriter().write("address " + request.getRemoteAddr());
            } else {
                PageControl.of(request).doNotStore();
            }
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getNeverStored("/p");
        }
    }

    @ParameterizedTest
    @MethodSource("userReaders")
    void userInput_read_isNotStored(String way) {
        View read = Objects.requireNonNull(readers().get(way));
        try (TestSite site =
                TestSite.with().page("/p", View.numberedAfter(read)).start()) {
            Reply reply = site.getNeverStored("/p");
            assertTrue(reply.cacheStatus().matches("pagecache; fwd=[a-z-]+.*; detail=[a-z-]+"), reply::toString);
            assertFalse(reply.has("Expires"), reply::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dTpw", "Bearer abc", "", "garbage"})
    void authorization_sent_isNeitherStoredNorServed(String value) {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start()) {
            site.getNeverStored("/p", "Authorization: " + value);
            assertEquals("render 3", site.get("/p").text());
            assertEquals("render 4", site.get("/p", "Authorization: " + value).text());
            assertEquals("render 5", site.get("/p", "authorization: " + value).text());
            site.getHit("render 3", "/p");
        }
    }

    /** RFC 9111 section 3.5. */
    @ParameterizedTest
    @ValueSource(strings = {"public, max-age=60", "s-maxage=60", "must-revalidate, max-age=60", "PUBLIC"})
    void authorization_withShareableResponse_isStoredAndServed(String cacheControl) {
        View view = (request, response) -> {
            response.setHeader("Cache-Control", cacheControl);
            response.getWriter().write("page for all");
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply miss = site.get("/p", "Authorization: Bearer alice");
            assertTrue(miss.saysStored(), miss::toString);
            site.getHitSoon("page for all", "/p");
            site.getHitSoon("page for all", "/p", "Authorization: Bearer alice");
            site.getHitSoon("page for all", "/p", "Authorization: Bearer bob");
        }
    }

    @Test
    void authorization_shareableButVarying_isKeptApart() {
        View view = View.numbered("Cache-Control", "public", "Vary", "Authorization");
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertEquals(
                    "render 1", site.get("/p", "Authorization: Bearer alice").text());
            assertEquals("render 2", site.get("/p", "Authorization: Bearer bob").text());
            assertEquals("render 3", site.get("/p").text());
            site.getHit("render 1", "/p", "Authorization: Bearer alice");
        }
    }

    /** CVE-2026-45075: HEAD must not slip past what holds for GET. */
    @Test
    void authorization_withHead_isNotServedFromAnonymousPage() {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start()) {
            site.getStoredThenHit("/p");
            Reply head = site.send("HEAD", "/p", "Authorization: Basic dTpw");
            assertFalse(head.isHit(), head::toString);
        }
    }

    @Test
    void principal_setByOuterFilter_isNotStoredAndGetsNoAnonymousPageOfItsOwn() {
        Filter login =
                (request, response, chain) -> chain.doFilter(new LoggedIn((HttpServletRequest) request), response);
        View view = (request, response) -> {
            Principal user = request.getUserPrincipal();
            response.getWriter().write("hello " + (user == null ? "you" : user.getName()));
        };
        try (TestSite site = TestSite.with().before(login).page("/p", view).start()) {
            assertEquals(
                    "hello alice", site.getNeverStored("/p", "X-Login: alice").text());
            assertEquals("hello you", site.get("/p").text());
            assertEquals("hello bob", site.get("/p", "X-Login: bob").text());
            assertEquals("hello you", site.get("/p").text());
        }
    }

    @Test
    void session_ofAnotherUser_isNeverSeen() {
        View view = (request, response) -> {
            if (request.getParameter("login") != null) {
                request.getSession().setAttribute("user", request.getParameter("login"));
            }
            var session = request.getSession(false);
            response.getWriter().write("hello " + (session == null ? "you" : session.getAttribute("user")));
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            String alice = cookieOf(site.get("/p?login=alice"));
            assertEquals("hello alice", site.get("/p", "Cookie: " + alice).text());
            assertEquals("hello you", site.get("/p").text());
            String bob = cookieOf(site.get("/p?login=bob"));
            assertEquals("hello bob", site.get("/p", "Cookie: " + bob).text());
            assertEquals("hello alice", site.get("/p", "Cookie: " + alice).text());
            assertEquals("hello you", site.get("/p").text());
            assertFalse(site.get("/p?login=alice").isHit());
        }
    }

    @Test
    void cookie_readAndNotDeclared_neverReachesAnotherRequest() {
        View view = (request, response) -> {
            Map<String, String> cookies = new TreeMap<>();
            Cookie[] sent = request.getCookies();
            for (Cookie cookie : sent == null ? new Cookie[0] : sent) {
                cookies.put(cookie.getName(), cookie.getValue());
            }
            response.getWriter().write("theme " + cookies.get("theme"));
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertEquals("theme dark", site.get("/p", "Cookie: theme=dark").text());
            assertEquals("theme null", site.get("/p").text());
            assertEquals("theme light", site.get("/p", "Cookie: theme=light").text());
            assertEquals("theme dark", site.get("/p", "Cookie: theme=dark").text());
            assertEquals("theme null", site.get("/p").text());
        }
    }

    @Test
    void cookie_hidden_neitherSplitsNorReachesTheApplication() {
        View view = (request, response) -> {
            Cookie[] sent = request.getCookies();
            response.getWriter().write((sent == null ? 0 : sent.length) + " " + request.getHeader("Cookie"));
        };
        try (TestSite site = TestSite.with()
                .param("cookies.ignore", "_ga, utm_*")
                .page("/p", view)
                .start()) {
            assertEquals("0 null", site.get("/p", "Cookie: _ga=1; utm_x=2").text());
            site.getHit("0 null", "/p");
            assertEquals("1 a=1", site.get("/p", "Cookie: _ga=1; a=1").text());
        }
    }

    @Test
    void cookies_sentAndNotRead_countForNothing() {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start()) {
            site.get("/p", "Cookie: a=1");
            site.getHit("render 1", "/p", "Cookie: a=2");
            site.getHit("render 1", "/p");
        }
    }

    @Test
    void sessionId_inEncodedLink_isNotStored() {
        Filter session = (request, response, chain) -> {
            ((HttpServletRequest) request).getSession();
            chain.doFilter(request, response);
        };
        View view = (request, response) -> response.getWriter().write(response.encodeURL("/next"));
        try (TestSite site = TestSite.with().before(session).page("/p", view).start()) {
            Reply reply = site.getNeverStored("/p");
            assertTrue(reply.text().startsWith("/next;jsessionid="), reply::toString);
        }
    }

    @Test
    void encodeUrl_withoutSession_changesNothingAndIsStored() {
        View view = (request, response) ->
                response.getWriter().write(response.encodeURL("/next") + response.encodeRedirectURL("/to"));
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertEquals("/next/to", site.getStoredThenHit("/p").text());
        }
    }

    static List<String> cookieSetters() {
        return new ArrayList<>(setters().keySet());
    }

    private static Map<String, View> setters() {
        Map<String, View> ways = new TreeMap<>();
        ways.put("cookie API", View.numberedAfter((request, response) -> response.addCookie(new Cookie("a", "1"))));
        ways.put("addHeader", View.numbered("Set-Cookie", "a=1"));
        ways.put("addHeader lower case", View.numbered("set-cookie", "a=1"));
        ways.put("setHeader", View.numberedAfter((request, response) -> response.setHeader("SET-COOKIE", "a=1")));
        ways.put("container session", View.numberedAfter((request, response) -> request.getSession()));
        ways.put("container session true", View.numberedAfter((request, response) -> request.getSession(true)));
        ways.put(
                "session of unwrapped request",
                View.numberedAfter((request, response) -> unwrapped(request).getSession()));
        ways.put("cookie after getWriter", (request, response) -> {
            response.getWriter().write("render " + TestSite.render(request));
            response.addCookie(new Cookie("a", "1"));
        });
        ways.put("cookie before flush", (request, response) -> {
            response.getWriter().write("render ");
            response.addCookie(new Cookie("a", "1"));
            response.flushBuffer();
            response.getWriter().write(String.valueOf(TestSite.render(request)));
        });
        ways.put("session after much output", (request, response) -> {
            response.getWriter().write("x".repeat(20_000));
            request.getSession();
            response.getWriter().write("y".repeat(50_000));
        });
        return ways;
    }

    static List<String> userReaders() {
        return new ArrayList<>(readers().keySet());
    }

    private static Map<String, View> readers() {
        Map<String, View> ways = new TreeMap<>();
        ways.put("getRemoteAddr", (request, response) -> note(response, request.getRemoteAddr()));
        ways.put("getRemoteHost", (request, response) -> note(response, request.getRemoteHost()));
        ways.put("getRemotePort", (request, response) -> note(response, request.getRemotePort()));
        ways.put(
                "client certificate",
                (request, response) -> note(response, request.getAttribute("jakarta.servlet.request.X509Certificate")));
        ways.put(
                "getInputStream",
                (request, response) -> note(response, request.getInputStream().read()));
        ways.put(
                "getReader",
                (request, response) -> note(response, request.getReader().read()));
        return ways;
    }

    private static void note(HttpServletResponse response, @Nullable Object value) {
        response.setHeader("X-Read", "is " + value);
    }

    private static HttpServletRequest unwrapped(HttpServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return (HttpServletRequest) inner;
    }

    private static String cookieOf(Reply reply) {
        String cookie = reply.one("Set-Cookie");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    /** A request whose user an outer security filter knows. */
    private static final class LoggedIn extends HttpServletRequestWrapper {
        LoggedIn(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable Principal getUserPrincipal() {
            String user = ((HttpServletRequest) getRequest()).getHeader("X-Login");
            return user == null ? null : () -> user;
        }
    }
}
