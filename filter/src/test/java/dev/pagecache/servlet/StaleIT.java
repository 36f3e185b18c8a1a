package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages past their freshness (RFC 5861). */
final class StaleIT {
    private static final Duration PAST_LIFETIME = Duration.ofSeconds(61);

    @Test
    void page_pastItsFreshness_isRenderedAgain() {
        try (TestSite site = TestSite.with()
                .page("/p", View.numbered("Cache-Control", "max-age=60"))
                .start()) {
            site.getStoredThenHit("/p");
            Reply reply = askLater(site);
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
            response.setHeader("Cache-Control", "max-age=60, stale-if-error=60");
            if (TestSite.render(request) > 1) {
                if (failure.equals("exception")) {
                    throw new IllegalStateException("no page today");
                }
                response.setStatus(Integer.parseInt(failure));
            }
        });
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getStoredThenHit("/p");
            Reply stale = askLater(site);
            assertEquals(200, stale.status(), stale::toString);
            assertEquals("render 1", stale.text());
        }
    }

    /** An application goes on after its error, and does not know that it was covered. */
    @Test
    void staleIfError_applicationGoesOn_changesNothing() {
        View view = View.numberedAfter((request, response) -> {
            response.setHeader("Cache-Control", "max-age=60, stale-if-error=60");
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
            Reply stale = askLater(site, "If-None-Match: \"v\"");
            assertEquals(304, stale.status(), stale::toString);
            assertFalse(stale.has("X-Late"), stale::toString);
        }
    }

    @Test
    void staleIfError_forbiddenByMustRevalidate_showsTheError() {
        View view = View.numberedAfter((request, response) -> {
            response.setHeader("Cache-Control", "max-age=60, stale-if-error=60, must-revalidate");
            if (TestSite.render(request) > 1) {
                response.setStatus(503);
            }
        });
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getStoredThenHit("/p");
            assertEquals(503, askLater(site).status());
        }
    }

    /** The answer to a request that comes when the stored page is stale. */
    private static Reply askLater(TestSite site, String... fields) {
        site.age(PAST_LIFETIME);
        Reply reply = site.get("/p", fields);
        assertEquals(2, site.renders("/p"));
        return reply;
    }
}
