package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Web cache deception (T3): a victim is led to a private page under a name that looks like a public file, and the
 * attacker asks for the same. No spelling makes a private page come out for another user.
 */
@ParameterizedClass
@MethodSource("stages")
final class WebCacheDeceptionIT {
    private static final String SECRET = "secret-of-alice";
    private static final String PRIVATE = "{q}";

    /** Targets that lead to the private page in some container, or in some other's eyes. */
    private static final List<String> TARGETS = List.of(
            "/{q}",
            "/{q}/",
            "/{q}/x.css",
            "/{q}/..%2fp/a.css",
            "/{q};jsessionid=ABC",
            "/{q};.css",
            "/{q};x.css",
            "/{q};/p/a.css",
            "/{q}%3B.css",
            "/{q}%3b/p/a.css",
            "/{q}?.css",
            "/{q}?/p/a.css",
            "/{q}%3F.css",
            "/{q}%3f/p/a.css",
            "/{q}%23.css",
            "/{q}#.css",
            "/{q}%00.css",
            "/{q}%0a.css",
            "/{q}%0d%0aX",
            "/{q}%09.css",
            "/{q}%20.css",
            "/{q}.css",
            "/{q}.",
            "/{q}%2ecss",
            "/{q}%2f",
            "/{q}%2f..%2fp%2fa",
            "/{q}%5c.css",
            "/{q}\\..\\p\\a.css",
            "/{q}~",
            "/p/../{q}",
            "/p/./../{q}",
            "/p/x/../../{q}",
            "/p/%2e%2e/{q}",
            "/p/%2E%2E/{q}",
            "/p/.%2e/{q}",
            "/p/..;/{q}",
            "/p/..;x=1/{q}",
            "/p/..%3b/{q}",
            "/p/..%2f{q}",
            "/p/..%252f{q}",
            "/p/%252e%252e/{q}",
            "/p/%c0%ae%c0%ae/{q}",
            "/p/..%c0%af{q}",
            "/p/a.css/../../{q}",
            "/p/a.css/..;/..;/{q}",
            "/p;/../{q}",
            "/p/a;/../../{q}",
            "/p/..\\{q}",
            "//{q}",
            "///{q}",
            "/./{q}",
            "/.//{q}",
            "/;/{q}",
            "/;x=1/{q}",
            "/p//../{q}",
            "/p/..//{q}",
            "/%2f{q}",
            "http://site.test/{q}",
            "http://site.test/p/../{q}",
            "http://site.test/{q};.css",
            "/../{q}");

    /** Private pages by what tells the user: a cookie, the session, or Authorization. */
    private static final List<String> PRIVATE_PAGES = List.of("q", "s", "a");

    private final Stage stage;

    WebCacheDeceptionIT(Stage stage) {
        this.stage = stage;
    }

    /** Private pages that say nothing of it in their fields, beside a public one of the same filter. */
    static Stream<Stage> stages() {
        View publicPage = (request, response) -> response.getWriter().write("public " + request.getPathInfo());
        return Stage.each(() -> TestSite.with()
                .page("/p/*", publicPage)
                .page("/q/*", saying(WebCacheDeceptionIT::cookieUser))
                .page("/s/*", saying(WebCacheDeceptionIT::sessionUser))
                .page("/a/*", saying(request -> request.getHeader("Authorization")))
                .page("/login", (request, response) -> {
                    request.getSession().setAttribute("user", request.getParameter("user"));
                    response.getWriter().write("in");
                }));
    }

    /** Tells a user from a request. */
    private interface UserReader {
        @Nullable
        String user(HttpServletRequest request);
    }

    private static View saying(UserReader reader) {
        return (request, response) -> {
            response.setContentType("text/css");
            response.getWriter().write("private page: " + reader.user(request));
        };
    }

    private static @Nullable String cookieUser(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (cookie.getName().equals("user")) {
                return cookie.getValue();
            }
        }
        return null;
    }

    private static @Nullable String sessionUser(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? null : (String) session.getAttribute("user");
    }

    static List<String> targets() {
        return TARGETS;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void privatePage_underAnySpelling_isGivenToNobodyElse(String pattern) {
        String session = login(SECRET);
        for (String page : PRIVATE_PAGES) {
            String target = pattern.replace(PRIVATE, page);
            for (int i = 0; i < 2; i++) {
                stage.get(target, victim(page, session));
                assertNothing(stage.get(target), target);
            }
            assertNothing(stage.get(target, "Cookie: user=mallory; JSESSIONID=none"), target);
            assertNothing(stage.send("HEAD", target), target);
            assertNothing(stage.get("/" + page), target);
            assertNothing(stage.get("/p/a.css"), target);
        }
    }

    /** Authorization keeps any page out of the cache, and is sent where it alone is read. */
    private static String victim(String page, String session) {
        return page.equals("a") ? "Authorization: " + SECRET : "Cookie: user=" + SECRET + "; " + session;
    }

    /** What is public is kept, and what is private is shown to its user: else the corpus would prove nothing. */
    @Test
    void pages_asked_areShownAndThePublicOneIsKept() {
        assertEquals("public /a.css", stage.warm("/p/a.css").text());
        String session = login(SECRET);
        assertTrue(stage.get("/q/", "Cookie: user=" + SECRET).text().contains(SECRET));
        assertTrue(stage.get("/s/", "Cookie: " + session).text().contains(SECRET));
        assertTrue(stage.get("/a/", "Authorization: " + SECRET).text().contains(SECRET));
        assertEquals("private page: null", stage.get("/s/").text());
    }

    /** The private page comes first under the very URL of the public one: a container that maps it otherwise later. */
    @Test
    void sessionId_inTheUrl_isNoPartOfAKeptPage() {
        String session = login(SECRET);
        String id = session.substring(session.indexOf('=') + 1);
        stage.get("/s/;jsessionid=" + id);
        assertNothing(stage.get("/s/"), "/s/");
        Reply shared = stage.get("/p/b;jsessionid=" + id);
        assertFalse(shared.isHit() || shared.saysStored(), shared::toString);
    }

    private String login(String user) {
        String cookie = stage.get("/login?user=" + user).one("Set-Cookie");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static void assertNothing(Reply reply, String target) {
        assertFalse(Stage.shows(reply, SECRET), () -> target + " gives another's: " + reply);
    }
}
