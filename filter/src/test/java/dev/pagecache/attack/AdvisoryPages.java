package dev.pagecache.attack;

import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** The application that {@link AdvisoriesIT} attacks: pages that are careless in the way of each advisory. */
final class AdvisoryPages {
    private AdvisoryPages() {}

    static TestSite.Builder site() {
        AtomicInteger renders = new AtomicInteger();
        TestSite.Builder site = TestSite.with()
                .param("statuses", "200,302")
                .page("/fields/*", (request, response) -> {
                    String query = request.getQueryString();
                    for (String field : query == null ? new String[0] : query.split("&", -1)) {
                        int equals = field.indexOf('=');
                        response.addHeader(
                                field.substring(0, equals),
                                URLDecoder.decode(field.substring(equals + 1), StandardCharsets.ISO_8859_1));
                    }
                    response.getWriter().write("render " + renders.incrementAndGet());
                })
                .page("/user/*", (request, response) -> response.getWriter().write("user " + cookie(request)))
                .page(
                        "/header/*",
                        (request, response) -> response.getWriter().write("saw " + request.getHeader(last(request))))
                .page(
                        "/redirect/*",
                        (request, response) -> response.sendRedirect("/to?saw=" + request.getHeader(last(request))))
                .page(
                        "/include/*",
                        (request, response) -> request.getRequestDispatcher("/header/" + last(request))
                                .include(request, response))
                .page(
                        "/forward/*",
                        (request, response) -> request.getRequestDispatcher("/header/" + last(request))
                                .forward(request, response))
                .page(
                        "/typeless/*",
                        (request, response) -> response.getOutputStream().print("<b>page</b>"))
                .page("/empty/*", (request, response) -> {
                    if (request.getHeader("X-Empty") != null) {
                        response.setStatus(204);
                    } else {
                        response.getWriter().write("page");
                    }
                })
                .page("/plain/*", View.text("page"));
        return addSessions(site);
    }

    private static TestSite.Builder addSessions(TestSite.Builder site) {
        return site.page("/login", (request, response) -> {
                    request.getSession().setAttribute("user", request.getParameter("user"));
                    response.getWriter().write("in");
                })
                .page("/token/*", (request, response) -> {
                    HttpSession session = request.getSession();
                    response.getWriter().write("token " + session.getId());
                })
                .page("/session/*", (request, response) -> {
                    HttpSession session = request.getSession(false);
                    response.getWriter().write("user " + (session == null ? null : session.getAttribute("user")));
                })
                .page("/touched/*", (request, response) -> {
                    HttpSession session = request.getSession(false);
                    if (session != null) {
                        session.setMaxInactiveInterval(600);
                        response.addHeader("Set-Cookie", "refreshed=" + session.getAttribute("user"));
                    }
                    response.getWriter().write("page");
                })
                .page(
                        "/principal/*",
                        (request, response) -> response.getWriter().write("user " + request.getUserPrincipal()));
    }

    private static String cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null ? "nobody" : cookies[0].getValue();
    }

    private static String last(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getRequestURI().lastIndexOf('/') + 1);
    }
}
