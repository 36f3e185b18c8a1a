package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.CacheControl;
import dev.pagecache.CachePage;
import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.store.Poll;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers to unsafe methods do to stored pages (RFC 9111 section 4.4), over a socket. */
final class InvalidationIT {
    private static final String NO_CONTENT = "Content-Length: 0";

    /** What the pages show; whoever changes it has to revoke them. */
    private static final class Data {
        final AtomicInteger version = new AtomicInteger(1);

        /** A page that shows the data, and answers every other method by a lambda. */
        View page(View change) {
            return (request, response) -> {
                if (request.getMethod().equals("GET")) {
                    show(response);
                } else {
                    change.render(request, response);
                }
            };
        }

        void show(HttpServletResponse response) throws IOException {
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().write("version " + version);
        }

        void change() {
            version.incrementAndGet();
        }
    }

    private final Data data = new Data();

    private TestSite.Builder site(View change) {
        return TestSite.with()
                .param("query.ignore", "utm_*")
                .param("exclude", "/excluded/*")
                .page("/p", data.page(change))
                .page("/other", data.page(change))
                .page("/excluded/p", data.page(change));
    }

    private void assertStored(TestSite site, String target, String... fields) {
        site.getHit("version 1", target, fields);
    }

    private void assertGone(TestSite site, String target, String... fields) {
        Reply reply = site.get(target, fields);
        assertFalse(reply.isHit(), reply::toString);
        assertEquals("version " + data.version, reply.text());
    }

    @ParameterizedTest
    @DisplayName("RFC 9111 section 4.4: a non-error answer to an unsafe method")
    @CsvSource({
        "POST, 200",
        "POST, 201",
        "POST, 204",
        "POST, 299",
        "POST, 301",
        "POST, 302",
        "POST, 303",
        "POST, 307",
        "PUT, 200",
        "PUT, 201",
        "PUT, 204",
        "DELETE, 204",
        "DELETE, 303",
        "PATCH, 200",
        "PATCH, 204",
        "M-SEARCH, 200",
        "M-SEARCH, 204",
        "get, 200"
    })
    void unsafeMethod_withoutError_killsThePage(String method, int status) {
        View change = (request, response) -> {
            data.change();
            response.setStatus(status);
        };
        try (TestSite site = site(change).start()) {
            site.getStoredThenHit("/p");
            assertEquals(status, site.send(method, "/p", NO_CONTENT).status());
            assertGone(site, "/p");
            site.getHit("version 2", "/p");
        }
    }

    @ParameterizedTest
    @DisplayName("RFC 9111 section 4.4: not after an error")
    @CsvSource({"POST, 400", "POST, 404", "PUT, 412", "DELETE, 403", "PATCH, 500", "M-SEARCH, 503"})
    void unsafeMethod_withError_leavesThePage(String method, int status) {
        View change = (request, response) -> {
            response.setStatus(status);
            response.setHeader("Location", "/other");
            response.getWriter().write("no");
            response.flushBuffer();
        };
        try (TestSite site = site(change).start()) {
            site.getStoredThenHit("/p");
            site.getStoredThenHit("/other");
            assertEquals(status, site.send(method, "/p", NO_CONTENT).status());
            assertStored(site, "/p");
            assertStored(site, "/other");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sendError", "exception", "asynchronous error", "asynchronous time-out"})
    void unsafeMethod_thatFails_leavesThePage(String way) {
        View change = (request, response) -> {
            switch (way) {
                case "sendError" -> response.sendError(409);
                case "exception" -> throw new IllegalStateException("no change today");
                case "asynchronous error" -> {
                    AsyncContext async = request.startAsync();
                    async.start(() -> {
                        response.setStatus(409);
                        async.complete();
                    });
                }
                default -> request.startAsync().setTimeout(50);
            }
        };
        try (TestSite site = site(change).start()) {
            site.getStoredThenHit("/p");
            assertTrue(site.send("POST", "/p", NO_CONTENT).status() >= 400);
            assertStored(site, "/p");
        }
    }

    static Map<String, View> answers() {
        Map<String, View> ways = new LinkedHashMap<>();
        ways.put("no output", (request, response) -> response.setStatus(204));
        ways.put("writer", (request, response) -> response.getWriter().write("done"));
        ways.put("stream", (request, response) -> response.getOutputStream().print("done"));
        ways.put("flush", (request, response) -> response.flushBuffer());
        ways.put("reset", (request, response) -> {
            response.setStatus(500);
            response.getWriter().write("x");
            response.reset();
            response.getWriter().write("done");
        });
        ways.put("sendRedirect", (request, response) -> response.sendRedirect("/p"));
        ways.put("sendRedirect 303", (request, response) -> response.sendRedirect("/p", 303));
        ways.put("sendRedirect keeping the buffer", (request, response) -> response.sendRedirect("/p", false));
        ways.put("sendRedirect all", (request, response) -> response.sendRedirect("/p", 303, true));
        ways.put(
                "forward",
                (request, response) -> request.getRequestDispatcher("/target").forward(request, response));
        ways.put("async, other thread", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                print(async.getResponse(), "done");
                async.complete();
            });
        });
        ways.put("async, response of the servlet", (request, response) -> {
            AsyncContext async = request.startAsync(request, response);
            async.start(() -> {
                print(response, "done");
                async.complete();
            });
        });
        ways.put("async, complete in the servlet", (request, response) -> {
            request.startAsync();
            request.getAsyncContext().complete();
        });
        ways.put("async, no output", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                response.setStatus(204);
                async.complete();
            });
        });
        ways.put("async, redirect", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                response.setHeader("Location", "/p");
                response.setStatus(303);
                async.complete();
            });
        });
        ways.put("async, dispatch", (request, response) -> request.startAsync().dispatch("/target"));
        ways.put("async, started again", (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                AsyncContext again = request.startAsync();
                again.start(again::complete);
            } else {
                request.startAsync().dispatch();
            }
        });
        return ways;
    }

    private static View answer(String way) {
        return Objects.requireNonNull(answers().get(way));
    }

    static Stream<String> namesOfAnswers() {
        return answers().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("namesOfAnswers")
    void answer_madeInAnyWay_killsThePageBeforeItIsRead(String way) {
        View answer = answer(way);
        try (TestSite site = site((request, response) -> {
                    if (request.getDispatcherType() != DispatcherType.ASYNC) {
                        data.change();
                    }
                    answer.render(request, response);
                })
                .page("/target", (request, response) -> response.setStatus(202))
                .start()) {
            site.getStoredThenHit("/p");
            assertTrue(site.send("POST", "/p", NO_CONTENT).status() < 400);
            assertGone(site, "/p");
        }
    }

    /** An answer to an unsafe method is what it is without the cache, but for the field of the cache. */
    @ParameterizedTest
    @MethodSource("namesOfAnswers")
    void answer_madeInAnyWay_isUnchanged(String way) {
        TestSite.Builder builder = site(answer(way)).page("/target", (request, response) -> response.setStatus(202));
        try (TestSite cached = builder.start();
                TestSite plain = builder.startPlain()) {
            Reply reply = cached.send("POST", "/p", NO_CONTENT);
            Reply expected = plain.send("POST", "/p", NO_CONTENT);
            assertEquals(expected.statusLine(), reply.statusLine());
            assertEquals(expected.text(), reply.text());
            assertEquals(expected.fieldsWithout("Date"), reply.fieldsWithout("Date", "Cache-Status"));
            assertEquals("pagecache; fwd=method; detail=method", reply.cacheStatus());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "QUERY"})
    void safeMethod_leavesThePage(String method) {
        View change = (request, response) -> response.getWriter().write("read only");
        try (TestSite site = site(change)
                .page("/excluded/go", (request, response) -> response.sendRedirect("/p"))
                .start()) {
            site.getStoredThenHit("/p");
            site.send(method, "/p", NO_CONTENT, "If-Match: *");
            assertEquals(302, site.send(method, "/excluded/go", NO_CONTENT).status());
            assertStored(site, "/p");
        }
    }

    @ParameterizedTest
    @DisplayName("RFC 9111 section 4.4: Location and Content-Location on the same origin")
    @CsvSource({
        "Location, /other, true",
        "Content-Location, /other, true",
        "Content-Location, /other?utm_source=x, true",
        "Location, /other#part, true",
        "Location, //elsewhere.test/other, false",
        "Content-Location, http://elsewhere.test/other, false",
        "Link, /other, false"
    })
    void answer_namingAnotherUrl_killsItOnTheSameOrigin(String field, String value, boolean isKilled) {
        View change = (request, response) -> {
            response.setStatus(201);
            response.setHeader(field, value);
            response.getWriter().write("made");
        };
        try (TestSite site = site(change).start()) {
            site.getStoredThenHit("/other");
            site.send("POST", "/p", NO_CONTENT);
            if (isKilled) {
                assertGone(site, "/other");
            } else {
                assertStored(site, "/other");
            }
        }
    }

    @Test
    void answer_locationSetAfterTheOutputWasAskedFor_killsItsPage() {
        View change = (request, response) -> {
            response.getWriter().write("made");
            response.setHeader("Location", "/other");
        };
        try (TestSite site = site(change).start()) {
            site.getStoredThenHit("/other");
            site.send("POST", "/p", NO_CONTENT);
            assertGone(site, "/other");
        }
    }

    /**
     * The container resolves the reference; what it makes of it is seen when the chain has returned, which may be after
     * the client has read the answer.
     */
    @Test
    void redirect_byRelativePath_killsItsPage() {
        try (TestSite site =
                site((request, response) -> response.sendRedirect("other")).start()) {
            site.getStoredThenHit("/other");
            site.send("POST", "/p", NO_CONTENT);
            Poll.until("the page is gone", () -> !site.get("/other").isHit());
        }
    }

    /** The dispatch does not come back through the filter, and no output is asked for: what is left is the end. */
    @Test
    void asyncDispatch_pastTheFilter_killsThePageWhenItIsComplete() {
        View change = (request, response) -> request.startAsync().dispatch("/target");
        try (TestSite site = site(change)
                .dispatchers(DispatcherType.REQUEST)
                .page("/target", (request, response) -> response.setStatus(204))
                .start()) {
            site.getStoredThenHit("/p");
            assertEquals(204, site.send("POST", "/p", NO_CONTENT).status());
            Poll.until("the page is gone", () -> !site.get("/p").isHit());
        }
    }

    @Test
    void variants_ofTheUrl_areAllKilled() {
        View page = (request, response) -> {
            if (request.getMethod().equals("GET")) {
                response.setHeader("Vary", "Accept-Language");
                data.show(response);
            } else {
                data.change();
            }
        };
        try (TestSite site = TestSite.with().page("/p", page).start()) {
            site.getStoredThenHit("/p", "Accept-Language: de");
            site.getStoredThenHit("/p", "Accept-Language: fr");
            site.getStoredThenHit("/p");
            site.send("POST", "/p", NO_CONTENT, "Accept-Language: de");
            assertGone(site, "/p", "Accept-Language: de");
            assertGone(site, "/p", "Accept-Language: fr");
            assertGone(site, "/p");
        }
    }

    @Test
    void query_isAPartOfTheUrlAsItIsVisible() {
        try (TestSite site =
                site((request, response) -> response.setStatus(204)).start()) {
            site.getStoredThenHit("/p");
            site.getStoredThenHit("/p?a=1");
            site.send("POST", "/p?a=2", NO_CONTENT);
            assertStored(site, "/p");
            assertStored(site, "/p?a=1");
            site.send("POST", "/p?a=1&utm_source=x", NO_CONTENT);
            assertStored(site, "/p");
            assertGone(site, "/p?a=1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sendRedirect", "flush", "whole length", "dispatched", "asynchronous"})
    @DisplayName("Post, redirect, get: who has read the answer does not get the old page")
    void postRedirectGet_whileTheApplicationIsStillBusy_seesTheNewPage(String way) {
        CountDownLatch followed = new CountDownLatch(1);
        View change = (request, response) -> {
            data.change();
            switch (way) {
                case "sendRedirect" -> response.sendRedirect("/other", 303);
                case "flush" -> {
                    response.setStatus(303);
                    response.setHeader("Location", "/other");
                    response.flushBuffer();
                }
                case "whole length" -> {
                    response.setHeader("Location", "/other");
                    response.setContentLength(4);
                    response.getOutputStream().print("done");
                }
                case "asynchronous" -> {
                    AsyncContext async = request.startAsync();
                    async.start(() -> redirectAndWait(async, followed));
                    return;
                }
                default -> request.getRequestDispatcher("/redirect").forward(request, response);
            }
            Latches.await(followed);
        };
        try (TestSite site = site(change)
                        .page("/redirect", (request, response) -> response.sendRedirect("/other"))
                        .start();
                RawClient client = site.client()) {
            site.getStoredThenHit("/p");
            site.getStoredThenHit("/other");
            client.write(RawClient.head("POST", "/p", NO_CONTENT));
            Reply answer = client.readHead();
            assertEquals("/other", answer.one("Location"));
            assertGone(site, "/other");
            assertGone(site, "/p");
            followed.countDown();
        }
    }

    /** With the response that the container gives to asynchronous processing. */
    private static void redirectAndWait(AsyncContext async, CountDownLatch followed) {
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        response.setStatus(303);
        response.setHeader("Location", "/other");
        try {
            response.flushBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Latches.await(followed);
        async.complete();
    }

    /**
     * T1 the application asks for its output, T2 another request renders from the old data, T3 the data change, T4 the
     * application ends.
     */
    @Test
    void render_betweenTheOutputAndTheChange_isKilledWhenTheApplicationEnds() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch rendered = new CountDownLatch(1);
        View change = (request, response) -> {
            response.getWriter();
            asked.countDown();
            Latches.await(rendered);
            data.change();
            response.getWriter().write("done");
        };
        try (TestSite site = site(change).start()) {
            FutureTask<Reply> post = Latches.start(() -> site.send("POST", "/p", NO_CONTENT));
            Latches.await(asked);
            assertEquals("version 1", site.getStoredThenHit("/p").text());
            rendered.countDown();
            assertEquals("done", Latches.get(post).text());
            assertGone(site, "/p");
        }
    }

    /** A render that began before the change is not stored, and the field says why. */
    @Test
    void render_thatTheChangeOvertakes_isNotStored() {
        CountDownLatch rendering = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        View page = (request, response) -> {
            if (request.getMethod().equals("POST")) {
                data.change();
                return;
            }
            int read = data.version.get();
            if (read == 1) {
                rendering.countDown();
                Latches.await(changed);
            }
            response.getWriter().write("version " + read);
        };
        try (TestSite site = TestSite.with().page("/p", page).start()) {
            FutureTask<Reply> slow = Latches.start(() -> site.get("/p"));
            Latches.await(rendering);
            site.send("POST", "/p", NO_CONTENT);
            changed.countDown();
            Reply old = Latches.get(slow);
            assertEquals("version 1", old.text());
            assertEquals("pagecache; fwd=bypass; detail=revoked", old.cacheStatus());
            assertGone(site, "/p");
            site.getHit("version 2", "/p");
        }
    }

    @ParameterizedTest
    @CsvSource({"/excluded/p, X-A: 1", "/p, Authorization: Basic YTpi", "/p, If-Match: *", "/p;a=b, X-A: 1"})
    void request_thatGoesPastTheCache_killsWhatItNames(String target, String field) {
        View change = (request, response) -> {
            data.change();
            response.setHeader("Content-Location", "/other");
            response.getWriter().write("done");
        };
        try (TestSite site = site(change).start()) {
            site.getStoredThenHit("/other");
            Reply answer = site.send("POST", target, NO_CONTENT, field);
            assertEquals("done", answer.text(), answer::toString);
            assertGone(site, "/other");
        }
    }

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
        try (TestSite site = site(save)
                .before(new Narrow("/admin", new PageCacheFilter()))
                .page("/admin/save", save)
                .start()) {
            site.getStoredThenHit("/p");
            site.send("POST", "/admin/save", NO_CONTENT);
            assertGone(site, "/p");
        }
    }

    /** Without a ledger that nodes share, they lose what was kept in Redis under the URL itself. */
    @Test
    void twoNodes_overOneRedis_loseThePageOfTheUrl() {
        try (RedisTestServer redis = RedisTestServer.start()) {
            TestSite.Builder builder = site((request, response) -> data.change())
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
        Poll.until("keys in Redis: " + count, () -> Long.valueOf(count).equals(redis.exec("DBSIZE")));
    }

    private static void print(ServletResponse response, String text) {
        try {
            response.getWriter().write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
