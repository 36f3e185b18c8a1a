package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One client's odd request leaves no trace for the next: no error kept, no good page lost (CPDoS). */
final class PoisoningIT {

    /** The page fails for whoever sends the field, which it reads; the next clean request gets a clean page. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-HTTP-Method-Override: DELETE",
                "X-Forwarded-Proto: http",
                "X-Oversized: too much",
                "Accept-Encoding: garbage;q=x, , *;q=9",
                "Accept: nothing/atall",
                "Range: bytes=0-0,-1",
                "Content-Type: multipart/form-data",
                "Expect: 100-continue",
                "Cache-Control: \"",
                "Cookie: \u0001"
            })
    void error_thatOneFieldCauses_isNotKept(String field) {
        String name = field.substring(0, field.indexOf(':'));
        View view = (request, response) -> {
            if (request.getHeader(name) != null) {
                response.setStatus(400);
            }
            response.getWriter().write("good page");
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.get("/p", field);
            Reply clean = site.get("/p");
            assertEquals(200, clean.status());
            assertEquals("good page", clean.text());
            site.get("/p", field);
            assertEquals("good page", site.get("/p").text());
        }
    }

    /** A request that passes the cache by and fails takes nothing away. */
    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Basic dTpw", "Content-Length: 1"})
    void page_stored_survivesAFailingBypass(String field) {
        View view = View.numberedAfter((request, response) -> {
            if (TestSite.render(request) > 1) {
                response.setStatus(500);
            }
        });
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getStoredThenHit("/p");
            try (RawClient client = site.client()) {
                client.write(RawClient.head("GET", "/p", field) + (field.startsWith("Content") ? "x" : ""));
                assertEquals(500, client.read("GET").status());
            }
            site.getHit("render 1", "/p");
        }
    }

    /** CVE-2024-35296: a garbled Accept-Encoding must not keep the page out of the cache. */
    @ParameterizedTest
    @ValueSource(strings = {"garbage", "gzip;q=", "*;q=0", "gzip, deflate, br, zstd", "", "identity;q=0"})
    void acceptEncoding_notReadByThePage_stillHits(String value) {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start()) {
            site.get("/p", "Accept-Encoding: " + value);
            site.getHit("render 1", "/p");
            site.getHit("render 1", "/p", "Accept-Encoding: " + value);
        }
    }

    /** CVE-2020-5255: without a Content-Type nothing of the request decides about one. */
    @Test
    void contentType_absent_staysAbsentWhateverIsAccepted() {
        View view = (request, response) -> response.getOutputStream().print("<script>");
        TestSite.Builder builder = TestSite.with().page("/p", view);
        try (TestSite site = builder.start();
                TestSite plain = builder.startPlain()) {
            Reply expected = plain.get("/p");
            assertEquals(
                    expected.field("Content-Type"),
                    site.get("/p", "Accept: text/html").field("Content-Type"));
            Reply hit = site.getHit("<script>", "/p", "Accept: image/png");
            assertEquals(expected.field("Content-Type"), hit.field("Content-Type"));
        }
    }

    /** CVE-2014-1418: no browser is special, and no field is lost on the way through the store. */
    @Test
    void userAgent_anyone_getsTheSameFields() {
        View view = View.numbered("Cache-Control", "max-age=60, must-revalidate", "Vary", "Accept, X-A", "X-UA", "1");
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply miss = site.get("/p", "User-Agent: Mozilla/4.0 (compatible; MSIE 6.0)");
            Reply hit = site.getHit("render 1", "/p", "User-Agent: Mozilla/5.0");
            assertEquals(
                    miss.fieldsWithout("Cache-Status", "Age", "Date"),
                    hit.fieldsWithout("Cache-Status", "Age", "Date"));
        }
    }

    /** A huge head is refused by the container, and nothing of it stays. */
    @Test
    void head_tooLarge_leavesNoTrace() {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start()) {
            Reply refused = site.get("/p", "X-Big: " + "x".repeat(70_000));
            assertTrue(refused.status() == 431 || refused.status() == 400, refused::toString);
            assertTrue(site.get("/p").saysStored());
        }
    }

    /** A head beyond all measure passes as it is and is not kept. */
    @Test
    void fields_withoutEnd_arePassedOnAndNotStored() {
        View view = (request, response) -> {
            for (int i = 0; i < 400; i++) {
                response.addHeader("X-Field-" + i, "v".repeat(50));
            }
            response.getWriter().write("x");
        };
        TestSite.Builder builder = TestSite.with().page("/p", view);
        try (TestSite site = builder.start();
                TestSite plain = builder.startPlain()) {
            Reply expected = plain.get("/p");
            Reply first = site.get("/p");
            Reply second = site.get("/p");
            assertEquals(expected.statusLine(), first.statusLine());
            assertEquals(expected.values("X-Field-399"), second.values("X-Field-399"));
            assertFalse(second.isHit(), "a head of more than 16 KiB is not stored");
        }
    }
}
