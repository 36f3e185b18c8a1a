package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Renewals that come to nothing, and those that only a request with a client can do. */
final class RenewalFailuresIT {
    private static final Duration ERRORS_ARE_OVER = Duration.ofSeconds(2);

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
        ways.put("address of the client", (request, response) -> {
            request.getRemoteAddr();
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
                (request, response) -> request.startAsync().setTimeout(50));
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
        View failing = StalePages.onceThen(Objects.requireNonNull(failing().get(way)));
        CountDownLatch isOver = new CountDownLatch(1);
        try (TestSite site = TestSite.with()
                .before(StalePages.endOfRenewal(isOver))
                .page("/p", failing)
                .page("/target", View.text("target"))
                .page("/throwing", (request, response) -> {
                    throw new IllegalArgumentException("no page today");
                })
                .page("/broken", (request, response) -> response.setStatus(503))
                .start()) {
            site.getStoredThenHit("/p");
            try (StalePages.Found found = StalePages.findStale(site)) {
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

    @Test
    void renewal_failed_isTriedAgainLater() {
        View view = StalePages.aging((request, response) -> {
            if (TestSite.render(request) == 2) {
                throw new IllegalArgumentException("no page today");
            }
            View.text("render " + TestSite.render(request)).render(request, response);
        });
        CountDownLatch isOver = new CountDownLatch(1);
        try (TestSite site = TestSite.with()
                .before(StalePages.endOfRenewal(isOver))
                .page("/p", view)
                .start()) {
            site.getStoredThenHit("/p");
            StalePages.findStale(site).close();
            Latches.await(isOver);
            site.age(ERRORS_ARE_OVER);
            assertEquals("render 3", StalePages.awaitFresh(site).text());
        }
    }

    /** A container that refuses to forward when the response is complete: the next renewal has a client. */
    @Test
    void renewal_forwards_isDoneByARequestThatWaits() {
        View view = StalePages.aging((request, response) ->
                Objects.requireNonNull(request.getRequestDispatcher("/target")).forward(request, response));
        CountDownLatch isOver = new CountDownLatch(1);
        try (TestSite site = TestSite.with()
                .before(StalePages.endOfRenewal(isOver))
                .page("/p", view)
                .page("/target", View.numbered())
                .start()) {
            site.getStoredThenHit("/p");
            try (StalePages.Found found = StalePages.findStale(site)) {
                assertEquals("render 1", found.reply().text());
            }
            Latches.await(isOver);
            Reply renewed = site.get("/p");
            assertTrue(renewed.isHit() || renewed.saysStored(), renewed::toString);
            assertEquals("render 2", renewed.text());
            // A forward completes the answer before the filter stores the page.
            assertEquals("render 2", StalePages.awaitFresh(site).text());
        }
    }

    /** Nobody could be given its cookie; whoever renews next is. */
    @Test
    void renewal_beginsASession_isDoneByARequestThatWaits() {
        View view = StalePages.onceThen((request, response) -> {
            request.getSession();
            response.getWriter().write("mine");
        });
        CountDownLatch isOver = new CountDownLatch(1);
        try (TestSite site = TestSite.with()
                .before(StalePages.endOfRenewal(isOver))
                .page("/p", view)
                .start()) {
            site.getStoredThenHit("/p");
            StalePages.findStale(site).close();
            Latches.await(isOver);
            Reply own = site.get("/p");
            assertEquals("mine", own.text());
            assertTrue(own.has("Set-Cookie"), own::toString);
            Reply other = site.get("/p");
            assertEquals("render 1", other.text());
            assertFalse(other.has("Set-Cookie"), other::toString);
        }
    }
}
