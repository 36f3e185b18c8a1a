package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditional and range requests against stored pages and on the way to them (RFC 9110 sections 13 and 14). */
final class ConditionalIT {
    private static final String MODIFIED = "Tue, 15 Nov 2022 12:45:26 GMT";

    @Test
    void ifNoneMatch_onHit_answers304WithTheFieldsOfTheRfc() {
        View view =
                View.numbered("ETag", "\"v1\"", "Vary", "X-A", "Content-Location", "/p.en", "Last-Modified", MODIFIED);
        try (TestSite site = TestSite.with().page("/p", view).start();
                RawClient client = site.client()) {
            Reply miss = client.send("GET", "/p");
            Reply notModified = client.send("GET", "/p", "If-None-Match: \"v1\"");

            assertEquals(304, notModified.status());
            assertTrue(notModified.isHit(), notModified::toString);
            for (String name : new String[] {"Cache-Control", "Content-Location", "ETag", "Expires", "Vary"}) {
                assertEquals(miss.one(name), notModified.one(name));
            }
            assertTrue(notModified.has("Date"), notModified::toString);
            assertFalse(notModified.has("Content-Type"), notModified::toString);
            assertEquals("render 1", client.send("GET", "/p").text());
        }
    }

    @Test
    void ifNoneMatch_withTagThatTheCacheMade_answers304() {
        try (TestSite site = TestSite.with().page("/p", View.numbered()).start()) {
            String tag = site.get("/p").one("ETag");
            assertEquals(304, site.get("/p", "If-None-Match: " + tag).status());
            assertEquals(304, site.send("HEAD", "/p", "If-None-Match: " + tag).status());
            assertEquals(200, site.get("/p", "If-None-Match: \"other\"").status());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "v1"           | "v1"                 | 304
            "v1"           | W/"v1"               | 304
            W/"v1"         | "v1"                 | 304
            W/"v1"         | W/"v1"               | 304
            "v1"           | "a", "v1"            | 304
            "v1"           | "a","v1" ,W/"b"      | 304
            "v1"           | "a,v1", "x"          | 200
            "v1"           | *                    | 304
            "v1"           | "V1"                 | 200
            "v1"           | v1                   | 200
            "v1"           | "v11"                | 200
            "v,1"          | "v,1"                | 304
            ""             | ""                   | 304
            """)
    void ifNoneMatch_onHit_isComparedWeakly(String tag, String condition, int status) {
        try (TestSite site =
                TestSite.with().page("/p", View.numbered("ETag", tag.strip())).start()) {
            site.getStoredThenHit("/p");
            Reply reply = site.get("/p", "If-None-Match: " + condition);
            assertEquals(status, reply.status(), reply::toString);
            assertTrue(reply.isHit(), reply::toString);
        }
    }

    @Test
    void ifNoneMatch_onTwoLines_isOneList() {
        try (TestSite site =
                TestSite.with().page("/p", View.numbered("ETag", "\"v1\"")).start()) {
            site.getStoredThenHit("/p");
            assertEquals(
                    304,
                    site.get("/p", "If-None-Match: \"a\"", "If-None-Match: \"v1\"")
                            .status());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Tue, 15 Nov 2022 12:45:26 GMT    | 304
            Wed, 16 Nov 2022 12:45:26 GMT    | 304
            Tue, 15 Nov 2022 12:45:25 GMT    | 200
            Tuesday, 15-Nov-22 12:45:26 GMT  | 304
            Tue Nov 15 12:45:26 2022         | 304
            yesterday                        | 200
            0                                | 200
            """)
    void ifModifiedSince_onHit_isCompared(String condition, int status) {
        try (TestSite site = TestSite.with()
                .page("/p", View.numbered("Last-Modified", MODIFIED))
                .start()) {
            site.getStoredThenHit("/p");
            assertEquals(
                    status, site.get("/p", "If-Modified-Since: " + condition).status());
        }
    }

    @Test
    void ifNoneMatch_besidesIfModifiedSince_goesFirst() {
        try (TestSite site = TestSite.with()
                .page("/p", View.numbered("Last-Modified", MODIFIED, "ETag", "\"v1\""))
                .start()) {
            site.getStoredThenHit("/p");
            String since = "If-Modified-Since: " + MODIFIED;
            assertEquals(200, site.get("/p", "If-None-Match: \"v2\"", since).status());
            assertEquals(
                    304,
                    site.get("/p", "If-None-Match: \"v1\"", "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT")
                            .status());
        }
    }

    /** Django's finding 8: a crawler that always asks conditionally must not keep the cache cold. */
    @ParameterizedTest
    @ValueSource(strings = {"If-None-Match: \"v1\"", "If-None-Match: *", "If-Modified-Since: " + MODIFIED})
    void condition_onMiss_isHiddenFromTheApplicationAndAnsweredByTheCache(String condition) {
        String name = condition.substring(0, condition.indexOf(':'));
        View view = (request, response) -> {
            response.setHeader("ETag", "\"v1\"");
            response.setHeader("Last-Modified", MODIFIED);
            response.setHeader("X-Dates", String.valueOf(request.getDateHeader("If-Modified-Since")));
            response.getWriter()
                    .write("saw " + request.getHeader(name)
                            + request.getHeaders(name).hasMoreElements());
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply miss = site.get("/p", condition);
            assertEquals(304, miss.status(), miss::toString);
            assertTrue(miss.saysStored(), miss::toString);
            Reply hit = site.getHit("saw nullfalse", "/p");
            assertEquals("-1", hit.one("X-Dates"));
        }
    }

    @Test
    void condition_onMissWithOwnCheck_getsTheWholePageStored() {
        View view = (request, response) -> {
            response.setHeader("ETag", "\"v1\"");
            if ("\"v1\"".equals(request.getHeader("If-None-Match"))) {
                response.setStatus(304);
                return;
            }
            response.getWriter().write("render " + TestSite.render(request));
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply miss = site.get("/p", "If-None-Match: \"v1\"");
            assertEquals(304, miss.status());
            assertEquals("", miss.text());
            site.getHit("render 1", "/p");
        }
    }

    @Test
    void condition_onPageThatIsNotStored_isStillAnsweredRight() {
        View view = View.numbered("ETag", "\"v1\"", "Cache-Control", "private");
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            int status = site.get("/p", "If-None-Match: \"v1\"").status();
            assertTrue(status == 200 || status == 304, () -> "status " + status);
            Reply reply = site.get("/p", "If-None-Match: \"v2\"");
            assertEquals("render 2", reply.text());
        }
    }

    @ParameterizedTest
    @CsvSource({"POST", "PUT", "DELETE"})
    void condition_onOtherMethod_reachesTheApplication(String method) {
        View view = (request, response) -> response.getWriter().write("saw " + request.getHeader("If-None-Match"));
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply reply = site.send(method, "/p", "If-None-Match: \"v1\"", "Content-Length: 0");
            assertEquals("saw \"v1\"", reply.text());
        }
    }

    /** Whoever answers them, the page that others get is the one without. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "If-Match: \"v1\"",
                "If-Match: \"v2\"",
                "If-Unmodified-Since: " + MODIFIED,
                "If-Range: \"v1\"",
                "Range: bytes=0-1"
            })
    void otherCondition_coldAndWarm_leavesNoTraceInThePage(String condition) {
        String name = condition.substring(0, condition.indexOf(':'));
        View view = (request, response) -> {
            response.setHeader("ETag", "\"v1\"");
            response.getWriter().write("saw " + request.getHeader(name));
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            for (int i = 0; i < 2; i++) {
                int status = site.get("/p", condition).status();
                assertTrue(status == 200 || status == 206 || status == 412, () -> "status " + status);
                Reply whole = site.get("/p");
                assertEquals(200, whole.status());
                assertEquals("saw null", whole.text());
            }
        }
    }

    /** Whether the part or the whole is sent, the bytes must be right and the whole must stay stored. */
    @ParameterizedTest
    @CsvSource({"bytes=0-3,0,4", "bytes=4-,4,10", "bytes=-2,8,10", "bytes=2-99,2,10"})
    void range_coldAndWarm_neverReplacesTheWhole(String range, int from, int to) {
        try (TestSite site = TestSite.with().page("/p", View.text("0123456789")).start()) {
            for (int i = 0; i < 2; i++) {
                Reply reply = site.get("/p", "Range: " + range);
                byte[] whole = "0123456789".getBytes(StandardCharsets.US_ASCII);
                if (reply.status() == 206) {
                    assertEquals("bytes " + from + "-" + (to - 1) + "/10", reply.one("Content-Range"));
                    assertArrayEquals(Arrays.copyOfRange(whole, from, to), reply.body());
                } else {
                    assertEquals(200, reply.status());
                    assertArrayEquals(whole, reply.body());
                }
                Reply full = site.get("/p");
                assertEquals(200, full.status());
                assertEquals("0123456789", full.text());
            }
        }
    }

    @Test
    void range_answeredByTheApplication_isNotStored() {
        View view = (request, response) -> {
            if (request.getHeader("Range") == null) {
                response.getWriter().write("0123456789");
            } else {
                response.setStatus(206);
                response.setHeader("Content-Range", "bytes 0-3/10");
                response.getWriter().write("0123");
            }
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply part = site.get("/p", "Range: bytes=0-3");
            assertTrue(part.status() == 206 || part.text().equals("0123456789"), part::toString);
            Reply whole = site.get("/p");
            assertEquals(200, whole.status());
            assertEquals("0123456789", whole.text());
        }
    }
}
