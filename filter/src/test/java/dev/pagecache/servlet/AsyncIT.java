package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that end after the servlet has returned: stored when they are complete, and only then. */
final class AsyncIT {

    @ParameterizedTest
    @MethodSource("complete")
    void asyncPage_complete_isStoredAndHit(String way) {
        TestSite.Builder builder =
                site(Objects.requireNonNull(AsyncBehaviours.completing().get(way)));
        try (TestSite site = builder.start();
                TestSite plain = builder.startPlain()) {
            assertStored(plain.get("/p"), site);
        }
    }

    @ParameterizedTest
    @MethodSource("dispatching")
    void asyncPage_dispatchesThroughTheFilter_isStoredAndHit(String way) {
        TestSite.Builder builder =
                site(Objects.requireNonNull(AsyncBehaviours.dispatching().get(way)));
        try (TestSite site = builder.start();
                TestSite plain = builder.startPlain()) {
            assertStored(plain.get("/p"), site);
        }
    }

    /** The dispatch goes past a filter that is mapped to requests only, so that the end of the page is not seen. */
    @ParameterizedTest
    @MethodSource("dispatching")
    void asyncPage_dispatchesPastTheFilter_isWholeAndNeverStored(String way) {
        assertPassed(site(Objects.requireNonNull(AsyncBehaviours.dispatching().get(way)))
                .dispatchers(DispatcherType.REQUEST));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void asyncPage_endedByOthers_isWholeAndNeverStored(String way) {
        assertPassed(site(Objects.requireNonNull(AsyncBehaviours.passing().get(way))));
    }

    private static void assertPassed(TestSite.Builder builder) {
        try (TestSite site = builder.start();
                TestSite plain = builder.startPlain()) {
            Reply expected = plain.get("/p");
            for (int i = 0; i < 2; i++) {
                Reply reply = site.get("/p");
                assertEquals(expected.text(), reply.text());
                assertEquals("pagecache; fwd=bypass; detail=async", reply.one("Cache-Status"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("complete")
    void asyncPage_completeWithFilterOnRequestsOnly_isStoredAndHit(String way) {
        TestSite.Builder builder = site(Objects.requireNonNull(
                        AsyncBehaviours.completing().get(way)))
                .dispatchers(DispatcherType.REQUEST);
        try (TestSite site = builder.start();
                TestSite plain = builder.startPlain()) {
            assertStored(plain.get("/p"), site);
        }
    }

    /** Whether it is stored or not, every client gets the whole page. */
    @ParameterizedTest
    @MethodSource("complete")
    void asyncPage_complete_isWholeEachTime(String way) {
        TestSite.Builder builder =
                site(Objects.requireNonNull(AsyncBehaviours.completing().get(way)));
        try (TestSite site = builder.start();
                TestSite plain = builder.startPlain();
                RawClient client = site.client()) {
            Reply expected = plain.get("/p");
            for (int i = 0; i < 4; i++) {
                Reply reply = client.send("GET", "/p");
                assertEquals(expected.statusLine(), reply.statusLine());
                assertEquals(expected.text(), reply.text());
                assertEquals(expected.field("Content-Type"), reply.field("Content-Type"));
            }
        }
    }

    /** What is rendered at a dispatch's target depends on the first request's attributes, which no key holds. */
    @ParameterizedTest
    @ValueSource(strings = {"/target", ""})
    void dispatchTarget_thatReadsAttributes_isGivenToNobodyElse(String target) {
        View view = (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                response.getWriter().write("for " + request.getAttribute("user"));
                return;
            }
            request.setAttribute("user", request.getParameter("user"));
            AsyncContext async = request.startAsync();
            if (target.isEmpty()) {
                async.dispatch();
            } else {
                async.dispatch(target);
            }
        };
        View shown = (request, response) -> response.getWriter().write("for " + request.getAttribute("user"));
        try (TestSite site =
                TestSite.with().page("/p", view).page("/target", shown).start()) {
            for (String user : new String[] {"alice", "bob", "alice"}) {
                assertEquals("for " + user, site.get("/p?user=" + user).text());
            }
            assertEquals("for null", site.get("/target").text());
        }
    }

    /** The first pass read who the user is; the pass at the target must not forget it. */
    @Test
    void dispatchTarget_afterTheUserWasRead_isGivenToNobodyElse() {
        Filter login =
                (request, response, chain) -> chain.doFilter(new LoggedIn((HttpServletRequest) request), response);
        View view = (request, response) -> {
            request.setAttribute("user", request.getRemoteUser());
            request.startAsync(request, response).dispatch("/target");
        };
        View shown = (request, response) -> response.getWriter().write("for " + request.getAttribute("user"));
        try (TestSite site = TestSite.with()
                .before(login)
                .page("/p", view)
                .page("/target", shown)
                .start()) {
            for (String user : new String[] {"alice", "bob", "alice"}) {
                assertEquals("for " + user, site.get("/p", "X-Login: " + user).text());
            }
            assertEquals("for null", site.get("/target").text());
        }
    }

    private static void assertStored(Reply plain, TestSite site) {
        Reply miss = site.get("/p");
        assertEquals(plain.statusLine(), miss.statusLine());
        assertEquals(plain.text(), miss.text());
        assertEquals(plain.field("Content-Type"), miss.field("Content-Type"));
        assertTrue(miss.isComplete(), miss::toString);
        Reply hit = site.getHit(plain.text(), "/p");
        assertEquals(plain.field("Content-Type"), hit.field("Content-Type"));
        assertEquals(1, hit.values("Cache-Status").size(), hit::toString);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void asyncPage_broken_isTheContainersOwnAndNeverStored(String way) {
        TestSite.Builder builder =
                site(Objects.requireNonNull(AsyncBehaviours.breaking().get(way)));
        try (TestSite site = builder.start();
                TestSite plain = builder.startPlain()) {
            Reply expected = plain.get("/p");
            for (int i = 0; i < 2; i++) {
                Reply reply = site.get("/p");
                assertEquals(expected.statusLine(), reply.statusLine());
                if (!way.startsWith("exception")) {
                    assertEquals(expected.text(), reply.text());
                }
                assertFalse(reply.isHit() || reply.saysStored(), reply::toString);
            }
            assertEquals(2, site.renders("/p"));
        }
    }

    @Test
    void asyncPage_bodyArrivesInParts_firstPartIsNotHeldBack() {
        CountDownLatch seen = new CountDownLatch(1);
        View view = (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                AsyncBehaviours.write(async, "first");
                flush(async);
                Latches.await(seen);
                AsyncBehaviours.write(async, "second");
                async.complete();
            });
        };
        try (TestSite site = site(view).start();
                RawClient client = site.client()) {
            client.write(RawClient.head("GET", "/p"));
            client.readHead();
            assertEquals("first", client.readChunk());
            seen.countDown();
            assertEquals("second", client.readChunk());
            assertEquals("", client.readChunk());
            site.getHit("firstsecond", "/p");
        }
    }

    /** The exchange ends before the dispatch that the container still makes: nothing may be held for its end. */
    @ParameterizedTest
    @ValueSource(strings = {"complete", "exception"})
    void dispatch_afterTheExchangeEnded_losesNothing(String end) {
        View view = (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                response.getWriter().write("dispatched");
                return;
            }
            AsyncContext async = request.startAsync();
            async.dispatch();
            if (end.equals("exception")) {
                throw new IllegalStateException("after the dispatch");
            }
            assertThrows(IllegalStateException.class, async::complete);
        };
        try (TestSite site = site(view).start();
                TestSite plain = site(view).startPlain()) {
            Reply expected = plain.get("/p");
            assertTrue(expected.status() == 500 || expected.text().equals("dispatched"), expected::toString);
            for (int i = 0; i < 2; i++) {
                Reply reply = site.get("/p");
                assertEquals(expected.status(), reply.status());
                assertEquals(expected.text(), reply.text());
            }
        }
    }

    @Test
    void hit_ofADispatchedPage_showsOneCacheStatus() {
        View view = (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                response.getWriter().write("dispatched");
            } else {
                request.startAsync().dispatch();
            }
        };
        try (TestSite site = site(view).start()) {
            Reply hit = site.getStoredThenHit("/p");
            assertEquals(1, hit.values("Cache-Status").size(), hit::toString);
        }
    }

    @Test
    void asyncPage_readsAddressLater_isNotStored() {
        View view = (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                request.getRemoteAddr();
                AsyncBehaviours.write(async, "x");
                async.complete();
            });
        };
        try (TestSite site = site(view).start()) {
            assertEquals("x", site.get("/p").text());
            assertFalse(site.get("/p").isHit());
        }
    }

    @Test
    void asyncPage_private_isNotStored() {
        View view = (request, response) -> {
            response.setHeader("Cache-Control", "private");
            AsyncContext async = request.startAsync(request, response);
            async.start(() -> {
                AsyncBehaviours.write(async, "x");
                async.complete();
            });
        };
        try (TestSite site = site(view).start()) {
            assertEquals("x", site.get("/p").text());
            assertFalse(site.get("/p").isHit());
        }
    }

    @Test
    void asyncPage_onOneConnection_leavesItClean() {
        try (TestSite site = site(Objects.requireNonNull(
                                AsyncBehaviours.completing().get("other thread")))
                        .start();
                RawClient client = site.client()) {
            for (int i = 0; i < 6; i++) {
                assertEquals(
                        "page",
                        client.send("GET", i % 2 == 0 ? "/p" : "/p?" + i).text());
            }
            assertEquals(4, site.renders("/p"));
        }
    }

    static List<String> complete() {
        return new ArrayList<>(AsyncBehaviours.completing().keySet());
    }

    static List<String> dispatching() {
        return new ArrayList<>(AsyncBehaviours.dispatching().keySet());
    }

    static List<String> passing() {
        return new ArrayList<>(AsyncBehaviours.passing().keySet());
    }

    static List<String> broken() {
        return new ArrayList<>(AsyncBehaviours.breaking().keySet());
    }

    private static TestSite.Builder site(View view) {
        return Behaviours.targets().page("/p", view).page("/asynctarget", (request, response) -> {
            response.getWriter().write("target ");
            AsyncContext async = request.startAsync();
            async.start(() -> {
                AsyncBehaviours.write(async, "later");
                async.complete();
            });
        });
    }

    private static void flush(AsyncContext async) {
        try {
            async.getResponse().flushBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request whose user an outer security filter knows. */
    private static final class LoggedIn extends HttpServletRequestWrapper {
        LoggedIn(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRemoteUser() {
            return String.valueOf(((HttpServletRequest) getRequest()).getHeader("X-Login"));
        }
    }
}
