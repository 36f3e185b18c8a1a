package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Preconditions of requests for stored pages, and their order (RFC 9110 section 13). */
final class ConditionsIT {
    private static final String MODIFIED = "Tue, 15 Nov 2022 12:45:26 GMT";
    private static final String BEFORE = "Mon, 14 Nov 2022 12:45:26 GMT";
    private static final String AFTER = "Wed, 16 Nov 2022 12:45:26 GMT";

    /** Sets fields that the container has set already, such as Date. */
    private static View dated(String... namesAndValues) {
        return View.numberedAfter((request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            for (int i = 0; i < namesAndValues.length; i += 2) {
                response.setHeader(namesAndValues[i], namesAndValues[i + 1]);
            }
        });
    }

    private static TestSite stored(String... namesAndValues) {
        TestSite site = TestSite.with().page("/p", dated(namesAndValues)).start();
        site.getStoredThenHit("/p");
        return site;
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(delimiter = '|', textBlock = """
            "v1"   | "v1"            | 200
            "v1"   | "v2"            | 412
            "v1"   | W/"v1"          | 412
            W/"v1" | W/"v1"          | 412
            W/"v1" | "v1"            | 412
            W/"v1" | *               | 200
            "v1"   | *               | 200
            "v1"   | "a", "v1"       | 200
            "v1"   | "a" ,, "b"      | 412
            "v1"   | "a,v1"          | 412
            "v1"   | v1              | 412
            """)
    @DisplayName("RFC 9110 section 13.1.1: If-Match is compared strongly")
    void ifMatch_onHit(String tag, String condition, int status) {
        try (TestSite site = stored("ETag", tag)) {
            for (String method : new String[] {"GET", "HEAD"}) {
                Reply reply = site.send(method, "/p", "If-Match: " + condition);
                assertEquals(status, reply.status(), reply::toString);
                assertTrue(reply.isHit(), reply::toString);
            }
            assertEquals(1, site.renders("/p"));
        }
    }

    @Test
    @DisplayName("RFC 9110 section 5.3: several lines are one list")
    void ifMatch_onTwoLines_isOneList() {
        try (TestSite site = stored("ETag", "\"v1\"")) {
            assertEquals(
                    200, site.get("/p", "If-Match: \"a\"", "If-Match: \"v1\"").status());
            assertEquals(
                    412, site.get("/p", "If-Match: \"a\"", "If-Match: \"b\"").status());
        }
    }

    @Test
    @DisplayName("RFC 9110 section 13.1.1: the tag that the cache made is a tag")
    void ifMatch_withTagThatTheCacheMade_holds() {
        try (TestSite site = stored()) {
            String tag = site.get("/p").one("ETag");
            assertEquals(200, site.get("/p", "If-Match: " + tag).status());
        }
    }

    @Test
    @DisplayName("RFC 9110 section 15.5.13: a 412 says nothing of the page and can not be stored by others")
    void precondition_thatFails_isAnsweredWithoutContent() {
        try (TestSite site = stored("ETag", "\"v1\"", "Cache-Control", "max-age=60", "X-Other", "1");
                RawClient client = site.client()) {
            Reply failed = client.send("GET", "/p", "If-Match: \"v2\"");
            assertEquals(412, failed.status());
            assertEquals("0", failed.one("Content-Length"));
            assertEquals("", failed.text());
            for (String name : new String[] {"Cache-Control", "Expires", "ETag", "X-Other", "Content-Type"}) {
                assertFalse(failed.has(name), failed::toString);
            }
            assertEquals("render 1", client.send("GET", "/p").text(), "the connection goes on");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Tue, 15 Nov 2022 12:45:26 GMT    | 200
            Tue, 15 Nov 2022 12:45:27 GMT    | 200
            Tue, 15 Nov 2022 12:45:25 GMT    | 412
            Tuesday, 15-Nov-22 12:45:25 GMT  | 412
            Tue Nov 15 12:45:25 2022         | 412
            Tuesday, 15-Nov-22 12:45:26 GMT  | 200
            Tue Nov 15 12:45:26 2022         | 200
            yesterday                        | 200
            """)
    @DisplayName("RFC 9110 section 13.1.4: If-Unmodified-Since in all forms of a date")
    void ifUnmodifiedSince_onHit(String condition, int status) {
        try (TestSite site = stored("Last-Modified", MODIFIED)) {
            Reply reply = site.get("/p", "If-Unmodified-Since: " + condition);
            assertEquals(status, reply.status(), reply::toString);
            assertTrue(reply.isHit(), reply::toString);
        }
    }

    @Test
    @DisplayName("RFC 9110 section 13.1.4: a page without a modification date has none to be compared")
    void ifUnmodifiedSince_withoutLastModified_isIgnored() {
        try (TestSite site = stored()) {
            assertEquals(200, site.get("/p", "If-Unmodified-Since: " + BEFORE).status());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Tue, 15 Nov 2022 12:45:26 GMT    | 304
            Wed, 16 Nov 2022 12:45:26 GMT    | 304
            Fri, 31 Dec 9999 23:59:59 GMT    | 304
            Tuesday, 15-Nov-22 12:45:26 GMT  | 304
            Tue Nov 15 12:45:26 2022         | 304
            Tue, 15 Nov 2022 12:45:25 GMT    | 200
            Tue Nov 15 12:45:25 2022         | 200
            yesterday                        | 200
            """)
    @DisplayName("RFC 9111 section 4.3.2: without Last-Modified the page's Date counts")
    void ifModifiedSince_withoutLastModified_isComparedWithDate(String condition, int status) {
        try (TestSite site = stored("Date", MODIFIED, "Cache-Control", "max-age=2000000000")) {
            Reply reply = site.get("/p", "If-Modified-Since: " + condition);
            assertEquals(status, reply.status(), reply::toString);
            assertEquals(MODIFIED, reply.one("Date"));
        }
    }

    @Test
    @DisplayName("RFC 9110 section 13.1.3: a page that was just rendered has changed as far as is known")
    void ifModifiedSince_onMissWithoutLastModified_isTheWholePage() {
        try (TestSite site = TestSite.with()
                .page("/p", dated("Date", MODIFIED, "Cache-Control", "max-age=2000000000"))
                .start()) {
            assertEquals(200, site.get("/p", "If-Modified-Since: " + AFTER).status());
            assertEquals(304, site.get("/p", "If-Modified-Since: " + AFTER).status());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            If-Match: "v1"; If-Unmodified-Since: Mon, 14 Nov 2022 12:45:26 GMT                        | 200
            If-Match: "v2"; If-Unmodified-Since: Wed, 16 Nov 2022 12:45:26 GMT                        | 412
            If-Match: "v2"; If-None-Match: "v1"                                                       | 412
            If-Match: "v1"; If-None-Match: W/"v1"                                                     | 304
            If-Unmodified-Since: Mon, 14 Nov 2022 12:45:26 GMT; If-None-Match: *                      | 412
            If-Unmodified-Since: Tue, 15 Nov 2022 12:45:26 GMT; If-Modified-Since: Tue, 15 Nov 2022 12:45:26 GMT | 304
            If-None-Match: "v2"; If-Modified-Since: Wed, 16 Nov 2022 12:45:26 GMT                     | 200
            If-None-Match: "v1"; Range: bytes=99-                                                     | 304
            If-Match: "v2"; Range: bytes=0-1                                                          | 412
            If-Match: "v1"; If-None-Match: "v2"; Range: bytes=0-1                                     | 206
            If-Match: "v1"; If-None-Match: "v2"; Range: bytes=99-                                     | 416
            """)
    @DisplayName("RFC 9110 section 13.2.2: precedence")
    void conditions_several_inTheOrderOfTheRfc(String fields, int status) {
        try (TestSite site = stored("ETag", "\"v1\"", "Last-Modified", MODIFIED)) {
            Reply reply = site.get("/p", fields.split("; ", -1));
            assertEquals(status, reply.status(), reply::toString);
            assertTrue(reply.isHit(), reply::toString);
            site.getHit("render 1", "/p");
        }
    }

    /** On a miss the application sees the precondition and answers it, and no page comes of it. */
    @ParameterizedTest
    @ValueSource(strings = {"If-Match: \"v1\"", "If-Match: *", "If-Unmodified-Since: " + BEFORE})
    void precondition_onMiss_goesToTheApplicationAndIsNotStored(String condition) {
        String name = condition.substring(0, condition.indexOf(':'));
        View view = (request, response) ->
                response.getWriter().write("saw " + request.getHeader(name) + request.getHeader("If-None-Match"));
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply miss = site.getNeverStored("/p", condition, "If-None-Match: \"x\"");
            assertEquals("saw " + condition.substring(name.length() + 2) + "\"x\"", miss.text());
            assertEquals("pagecache; fwd=bypass; detail=precondition", miss.cacheStatus());
            site.getStoredThenHit("/p");
        }
    }

    @Test
    @DisplayName("RFC 9110 section 13.2.1: preconditions of other methods are the application's")
    void precondition_ofOtherMethod_reachesTheApplication() {
        View view = (request, response) -> response.getWriter().write("saw " + request.getHeader("If-Match"));
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.getStoredThenHit("/p");
            Reply reply = site.send("PUT", "/p", "If-Match: \"v2\"", "Content-Length: 0");
            assertEquals("saw \"v2\"", reply.text());
        }
    }
}
