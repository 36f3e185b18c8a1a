package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.store.Poll;
import jakarta.servlet.AsyncContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages answers to unsafe methods kill (RFC 9111 section 4.4), over a socket. */
final class InvalidationIT {
    private static final String NO_CONTENT = "Content-Length: 0";

    private final ChangingData data = new ChangingData();

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
        try (TestSite site = data.site(change).start()) {
            site.getStoredThenHit("/p");
            assertEquals(status, site.send(method, "/p", NO_CONTENT).status());
            data.assertGone(site, "/p");
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
        try (TestSite site = data.site(change).start()) {
            site.getStoredThenHit("/p");
            site.getStoredThenHit("/other");
            assertEquals(status, site.send(method, "/p", NO_CONTENT).status());
            ChangingData.assertStored(site, "/p");
            ChangingData.assertStored(site, "/other");
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
        try (TestSite site = data.site(change).start()) {
            site.getStoredThenHit("/p");
            assertTrue(site.send("POST", "/p", NO_CONTENT).status() >= 400);
            ChangingData.assertStored(site, "/p");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "QUERY"})
    void safeMethod_leavesThePage(String method) {
        View change = (request, response) -> response.getWriter().write("read only");
        try (TestSite site = data.site(change)
                .page("/excluded/go", (request, response) -> response.sendRedirect("/p"))
                .start()) {
            site.getStoredThenHit("/p");
            site.send(method, "/p", NO_CONTENT, "If-Match: *");
            assertEquals(302, site.send(method, "/excluded/go", NO_CONTENT).status());
            ChangingData.assertStored(site, "/p");
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
        try (TestSite site = data.site(change).start()) {
            site.getStoredThenHit("/other");
            site.send("POST", "/p", NO_CONTENT);
            if (isKilled) {
                data.assertGone(site, "/other");
            } else {
                ChangingData.assertStored(site, "/other");
            }
        }
    }

    @Test
    void answer_locationSetAfterTheOutputWasAskedFor_killsItsPage() {
        View change = (request, response) -> {
            response.getWriter().write("made");
            response.setHeader("Location", "/other");
        };
        try (TestSite site = data.site(change).start()) {
            site.getStoredThenHit("/other");
            site.send("POST", "/p", NO_CONTENT);
            data.assertGone(site, "/other");
        }
    }

    /**
     * The container resolves the reference; what it makes of it is seen when the chain has returned, which may be after
     * the client has read the answer.
     */
    @Test
    void redirect_byRelativePath_killsItsPage() {
        try (TestSite site =
                data.site((request, response) -> response.sendRedirect("other")).start()) {
            site.getStoredThenHit("/other");
            site.send("POST", "/p", NO_CONTENT);
            Poll.until("the page is gone", () -> !site.get("/other").isHit());
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
            data.assertGone(site, "/p", "Accept-Language: de");
            data.assertGone(site, "/p", "Accept-Language: fr");
            data.assertGone(site, "/p");
        }
    }

    @Test
    void query_isAPartOfTheUrlAsItIsVisible() {
        try (TestSite site =
                data.site((request, response) -> response.setStatus(204)).start()) {
            site.getStoredThenHit("/p");
            site.getStoredThenHit("/p?a=1");
            site.send("POST", "/p?a=2", NO_CONTENT);
            ChangingData.assertStored(site, "/p");
            ChangingData.assertStored(site, "/p?a=1");
            site.send("POST", "/p?a=1&utm_source=x", NO_CONTENT);
            ChangingData.assertStored(site, "/p");
            data.assertGone(site, "/p?a=1");
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
        try (TestSite site = data.site(change).start()) {
            site.getStoredThenHit("/other");
            Reply answer = site.send("POST", target, NO_CONTENT, field);
            assertEquals("done", answer.text(), answer::toString);
            data.assertGone(site, "/other");
        }
    }
}
