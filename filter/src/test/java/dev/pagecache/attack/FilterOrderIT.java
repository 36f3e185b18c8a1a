package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The cache and a filter that guards pages (T7; CVE-2026-45075, CVE-2026-24733, pages of closed user groups): nothing
 * guarded comes out for anonymous users, whatever they ask with.
 */
@ParameterizedClass
@EnumSource(Stores.class)
final class FilterOrderIT {
    private static final String SECRET = "secret page";

    /** Where the guard stands, and how it tells whom it knows. */
    static final List<String> GUARDS = List.of(
            "outside, by token",
            "inside, by token",
            "inside, by cookie",
            "inside, by Authorization",
            "outside, with principal",
            "inside, by principal",
            "inside, by role",
            "inside, by session",
            "inside, redirecting",
            "inside, bare status");

    private static final List<String> METHODS = List.of("GET", "HEAD", "get", "head", "OPTIONS", "FOO", "PROPFIND");

    private final Stores stores;

    FilterOrderIT(Stores stores) {
        this.stores = stores;
    }

    @ParameterizedTest
    @FieldSource("GUARDS")
    void guardedPage_askedAnonymously_isNotShown(String guard) {
        try (Stage stage = Stage.of(stores, site(guard))) {
            String login = login(stage, guard);
            assertEquals(
                    guard.contains("redirecting") ? 302 : 401, stage.get("/p").status());
            String tag = "\"none\"";
            for (int i = 0; i < 3; i++) {
                Reply shown = stage.get("/p", login);
                assertEquals(SECRET, shown.text());
                tag = shown.has("ETag") ? shown.one("ETag") : tag;
            }
            for (String[] fields : askings(tag)) {
                for (String method : METHODS) {
                    Reply reply = stage.send(method, "/p", fields);
                    assertRefused(reply);
                }
            }
            assertEquals(SECRET, stage.get("/p", login).text());
            assertRefused(stage.get("/p/"));
            assertRefused(stage.get("/p;x=1"));
            assertRefused(stage.get("/./p"));
            assertEquals("public", stage.warm("/public").text());
        }
    }

    /** What an anonymous user sends besides: conditions that the page meets, ranges, and names of others. */
    private static List<String[]> askings(String tag) {
        List<String[]> askings = new ArrayList<>();
        askings.add(new String[] {});
        askings.add(new String[] {"If-None-Match: " + tag});
        askings.add(new String[] {"If-None-Match: *"});
        askings.add(new String[] {"If-Modified-Since: Fri, 31 Dec 2100 00:00:00 GMT"});
        askings.add(new String[] {"Range: bytes=0-"});
        askings.add(new String[] {"Range: bytes=0-0", "If-Range: " + tag});
        askings.add(new String[] {"Cache-Control: only-if-cached"});
        askings.add(new String[] {"X-Token:", "Cookie: user="});
        askings.add(new String[] {"X-Original-URL: /public", "X-HTTP-Method-Override: GET"});
        return askings;
    }

    private static void assertRefused(Reply reply) {
        assertFalse(Stage.shows(reply, SECRET) || reply.isHit(), reply::toString);
        assertTrue(reply.status() >= 302 && reply.status() != 304, reply::toString);
    }

    /** The field that a known user sends. */
    private static String login(Stage stage, String guard) {
        if (guard.endsWith("session")) {
            String cookie = stage.get("/login").one("Set-Cookie");
            return "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
        }
        if (guard.endsWith("Authorization")) {
            return "Authorization: Bearer alice";
        }
        return guard.endsWith("cookie") ? "Cookie: user=alice" : "X-Token: alice";
    }

    private static TestSite.Builder site(String guard) {
        TestSite.Builder site = TestSite.with()
                .page("/p/*", View.text(SECRET))
                .page("/public", View.text("public"))
                .page("/login", (request, response) -> {
                    request.getSession();
                    response.getWriter().write("in");
                });
        if (guard.contains("principal") || guard.contains("role")) {
            site.before((request, response, chain) ->
                    chain.doFilter(new TokenUser((HttpServletRequest) request), response));
        }
        return guard.startsWith("outside") ? site.before(guard(guard)) : site.after(guard(guard));
    }

    private static Filter guard(String guard) {
        return (request, response, chain) -> {
            HttpServletRequest asked = (HttpServletRequest) request;
            HttpServletResponse answer = (HttpServletResponse) response;
            if (!asked.getServletPath().equals("/p") || isKnown(asked, guard)) {
                chain.doFilter(request, response);
            } else if (guard.endsWith("redirecting")) {
                answer.sendRedirect("/login");
            } else if (guard.endsWith("status")) {
                answer.setStatus(401);
                answer.getWriter().write("who are you?");
            } else {
                answer.sendError(401);
            }
        };
    }

    private static boolean isKnown(HttpServletRequest request, String guard) {
        if (guard.endsWith("session")) {
            return request.getSession(false) != null;
        }
        if (guard.endsWith("Authorization")) {
            return "Bearer alice".equals(request.getHeader("Authorization"));
        }
        if (guard.endsWith("cookie")) {
            return request.getCookies() != null
                    && request.getCookies()[0].getValue().equals("alice");
        }
        if (guard.endsWith("role")) {
            return request.isUserInRole("reader");
        }
        return guard.endsWith("principal")
                ? request.getUserPrincipal() != null
                : Objects.equals(request.getHeader("X-Token"), "alice");
    }

    /** A request whose user an outer filter knows by a token. */
    private static final class TokenUser extends HttpServletRequestWrapper {
        TokenUser(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable Principal getUserPrincipal() {
            String token = super.getHeader("X-Token");
            return token == null || token.isEmpty() ? null : () -> token;
        }

        @Override
        public boolean isUserInRole(String role) {
            return getUserPrincipal() != null;
        }
    }
}
