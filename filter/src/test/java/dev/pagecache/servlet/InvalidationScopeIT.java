package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.CacheControl;
import dev.pagecache.CachePage;
import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.store.Poll;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose pages an unsafe method kills: those of other servlets, other filters and other nodes, over a socket. */
final class InvalidationScopeIT {
    private static final String NO_CONTENT = "Content-Length: 0";

    private final ChangingData data = new ChangingData();

    /** Shows which render it is, and answers other methods with nothing. */
    @CachePage(300)
    public static final class CachedServlet extends HttpServlet {
        private final transient AtomicInteger renders = new AtomicInteger();

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("render " + renders.incrementAndGet());
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(204);
        }
    }

    /** Its fields are added by a capture, which every method goes through. */
    @CacheControl(maxAge = 60)
    public static final class ControlledServlet extends HttpServlet {
        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setHeader("Location", "/cached");
            response.getWriter().write("done");
        }

        @Override
        protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendError(409);
        }

        @Override
        protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                response.setHeader("Location", "/cached");
                print(response, "done");
                async.complete();
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /cached, true",
        "POST, /plain, true",
        "POST, /controlled, true",
        "DELETE, /controlled, true",
        "PUT, /controlled, false"
    })
    void scopeOfViews_requestToAnyServlet_kills(String method, String target, boolean isKilled) {
        try (TestSite site = TestSite.with()
                .param("scope", "view")
                .servlet("/cached", CachedServlet.class)
                .servlet("/controlled", ControlledServlet.class)
                .page("/plain", (request, response) -> response.sendRedirect("/cached"))
                .start()) {
            assertEquals("render 1", site.get("/cached").text());
            site.getHit("render 1", "/cached");
            site.send(method, target, NO_CONTENT);
            assertEquals(isKilled ? "render 2" : "render 1", site.get("/cached").text());
        }
    }

    /** Takes part for some paths only, as a filter with a narrow mapping does. */
    private record Narrow(String prefix, Filter filter) implements Filter {
        @Override
        public void init(FilterConfig config) throws ServletException {
            filter.init(config);
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (((HttpServletRequest) request).getRequestURI().startsWith(prefix)) {
                filter.doFilter(request, response, chain);
            } else {
                chain.doFilter(request, response);
            }
        }

        @Override
        public void destroy() {
            filter.destroy();
        }
    }

    @Test
    void twoFilters_ofOneApplication_shareWhatWasKilled() {
        View save = (request, response) -> {
            data.change();
            response.sendRedirect("/p");
        };
        try (TestSite site = data.site(save)
                .before(new Narrow("/admin", new PageCacheFilter()))
                .page("/admin/save", save)
                .start()) {
            site.getStoredThenHit("/p");
            site.send("POST", "/admin/save", NO_CONTENT);
            data.assertGone(site, "/p");
        }
    }

    /** Without a ledger that nodes share, they lose what was kept in Redis under the URL itself. */
    @Test
    void twoNodes_overOneRedis_loseThePageOfTheUrl() {
        try (RedisTestServer redis = RedisTestServer.start()) {
            TestSite.Builder builder = data.site((request, response) -> data.change())
                    .param("redis", redis.uri())
                    .param("authority", "site.example");
            try (TestSite first = builder.start();
                    TestSite second = builder.start()) {
                first.getStoredThenHit("/p");
                first.getStoredThenHit("/other");
                awaitKeys(redis, 2);
                first.send("POST", "/p", NO_CONTENT);
                awaitKeys(redis, 1);
                assertEquals("version 1", second.get("/other").text());
                assertEquals("version 2", second.get("/p").text());
            }
        }
    }

    private static void awaitKeys(RedisTestServer redis, int count) {
        Poll.until("keys in Redis: " + count, () -> redis.records().size() == count);
    }

    private static void print(ServletResponse response, String text) {
        try {
            response.getWriter().write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
