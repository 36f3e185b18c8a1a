package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stale pages within their window (RFC 5861 section 3). The first page is fresh for one second, and tests ask until
 * that is over; what replaces it is fresh for long.
 */
final class RenewalIT {
    private static final int LIMIT = 4_000;
    private static final long PAUSE_NANOS = 5_000_000;

    /** The first render's lifetime is short. */
    private static View aging(View view) {
        return (request, response) -> {
            boolean isFirst = TestSite.render(request) == 1;
            response.setHeader("Cache-Control", isFirst ? "max-age=1, stale-while-revalidate=600" : "max-age=600");
            view.render(request, response);
        };
    }

    /** The first render is a page, the others do something else. */
    private static View onceThen(View later) {
        return aging((request, response) -> {
            if (TestSite.render(request) > 1) {
                later.render(request, response);
            } else {
                View.text("render 1").render(request, response);
            }
        });
    }

    /** Blocks the second render until it is released. */
    private static final class Gate {
        final CountDownLatch isRenewing = new CountDownLatch(1);
        final CountDownLatch isReleased = new CountDownLatch(1);

        View view() {
            return aging(View.numberedAfter((request, response) -> {
                if (TestSite.render(request) == 2) {
                    isRenewing.countDown();
                    Latches.await(isReleased);
                }
            }));
        }
    }

    /**
     * Asks on connections of their own until the page is found stale and renewed; returns that client and its answer.
     */
    private static Found findStale(TestSite site, String method, String... fields) {
        for (int i = 0; i < LIMIT; i++) {
            RawClient client = site.client();
            Reply reply = client.send(method, "/p", fields);
            if (reply.isHit() && reply.ttl() <= 0) {
                return new Found(client, reply);
            }
            client.close();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("never stale");
    }

    private record Found(RawClient client, Reply reply) implements AutoCloseable {
        @Override
        public void close() {
            client.close();
        }
    }

    private static Found findStale(TestSite site) {
        return findStale(site, "GET");
    }

    /** Asks until the page is one that was stored by a renewal. */
    private static Reply awaitFresh(TestSite site) {
        for (int i = 0; i < LIMIT; i++) {
            Reply reply = site.get("/p");
            assertTrue(reply.isHit(), reply::toString);
            if (reply.ttl() > 1) {
                return reply;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("never renewed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "off"})
    @DisplayName("RFC 5861 section 3: the client has its whole answer while the application still renders")
    void stalePage_clientHasAllWhileItIsRenewed(String collapse) {
        Gate gate = new Gate();
        try (TestSite site = TestSite.with()
                .param("collapse", collapse)
                .page("/p", gate.view())
                .start()) {
            site.getStoredThenHit("/p");
            try (Found first = findStale(site)) {
                assertEquals("render 1", first.reply().text());
                assertTrue(first.reply().isComplete());
                assertEquals("close", first.reply().one("Connection"));
                Latches.await(gate.isRenewing);
                for (int i = 0; i < 5; i++) {
                    Reply meanwhile = site.get("/p");
                    assertEquals("render 1", meanwhile.text());
                    assertTrue(meanwhile.ttl() <= 0, meanwhile::toString);
                    assertFalse(meanwhile.has("Connection"), meanwhile::toString);
                }
                first.client().awaitEnd();
                assertEquals(2, site.renders("/p"));
                gate.isReleased.countDown();
            }
            assertEquals("render 2", awaitFresh(site).text());
            assertEquals(2, site.renders("/p"));
        } finally {
            gate.isReleased.countDown();
        }
    }

    @Test
    void stalePage_http10_closesToo() {
        Gate gate = new Gate();
        try (TestSite site = TestSite.with().page("/p", gate.view()).start()) {
            site.getStoredThenHit("/p");
            // Whoever does not renew finds the page stale, too.
            findStale(site, "HEAD").close();
            try (RawClient client = site.client()) {
                client.write("GET /p HTTP/1.0\r\nHost: site.test\r\nConnection: keep-alive\r\n\r\n");
                Reply reply = client.read("GET");
                assertEquals("render 1", reply.text());
                assertEquals("close", reply.one("Connection"));
                client.awaitEnd();
                gate.isReleased.countDown();
            }
            assertEquals("render 2", awaitFresh(site).text());
        } finally {
            gate.isReleased.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource({"HEAD, X-Nothing: 1, 200", "GET, Range: bytes=0-1, 200"})
    void staleAnswer_ofWhatIsNotStored_renewsNothing(String method, String field, int status) {
        try (TestSite site = TestSite.with().page("/p", aging(View.numbered())).start()) {
            site.getStoredThenHit("/p");
            try (Found found = findStale(site, method, field)) {
                assertEquals(status, found.reply().status());
                assertFalse(found.reply().has("Connection"));
                assertEquals(status, found.client().send(method, "/p", field).status());
            }
            assertEquals(1, site.renders("/p"));
        }
    }

    @Test
    @DisplayName("RFC 9110 section 13: a condition is answered from the stale page, and does not reach the render")
    void staleAnswer_condition_isNotModifiedAndRenewed() {
        View view = (request, response) -> {
            response.setHeader("ETag", "\"v\"");
            View.text("condition " + request.getHeader("If-None-Match")).render(request, response);
        };
        try (TestSite site = TestSite.with().page("/p", aging(view)).start()) {
            site.getStoredThenHit("/p");
            try (Found found = findStale(site, "GET", "If-None-Match: \"v\"")) {
                assertEquals(304, found.reply().status());
            }
            assertEquals("condition null", awaitFresh(site).text());
            assertEquals(2, site.renders("/p"));
        }
    }

    static Stream<String> ways() {
        return pages().keySet().stream();
    }

    private static Map<String, View> pages() {
        Map<String, View> pages = new LinkedHashMap<>();
        pages.put("writer, type with charset", (request, response) -> {
            response.setContentType("text/plain; charset=UTF-8");
            response.getWriter().write("gr\u00fc\u00df \u20ac");
        });
        pages.put("writer, type without charset", (request, response) -> {
            response.setContentType("text/html");
            response.getWriter().write("gr\u00fc\u00df");
        });
        pages.put("writer, no type", (request, response) -> response.getWriter().write("gr\u00fc\u00df"));
        pages.put("writer, JSON", (request, response) -> {
            response.setContentType("application/json");
            response.getWriter().write("\"\u20ac\"");
        });
        pages.put("writer, charset by itself", (request, response) -> {
            response.setCharacterEncoding("ISO-8859-15");
            response.setContentType("text/plain");
            response.getWriter().printf("%s %.1f", "\u20ac", 1.5);
        });
        pages.put("writer, locale", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            response.setLocale(java.util.Locale.GERMANY);
            response.getWriter().format("%.1f", 1.5);
        });
        pages.put("stream", (request, response) -> {
            response.setContentType("image/png");
            response.getOutputStream().write(new byte[] {1, 2, 3});
        });
        pages.put("stream that prints", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            response.getOutputStream().print("gr\u00fc\u00df");
        });
        pages.put("large", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            for (int i = 0; i < 100; i++) {
                response.getWriter().write("0123456789".repeat(500));
            }
        });
        pages.put("flushed early", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().write("a");
            response.flushBuffer();
            response.getWriter().write("b");
        });
        pages.put("closed by the application", (request, response) -> {
            response.getOutputStream().write(new byte[] {1, 2, 3});
            response.getOutputStream().close();
        });
        pages.put("declared length", (request, response) -> {
            response.setContentLength(3);
            response.getOutputStream().write(new byte[] {1, 2, 3});
        });
        pages.put("fields", (request, response) -> {
            response.addHeader("X-A", "1");
            response.addHeader("x-a", "2");
            response.addIntHeader("X-Int", 3);
            response.setDateHeader("Last-Modified", 1_000_000_000_000L);
            response.addHeader("Link", "<a>");
            View.text("page").render(request, response);
        });
        pages.put("reset before", (request, response) -> {
            response.setHeader("X-Lost", "1");
            String cacheControl = response.getHeader("Cache-Control");
            response.getWriter().write("lost");
            response.reset();
            response.setHeader("Cache-Control", cacheControl);
            View.text("page").render(request, response);
        });
        pages.put("includes", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().write("before ");
            Objects.requireNonNull(request.getRequestDispatcher("/target")).include(request, response);
            response.getWriter().write(" after");
        });
        AsyncBehaviours.completing().forEach((name, view) -> pages.put("async: " + name, view));
        AsyncBehaviours.dispatching().forEach((name, view) -> pages.put("async: " + name, view));
        return pages;
    }

    /** Whatever a page is made of, the renewed one is the same: in its bytes, and in the spelling of its fields. */
    @ParameterizedTest
    @MethodSource("ways")
    void renewedPage_equalsTheOneOfTheContainer(String way) {
        View view = Objects.requireNonNull(pages().get(way));
        try (TestSite site = TestSite.with()
                .page("/p", way.equals("async: dispatch to itself") ? agingOncePerRequest(view) : aging(view))
                .page("/target", View.text("target"))
                .page("/asynctarget", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.start(() -> {
                        AsyncBehaviours.write(async, "asynctarget");
                        async.complete();
                    });
                })
                .start()) {
            Reply miss = site.get("/p");
            try (Found found = findStale(site)) {
                assertEquals(miss.text(), found.reply().text());
                Reply renewed = awaitFresh(site);
                assertEquals(miss.text(), renewed.text());
                assertEquals(withoutTimes(found.reply()), withoutTimes(renewed));
            }
        }
    }

    /** A page that is rendered twice for each request. */
    private static View agingOncePerRequest(View view) {
        return (request, response) -> {
            boolean isFirst = TestSite.render(request) <= 2;
            response.setHeader("Cache-Control", isFirst ? "max-age=1, stale-while-revalidate=600" : "max-age=600");
            view.render(request, response);
        };
    }

    private static List<String> withoutTimes(Reply reply) {
        return reply.fieldsWithout("Age", "Date", "Expires", "Cache-Control", "Cache-Status", "Connection", "Server");
    }

    static Stream<String> failures() {
        return failing().keySet().stream();
    }

    private static Map<String, View> failing() {
        Map<String, View> ways = new LinkedHashMap<>();
        ways.put("exception", (request, response) -> {
            throw new IllegalArgumentException("no page today");
        });
        ways.put("error", (request, response) -> {
            throw new AssertionError("no page today");
        });
        ways.put("exception after a part", (request, response) -> {
            response.getWriter().write("part");
            response.flushBuffer();
            throw new IllegalArgumentException("no page today");
        });
        ways.put("sendError", (request, response) -> response.sendError(503, "not now"));
        ways.put("status 500", (request, response) -> response.setStatus(500));
        ways.put("not found", (request, response) -> response.sendError(404));
        ways.put("redirect", (request, response) -> response.sendRedirect("/elsewhere"));
        ways.put("cookie", (request, response) -> {
            response.addCookie(new Cookie("a", "b"));
            response.getWriter().write("mine");
        });
        ways.put("session that is not there", (request, response) -> {
            request.getSession(false);
            response.getWriter().write("mine");
        });
        ways.put("private", (request, response) -> {
            response.setHeader("Cache-Control", "private");
            response.getWriter().write("mine");
        });
        ways.put("nothing", (request, response) -> {});
        ways.put("endless", (request, response) -> {
            while (true) {
                response.getOutputStream().write(new byte[8192]);
            }
        });
        ways.put("length that is not kept", (request, response) -> {
            response.setContentLength(100);
            response.getOutputStream().write(new byte[8]);
        });
        ways.put("charset that is unknown", (request, response) -> {
            response.setCharacterEncoding("no-such");
            response.getWriter().write("x");
        });
        AsyncBehaviours.breaking().forEach((name, view) -> ways.put("async: " + name, view));
        AsyncBehaviours.passing().forEach((name, view) -> ways.put("async: " + name, view));
        ways.put(
                "async: never completed",
                (request, response) -> request.startAsync().setTimeout(1));
        ways.put("async: exception after complete", (request, response) -> {
            request.startAsync().complete();
            throw new IllegalArgumentException("no page today");
        });
        ways.put("async: exception after dispatch", (request, response) -> {
            request.startAsync().dispatch("/target");
            throw new IllegalArgumentException("no page today");
        });
        return ways;
    }

    /** Whatever happens in the tail, the client has its answer, the request ends, and the page stays. */
    @ParameterizedTest
    @MethodSource("failures")
    void renewal_fails_isNobodysTrouble(String way) {
        View failing = onceThen(Objects.requireNonNull(failing().get(way)));
        CountDownLatch isOver = new CountDownLatch(1);
        try (TestSite site = TestSite.with()
                .before(endOfRenewal(isOver))
                .page("/p", failing)
                .page("/target", View.text("target"))
                .page("/throwing", (request, response) -> {
                    throw new IllegalArgumentException("no page today");
                })
                .page("/broken", (request, response) -> response.setStatus(503))
                .start()) {
            site.getStoredThenHit("/p");
            try (Found found = findStale(site)) {
                assertEquals("render 1", found.reply().text());
                assertTrue(found.reply().isComplete());
            }
            Latches.await(isOver);
            assertTrue(site.renders("/p") >= 2);
            Reply after = site.get("/p");
            assertEquals("render 1", after.text());
            assertTrue(after.ttl() <= 0, after::toString);
        }
    }

    /** Tells when the container is through with a request that renewed. */
    private static Filter endOfRenewal(CountDownLatch isOver) {
        return (request, response, chain) -> {
            chain.doFilter(request, response);
            if (((HttpServletResponse) response).getHeader("Connection") == null) {
                return;
            }
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new EndListener(isOver));
            } else {
                isOver.countDown();
            }
        };
    }

    /** A container forgets its listeners when asynchronous processing starts anew. */
    private record EndListener(CountDownLatch isOver) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            isOver.countDown();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }

    @Test
    void renewal_failed_isTriedAgainLater() {
        View view = aging((request, response) -> {
            if (TestSite.render(request) == 2) {
                throw new IllegalArgumentException("no page today");
            }
            View.text("render " + TestSite.render(request)).render(request, response);
        });
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getStoredThenHit("/p");
            findStale(site).close();
            assertEquals("render 3", awaitFresh(site).text());
        }
    }

    /** A container that refuses to forward when the response is complete: the next renewal has a client. */
    @Test
    void renewal_forwards_isDoneByARequestThatWaits() {
        View view = aging((request, response) ->
                Objects.requireNonNull(request.getRequestDispatcher("/target")).forward(request, response));
        CountDownLatch isOver = new CountDownLatch(1);
        try (TestSite site = TestSite.with()
                .before(endOfRenewal(isOver))
                .page("/p", view)
                .page("/target", View.numbered())
                .start()) {
            site.getStoredThenHit("/p");
            try (Found found = findStale(site)) {
                assertEquals("render 1", found.reply().text());
            }
            Latches.await(isOver);
            Reply renewed = site.get("/p");
            assertTrue(renewed.isHit() || renewed.saysStored(), renewed::toString);
            assertEquals("render 2", renewed.text());
            site.getHit("render 2", "/p");
        }
    }

    /** Nobody could be given its cookie; whoever renews next is. */
    @Test
    void renewal_beginsASession_isDoneByARequestThatWaits() {
        View view = onceThen((request, response) -> {
            request.getSession();
            response.getWriter().write("mine");
        });
        CountDownLatch isOver = new CountDownLatch(1);
        try (TestSite site =
                TestSite.with().before(endOfRenewal(isOver)).page("/p", view).start()) {
            site.getStoredThenHit("/p");
            findStale(site).close();
            Latches.await(isOver);
            Reply own = site.get("/p");
            assertEquals("mine", own.text());
            assertTrue(own.has("Set-Cookie"), own::toString);
            Reply other = site.get("/p");
            assertEquals("render 1", other.text());
            assertFalse(other.has("Set-Cookie"), other::toString);
        }
    }

    /** Fields that outer filters had set on the response are not the page's. */
    @Test
    void renewedPage_hasNoFieldsOfOuterFilters() {
        Filter outer = (request, response, chain) -> {
            String mark = request.getParameter("x");
            if (mark != null) {
                ((HttpServletResponse) response).setHeader("X-Outer", mark);
            }
            chain.doFilter(request, response);
        };
        try (TestSite site = TestSite.with()
                .param("query.ignore", "x")
                .before(outer)
                .page("/p", aging(View.numbered()))
                .start()) {
            site.getStoredThenHit("/p");
            findStale(site, "HEAD").close();
            assertEquals("1", site.get("/p?x=1").one("X-Outer"));
            Reply renewed = awaitFresh(site);
            assertEquals("render 2", renewed.text());
            assertFalse(renewed.has("X-Outer"), renewed::toString);
        }
    }

    @Test
    void client_goesAwayBeforeItsAnswer_pageIsRenewed() {
        try (TestSite site = TestSite.with().page("/p", aging(View.numbered())).start()) {
            site.getStoredThenHit("/p");
            findStale(site, "HEAD").close();
            RawClient client = site.client();
            client.write(RawClient.head("GET", "/p"));
            client.abort();
            assertEquals("render 2", awaitFresh(site).text());
        }
    }

    /** What filters outside say of an answer forbids storing it with a client and without one. */
    @ParameterizedTest
    @CsvSource({"Cache-Control, private", "Set-Cookie, user=alice", "Vary, *"})
    void renewal_forbiddenByOuterFilter_isNotStored(String name, String value) {
        CountDownLatch isRenewed = new CountDownLatch(1);
        Filter outer = (request, response, chain) -> {
            boolean isAlice = ((HttpServletRequest) request).getHeader("Cookie") != null;
            if (isAlice) {
                ((HttpServletResponse) response).setHeader(name, value);
                request.setAttribute("user", "alice");
            }
            chain.doFilter(request, response);
            if (isAlice && request.getAttribute("rendered") != null) {
                isRenewed.countDown();
            }
        };
        View view = (request, response) -> {
            request.setAttribute("rendered", true);
            if (TestSite.render(request) == 1) {
                response.setHeader("Cache-Control", "max-age=1, stale-while-revalidate=600");
            }
            response.getOutputStream().print("for " + request.getAttribute("user"));
        };
        try (TestSite site = TestSite.with().before(outer).page("/p", view).start()) {
            site.getStoredThenHit("/p");
            try (Found stale = findStale(site, "GET", "Cookie: user=alice")) {
                assertEquals("for null", stale.reply().text());
                Latches.await(isRenewed);
            }
            assertEquals(2, site.renders("/p"));
            assertEquals("for null", site.get("/p").text());
        }
    }
}
