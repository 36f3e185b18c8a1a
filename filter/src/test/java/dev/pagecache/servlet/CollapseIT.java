package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many requests for one cold page: one render where it can serve all, and no queue where it cannot. */
final class CollapseIT {

    /** An application's listener may throw at the attribute by which the exchange is found. */
    @Test
    void listener_thatThrowsBeforeTheRender_leavesNoFlightInTheAir() {
        Filter outer = (request, response, chain) -> chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                    @Override
                    public void setAttribute(String name, @Nullable Object value) {
                        if (name.startsWith("dev.pagecache") && getHeader("X-Throw") != null) {
                            throw new IllegalStateException("listener");
                        }
                        super.setAttribute(name, value);
                    }
                },
                response);
        try (TestSite site = TestSite.with()
                .before(outer)
                .param("collapse.wait", "1h")
                .page("/p", View.numbered())
                .start()) {
            assertEquals(500, site.get("/p", "X-Throw: 1").status());
            assertEquals("render 1", site.get("/p").text());
        }
    }

    private static final int MANY = 8;

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch arrived = new CountDownLatch(MANY);
    private final Filter arrivals = (request, response, chain) -> {
        arrived.countDown();
        chain.doFilter(request, response);
    };

    /** A stream of events may last for hours, and is known not to be stored at its first byte. */
    @Test
    void refusedStream_stillRunning_makesNobodyWait() {
        View view = (request, response) -> {
            response.setHeader("Cache-Control", "no-cache");
            response.getWriter().write("first");
            response.flushBuffer();
            if (TestSite.render(request) == 1) {
                entered.countDown();
                Latches.await(released);
            }
        };
        try (TestSite site = TestSite.with()
                        .param("collapse.wait", "1h")
                        .page("/p", view)
                        .start();
                RawClient client = site.client()) {
            client.write(RawClient.head("GET", "/p"));
            Latches.await(entered);
            assertEquals("first", site.get("/p").text());
            released.countDown();
        }
    }

    @Test
    void cold_manyRequests_renderOnce() {
        View view = (request, response) -> {
            enter();
            response.getWriter().write("render " + TestSite.render(request));
        };
        try (TestSite site = TestSite.with().before(arrivals).page("/p", view).start()) {
            List<Reply> replies = rush(site);
            assertEquals(1, site.renders("/p"));
            for (Reply reply : replies) {
                assertEquals(200, reply.status());
                assertEquals("render 1", reply.text());
                assertTrue(reply.has("ETag"), reply::toString);
            }
        }
    }

    @Test
    void cold_manyRequestsWithHead_renderOnce() {
        View view = (request, response) -> {
            enter();
            response.getWriter().write("render " + TestSite.render(request));
        };
        try (TestSite site = TestSite.with().before(arrivals).page("/p", view).start()) {
            List<Reply> replies = rush(site, "X-Nothing: 1");
            assertEquals("", site.send("HEAD", "/p").text());
            assertEquals(MANY, replies.size());
            assertEquals(1, site.renders("/p"));
        }
    }

    /** The followers must be inside the application all at once, else they queue behind each other. */
    @ParameterizedTest
    @ValueSource(strings = {"500", "404", "private", "cookie", "exception", "session", "vary", "large", "cut"})
    void leader_withoutPageForAll_freesEverybodyAtOnce(String kind) {
        CyclicBarrier together = new CyclicBarrier(MANY - 1);
        View view = (request, response) -> {
            if (TestSite.render(request) == 1) {
                enter();
            } else {
                Latches.await(together);
            }
            switch (kind) {
                case "500", "404" -> response.setStatus(Integer.parseInt(kind));
                case "private" -> response.setHeader("Cache-Control", "private");
                case "cookie" -> response.setHeader("Set-Cookie", "a=1");
                case "exception" -> throw new IllegalStateException("no page");
                case "session" -> request.getSession(false);
                case "vary" -> response.setHeader("Vary", "*");
                case "large" -> response.getOutputStream().write(new byte[1_100_000]);
                default -> response.setContentLength(1000);
            }
        };
        try (TestSite site = TestSite.with().before(arrivals).page("/p", view).start()) {
            List<Reply> replies = rush(site);
            assertEquals(MANY, site.renders("/p"));
            for (Reply reply : replies) {
                assertFalse(reply.isHit() || reply.saysStored(), reply::toString);
                assertEquals(replies.get(0).statusLine(), reply.statusLine());
            }
        }
    }

    @Test
    void leader_fails_nobodyInheritsItsAnswer() {
        View view = (request, response) -> {
            int render = TestSite.render(request);
            if (render == 1) {
                enter();
                throw new IllegalStateException("the first fails");
            }
            response.getWriter().write("fine");
        };
        try (TestSite site = TestSite.with().before(arrivals).page("/p", view).start()) {
            List<Reply> replies = rush(site);
            long failed =
                    replies.stream().filter(reply -> reply.status() == 500).count();
            long fine = replies.stream()
                    .filter(reply -> reply.text().equals("fine"))
                    .count();
            assertEquals(1, failed);
            assertEquals(MANY - 1, fine);
        }
    }

    /** A page known to be private is rendered side by side from the start: the hit-for-miss mark. */
    @Test
    void privatePage_knownAlready_queuesNobody() {
        CyclicBarrier together = new CyclicBarrier(MANY);
        View view = (request, response) -> {
            if (TestSite.render(request) > 1) {
                Latches.await(together);
            }
            response.setHeader("Cache-Control", "private");
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.get("/p");
            for (FutureTask<Reply> reply : ask(site, MANY)) {
                assertEquals(200, Latches.get(reply).status());
            }
            assertEquals(MANY + 1, site.renders("/p"));
        }
    }

    @Test
    void privatePage_becomesPublic_isStoredAgain() {
        View view = (request, response) -> {
            if (TestSite.render(request) == 1) {
                response.setHeader("Cache-Control", "private");
            }
            response.getWriter().write("page");
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertFalse(site.get("/p").saysStored());
            Reply second = site.get("/p");
            assertTrue(second.saysStored(), second::toString);
            site.getHitSoon("page", "/p");
        }
    }

    @Test
    void variants_behindOneLeader_getTheirOwnPages() {
        View view = (request, response) -> {
            if (TestSite.render(request) == 1) {
                enter();
            }
            response.setHeader("Vary", "X-A");
            response.getWriter().write("page for " + request.getHeader("X-A"));
        };
        try (TestSite site = TestSite.with().before(arrivals).page("/p", view).start()) {
            List<FutureTask<Reply>> ones = new ArrayList<>(ask(site, 1, "X-A: 1"));
            Latches.await(entered);
            ones.addAll(ask(site, MANY / 2 - 1, "X-A: 1"));
            List<FutureTask<Reply>> twos = ask(site, MANY / 2, "X-A: 2");
            Latches.await(arrived);
            released.countDown();
            for (FutureTask<Reply> reply : ones) {
                assertEquals("page for 1", Latches.get(reply).text());
            }
            for (FutureTask<Reply> reply : twos) {
                assertEquals("page for 2", Latches.get(reply).text());
            }
            site.getHit("page for 1", "/p", "X-A: 1");
            site.getHit("page for 2", "/p", "X-A: 2");
        }
    }

    @Test
    void otherPages_whileOneRenders_areNotHeldUp() {
        View view = (request, response) -> {
            if (request.getQueryString() == null) {
                enter();
            }
            response.getWriter().write("q " + request.getQueryString());
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            List<FutureTask<Reply>> slow = ask(site, 1);
            Latches.await(entered);
            assertEquals("q x", site.get("/p?x").text());
            released.countDown();
            assertEquals("q null", Latches.get(slow.get(0)).text());
        }
    }

    @Test
    void collapse_off_everyRequestRenders() {
        CyclicBarrier together = new CyclicBarrier(MANY);
        View view = (request, response) -> {
            Latches.await(together);
            response.getWriter().write("x");
        };
        try (TestSite site =
                TestSite.with().param("collapse", "off").page("/p", view).start()) {
            for (FutureTask<Reply> reply : ask(site, MANY)) {
                assertEquals("x", Latches.get(reply).text());
            }
            assertEquals(MANY, site.renders("/p"));
        }
    }

    @Test
    void leader_hangs_followersRenderAfterTheBoundedWait() {
        View view = (request, response) -> {
            if (TestSite.render(request) == 1) {
                enter();
            }
            response.getWriter().write("x");
        };
        try (TestSite site = TestSite.with()
                .param("collapse.wait", "PT0.1S")
                .page("/p", view)
                .start()) {
            List<FutureTask<Reply>> leader = ask(site, 1);
            Latches.await(entered);
            for (FutureTask<Reply> follower : ask(site, MANY - 1)) {
                assertEquals("x", Latches.get(follower).text());
            }
            assertFalse(leader.get(0).isDone());
            released.countDown();
            assertEquals("x", Latches.get(leader.get(0)).text());
        }
    }

    @Test
    void leader_asynchronous_servesTheFollowers() {
        View view = (request, response) -> {
            AsyncContext async = request.startAsync();
            int render = TestSite.render(request);
            async.start(() -> {
                enter();
                AsyncBehaviours.write(async, "render " + render);
                async.complete();
            });
        };
        try (TestSite site = TestSite.with().before(arrivals).page("/p", view).start()) {
            for (Reply reply : rush(site)) {
                assertEquals("render 1", reply.text());
            }
            assertEquals(1, site.renders("/p"));
        }
    }

    @Test
    void leader_whoseClientLeaves_doesNotLeaveTheFollowersWithout() {
        View view = (request, response) -> {
            if (TestSite.render(request) == 1) {
                enter();
            }
            response.getOutputStream().write(new byte[500_000]);
        };
        try (TestSite site = TestSite.with().before(arrivals).page("/p", view).start()) {
            RawClient leaving = site.client();
            leaving.write(RawClient.head("GET", "/p"));
            Latches.await(entered);
            List<FutureTask<Reply>> followers = ask(site, MANY - 1);
            Latches.await(arrived);
            leaving.abort();
            released.countDown();
            for (FutureTask<Reply> follower : followers) {
                Reply reply = Latches.get(follower);
                assertEquals(500_000, reply.body().length);
                assertTrue(reply.isComplete());
            }
        }
    }

    private void enter() {
        entered.countDown();
        Latches.await(released);
    }

    /** Sends many requests at once and lets the first render end when all have arrived. */
    private List<Reply> rush(TestSite site, String... fields) {
        List<FutureTask<Reply>> asked = ask(site, MANY, fields);
        Latches.await(entered);
        Latches.await(arrived);
        released.countDown();
        List<Reply> replies = new ArrayList<>();
        for (FutureTask<Reply> reply : asked) {
            replies.add(Latches.get(reply));
        }
        return replies;
    }

    private static List<FutureTask<Reply>> ask(TestSite site, int count, String... fields) {
        List<FutureTask<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            replies.add(Latches.start(() -> site.get("/p", fields)));
        }
        return replies;
    }
}
