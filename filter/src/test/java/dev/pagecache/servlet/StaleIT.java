package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages past their freshness (RFC 5861). Their lifetime is one second, and tests ask until it is over. */
final class StaleIT {
    private static final int LIMIT = 2_000;
    private static final long PAUSE_NANOS = 5_000_000;

    @Test
    void page_pastItsFreshness_isRenderedAgain() {
        try (TestSite site = TestSite.with()
                .page("/p", View.numbered("Cache-Control", "max-age=1"))
                .start()) {
            site.getStoredThenHit("/p");
            Reply reply = askUntil(site, 2);
            assertTrue(
                    reply.cacheStatus().matches("pagecache; fwd=(stale|uri-miss)(; fwd-status=200)?; stored"),
                    reply::toString);
            assertEquals("render 2", reply.text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "503", "exception"})
    void staleIfError_renderFails_servesTheOldPage(String failure) {
        View view = View.numberedAfter((request, response) -> {
            response.setHeader("Cache-Control", "max-age=1, stale-if-error=60");
            if (TestSite.render(request) > 1) {
                if (failure.equals("exception")) {
                    throw new IllegalStateException("no page today");
                }
                response.setStatus(Integer.parseInt(failure));
            }
        });
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getStoredThenHit("/p");
            Reply stale = askUntil(site, 2);
            assertEquals(200, stale.status(), stale::toString);
            assertEquals("render 1", stale.text());
        }
    }

    /** An application goes on after its error, and does not know that it was covered. */
    @Test
    void staleIfError_applicationGoesOn_changesNothing() {
        View view = View.numberedAfter((request, response) -> {
            response.setHeader("Cache-Control", "max-age=1, stale-if-error=60");
            response.setHeader("ETag", "\"v\"");
            if (TestSite.render(request) > 1) {
                response.sendError(503);
                response.setHeader("X-Late", "1");
                response.setStatus(503);
                if (!response.isCommitted()) {
                    response.reset();
                }
            }
        });
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getStoredThenHit("/p");
            Reply stale = askUntil(site, 2, "If-None-Match: \"v\"");
            assertEquals(304, stale.status(), stale::toString);
            assertFalse(stale.has("X-Late"), stale::toString);
        }
    }

    @Test
    void staleIfError_forbiddenByMustRevalidate_showsTheError() {
        View view = View.numberedAfter((request, response) -> {
            response.setHeader("Cache-Control", "max-age=1, stale-if-error=60, must-revalidate");
            if (TestSite.render(request) > 1) {
                response.setStatus(503);
            }
        });
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getStoredThenHit("/p");
            assertEquals(503, askUntil(site, 2).status());
        }
    }

    /** Asks on one connection at a time until the view was rendered so often, and returns the last answer. */
    private static Reply askUntil(TestSite site, int renders, String... fields) {
        for (int i = 0; i < LIMIT; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            Reply reply = site.get("/p", fields);
            if (site.renders("/p") >= renders) {
                return reply;
            }
        }
        throw new AssertionError("never rendered again");
    }
}
