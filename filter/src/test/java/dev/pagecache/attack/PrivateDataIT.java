package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.PageControl;
import dev.pagecache.servlet.RawClient;
import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What belongs to one user (T6): by whatever way a page knows him or marks him, nobody else gets it. The site has a
 * filter outside of the cache that knows users by a token.
 */
@ParameterizedClass
@MethodSource("stages")
final class PrivateDataIT {
    private static final String ALICE = "alice-secret";
    private static final String MALLORY = "mallory";

    private final Stage stage;

    PrivateDataIT(Stage stage) {
        this.stage = stage;
    }

    static Stream<Stage> stages() {
        return Stage.each(PrivateDataIT::site);
    }

    private static TestSite.Builder site() {
        TestSite.Builder site = TestSite.with()
                .before((request, response, chain) -> chain.doFilter(new Known((HttpServletRequest) request), response))
                .page("/login", (request, response) -> {
                    request.getSession().setAttribute("user", request.getParameter("user"));
                    response.getWriter().write("in");
                });
        pages().forEach((name, view) -> site.page("/" + name + "/*", view));
        return site;
    }

    /** Ways in which a page becomes private, each under its path. */
    private static Map<String, View> pages() {
        Map<String, View> pages = new LinkedHashMap<>();
        pages.put("cookie", write(PrivateDataIT::cookie));
        pages.put("cookieField", write(request -> request.getHeader("cookie")));
        pages.put("authorization", write(request -> request.getHeader("Authorization")));
        pages.put("apiKey", write(request -> request.getHeader("X-Api-Key")));
        pages.put("session", write(PrivateDataIT::sessionUser));
        pages.put("principal", write(request -> user(request.getUserPrincipal())));
        pages.put("remoteUser", write(HttpServletRequest::getRemoteUser));
        pages.put("role", write(request -> request.isUserInRole(ALICE) ? ALICE : "nobody"));
        pages.put(
                "certificate", write(request -> "" + request.getAttribute("jakarta.servlet.request.X509Certificate")));
        pages.put("declaredPublic", (request, response) -> {
            response.setHeader("Cache-Control", "public, max-age=600");
            write(PrivateDataIT::sessionUser).render(request, response);
        });
        pages.put("varyCookie", (request, response) -> {
            response.setHeader("Vary", "Cookie");
            write(PrivateDataIT::cookie).render(request, response);
        });
        pages.put("setCookie", (request, response) -> {
            response.addCookie(new Cookie("id", cookie(request)));
            response.getWriter().write("page");
        });
        pages.put("lateCookie", (request, response) -> {
            response.getWriter().write("page");
            response.addHeader("set-cookie", "id=" + cookie(request));
        });
        pages.put("token", (request, response) -> {
            HttpSession session = request.getSession();
            response.getWriter().write("<input name=csrf value=" + session.getAttribute("user") + ">");
        });
        pages.put("lateSession", (request, response) -> {
            response.getWriter().write("x".repeat(100_000));
            response.getWriter().write("hello " + sessionUser(request));
        });
        pages.put("included", (request, response) -> {
            response.getWriter().write("around ");
            request.getRequestDispatcher("/session/part").include(request, response);
        });
        pages.put(
                "forwarded",
                (request, response) ->
                        request.getRequestDispatcher("/principal/part").forward(request, response));
        pages.put("dispatched", (request, response) -> request.startAsync().dispatch("/session/part"));
        pages.put("doNotStore", (request, response) -> {
            PageControl.of(request).doNotStore();
            response.getWriter().write("hello " + underTheCache(request));
        });
        declared(pages);
        return pages;
    }

    /** Pages that know the user in a way that nobody sees, and say that they are private. */
    private static void declared(Map<String, View> pages) {
        List<String> ways = List.of(
                "private",
                "PRIVATE",
                "max-age=60, Private",
                "no-store",
                "No-Cache",
                "private=\"x, y\"",
                "max-age=0",
                "public, no-store",
                "no-cache=\"set-cookie\"",
                "\tprivate",
                "private;",
                "\"private",
                "x=\"y, private");
        for (int i = 0; i < ways.size(); i++) {
            String cacheControl = ways.get(i);
            pages.put("declared" + i, (request, response) -> {
                response.setHeader("Cache-Control", cacheControl);
                response.getWriter().write("hello " + underTheCache(request));
            });
            pages.put("declaredLate" + i, (request, response) -> {
                response.addHeader("Cache-Control", "public, max-age=60");
                response.addHeader("cache-control", cacheControl);
                response.getWriter().write("hello " + underTheCache(request));
            });
        }
        pages.put("varyAny", (request, response) -> {
            response.setHeader("Vary", "Accept, *");
            response.getWriter().write("hello " + underTheCache(request));
        });
    }

    private static View write(Reader reader) {
        return (request, response) -> response.getWriter().write("hello " + reader.read(request));
    }

    /** What a page takes its user from. */
    private interface Reader {
        @Nullable
        String read(HttpServletRequest request) throws IOException;
    }

    private static String cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (cookie.getName().equals("user")) {
                return cookie.getValue();
            }
        }
        return "nobody";
    }

    private static @Nullable String sessionUser(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? null : (String) session.getAttribute("user");
    }

    private static @Nullable String user(@Nullable Principal principal) {
        return principal == null ? null : principal.getName();
    }

    /** Asks the request that the outer filter made, past what the cache sees: only what the page declares counts. */
    private static @Nullable String underTheCache(HttpServletRequest request) {
        ServletRequest inner = request;
        while (!(inner instanceof Known) && inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner instanceof Known known ? known.token() : null;
    }

    static List<String> names() {
        return new ArrayList<>(pages().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void page_ofOneUser_isGivenToNobodyElse(String name) {
        String session = login(ALICE);
        String other = login(MALLORY);
        String target = "/" + name + "/" + stage.stores();
        String[] alice = fields(name, ALICE, session);
        Reply own = stage.get(target, alice);
        assertTrue(Stage.shows(own, ALICE), () -> "the page does not show its user: " + own);
        for (int i = 0; i < 2; i++) {
            stage.get(target, alice);
            assertNotOfAlice(stage.get(target));
            assertNotOfAlice(stage.get(target, fields(name, MALLORY, other)));
            assertNotOfAlice(stage.get(target, "Cookie: user=mallory"));
            assertNotOfAlice(
                    stage.get(target, "If-None-Match: \"x\"", "Range: bytes=0-", "Cookie: JSESSIONID=guessed"));
            assertNotOfAlice(stage.send("HEAD", target));
            assertTrue(Stage.shows(stage.get(target, alice), ALICE), name);
        }
    }

    /** Users on one connection, as behind a proxy. */
    @Test
    void users_onOneConnection_getTheirOwn() {
        String session = login(ALICE);
        try (RawClient client = stage.site().client()) {
            for (String page : List.of("cookie", "session", "principal", "authorization", "apiKey")) {
                String[] alice = fields(page, ALICE, session);
                for (int i = 0; i < 3; i++) {
                    assertTrue(Stage.shows(client.send("GET", "/" + page + "/shared", alice), ALICE), page);
                    assertNotOfAlice(client.send("GET", "/" + page + "/shared"));
                }
            }
        }
    }

    /** All that tells the user. Authorization keeps any page out of the cache, and is sent where it alone is read. */
    private static String[] fields(String page, String user, String session) {
        String token = (page.equals("authorization") ? "Authorization: Bearer " : "X-Token: ") + user;
        return new String[] {"Cookie: user=" + user + "; " + session, "X-Api-Key: " + user, token};
    }

    private static void assertNotOfAlice(Reply reply) {
        assertFalse(Stage.shows(reply, ALICE), () -> "another's page: " + reply);
    }

    private String login(String user) {
        String cookie = stage.get("/login?user=" + user).one("Set-Cookie");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    /** A request whose user, roles and certificate an outer filter tells from a token. */
    private static final class Known extends HttpServletRequestWrapper {
        Known(HttpServletRequest request) {
            super(request);
        }

        @Nullable
        String token() {
            return super.getHeader("X-Token");
        }

        @Override
        public @Nullable Principal getUserPrincipal() {
            String token = token();
            return token == null ? null : () -> token;
        }

        @Override
        public @Nullable String getRemoteUser() {
            return token();
        }

        @Override
        public boolean isUserInRole(String role) {
            return role.equals(token());
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            return name.equals("jakarta.servlet.request.X509Certificate") ? token() : super.getAttribute(name);
        }
    }
}
