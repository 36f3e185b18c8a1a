package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of stored pages (RFC 9110 section 14). */
final class RangesIT {
    private static final String TEXT = "0123456789";
    private static final String MODIFIED = "Tue, 15 Nov 2022 12:45:26 GMT";

    /** Ten characters with the fields that ranges ask about. */
    private static View digits(String... namesAndValues) {
        return (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            for (int i = 0; i < namesAndValues.length; i += 2) {
                response.setHeader(namesAndValues[i], namesAndValues[i + 1]);
            }
            response.getWriter().write(TEXT);
        };
    }

    private static TestSite stored(View view) {
        TestSite site = TestSite.with().page("/p", view).start();
        site.getStoredThenHit("/p");
        return site;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-3           | bytes 0-3/10 | 0123
            bytes=9-9           | bytes 9-9/10 | 9
            bytes=4-            | bytes 4-9/10 | 456789
            bytes=-2            | bytes 8-9/10 | 89
            bytes=-99           | bytes 0-9/10 | 0123456789
            bytes=2-99          | bytes 2-9/10 | 23456789
            BYTES=0-0           | bytes 0-0/10 | 0
            bytes=3-4,30-       | bytes 3-4/10 | 34
            bytes=0-1,2-3       | bytes 0-3/10 | 0123
            bytes=5-99999999999999999999 | bytes 5-9/10 | 56789
            """)
    @DisplayName("RFC 9110 sections 14.1.2 and 15.3.7.1: one part")
    void range_onHit_isAPartWithThePagesFields(String range, String contentRange, String expected) {
        try (TestSite site = stored(digits("ETag", "\"v1\"", "X-Other", "1", "Vary", "X-A"));
                RawClient client = site.client()) {
            Reply whole = client.send("GET", "/p");
            Reply part = client.send("GET", "/p", "Range: " + range);

            assertEquals(206, part.status(), part::toString);
            assertEquals(contentRange, part.one("Content-Range"));
            assertEquals(expected, part.text());
            assertEquals(Integer.toString(expected.length()), part.one("Content-Length"));
            assertEquals("bytes", part.one("Accept-Ranges"));
            assertTrue(part.isHit(), part::toString);
            assertTrue(part.has("Age"), part::toString);
            String[] own = {"Content-Range", "Content-Length", "Accept-Ranges", "Cache-Status", "Age"};
            assertEquals(whole.fieldsWithout(own), part.fieldsWithout(own));
            assertFalse(whole.has("Accept-Ranges"), "a whole page keeps the fields that it was stored with");
            assertEquals(TEXT, client.send("GET", "/p").text());
            assertEquals(1, site.renders("/p"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "bytes=4-2",
                "bytes=x",
                "bytes=",
                "lines=0-3",
                "0-3",
                "bytes=0-1, bytes=3-4",
                "bytes=0-,0-",
                "bytes=0-1,1-2,2-3,3-4",
                "bytes=0-0,2-2,4-4,6-6,8-8,0-0,2-2,4-4,6-6,8-8,0-0,2-2,4-4,6-6,8-8,0-0,2-2"
            })
    @DisplayName("RFC 9110 section 14.2: what is no range, or too much of them, gets the whole page")
    void range_ignored_isTheWholePage(String range) {
        try (TestSite site = stored(digits())) {
            Reply whole = site.getHit(TEXT, "/p", "Range: " + range);
            assertEquals(200, whole.status());
            assertFalse(whole.has("Content-Range"), whole::toString);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"bytes=10-", "bytes=10-12,20-", "bytes=-0", "bytes=99999999999999999999-"})
    @DisplayName("RFC 9110 section 15.5.17: no such range")
    void range_unsatisfiable_is416WithTheLength(String range) {
        try (TestSite site = stored(digits("ETag", "\"v1\""));
                RawClient client = site.client()) {
            Reply refused = client.send("GET", "/p", "Range: " + range);
            assertEquals(416, refused.status(), refused::toString);
            assertEquals("bytes */10", refused.one("Content-Range"));
            assertEquals("0", refused.one("Content-Length"));
            assertTrue(refused.isHit(), refused::toString);
            assertFalse(refused.has("ETag") || refused.has("Cache-Control"), refused::toString);
            assertEquals(TEXT, client.send("GET", "/p").text(), "the connection goes on");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-1,4-5           | 0-1 4-5
            bytes=4-5, 0-1 ,,-1     | 4-5 0-1 9-9
            bytes=8-8,0-1,1-2,30-   | 8-8 0-2
            bytes=0-0,2-2,4-4,6-6,8-8 | 0-0 2-2 4-4 6-6 8-8
            """)
    @DisplayName("RFC 9110 sections 14.6 and 15.3.7.2: several parts")
    void range_several_isMultipart(String range, String expected) {
        try (TestSite site = stored(digits("ETag", "\"v1\""));
                RawClient client = site.client()) {
            Reply reply = client.send("GET", "/p", "Range: " + range);

            assertEquals(206, reply.status(), reply::toString);
            assertFalse(reply.has("Content-Range"), reply::toString);
            assertEquals("\"v1\"", reply.one("ETag"));
            assertEquals(Integer.toString(reply.body().length), reply.one("Content-Length"));
            List<String> parts = parts(reply);
            List<String> ranges = new ArrayList<>();
            for (String part : parts) {
                int end = part.indexOf("\r\n\r\n");
                String[] head = part.substring(0, end).split("\r\n", -1);
                assertEquals("Content-Type: text/plain;charset=utf-8", head[0]);
                assertTrue(head[1].matches("Content-Range: bytes \\d-\\d/10"), part);
                String positions = head[1].substring("Content-Range: bytes ".length(), head[1].indexOf('/'));
                ranges.add(positions);
                assertEquals(
                        TEXT.substring(positions.charAt(0) - '0', positions.charAt(2) - '0' + 1),
                        part.substring(end + 4));
            }
            assertEquals(expected, String.join(" ", ranges));
            assertEquals(TEXT, client.send("GET", "/p").text(), "the connection goes on");
        }
    }

    /** The parts of a multipart body, framing checked (RFC 2046 section 5.1.1). */
    private static List<String> parts(Reply reply) {
        String type = reply.one("Content-Type");
        String start = "multipart/byteranges; boundary=";
        assertTrue(type.startsWith(start), type);
        String delimiter = "--" + type.substring(start.length());
        String body = "\r\n" + new String(reply.body(), StandardCharsets.ISO_8859_1);
        assertTrue(body.endsWith("\r\n" + delimiter + "--\r\n"), body);
        String[] pieces = body.substring(0, body.length() - 4).split("\r\n" + delimiter, -1);
        assertEquals("", pieces[0]);
        assertEquals("", pieces[pieces.length - 1]);
        List<String> parts = new ArrayList<>();
        for (String piece : Arrays.asList(pieces).subList(1, pieces.length - 1)) {
            assertTrue(piece.startsWith("\r\n"), piece);
            parts.add(piece.substring(2));
        }
        return parts;
    }

    @Test
    @DisplayName("RFC 2046 section 5.1.1: content cannot foresee the boundary")
    void range_severalTwice_haveOtherBoundaries() {
        try (TestSite site = stored(digits())) {
            String one = site.get("/p", "Range: bytes=0-0,2-2").one("Content-Type");
            String other = site.get("/p", "Range: bytes=0-0,2-2").one("Content-Type");
            assertFalse(one.equals(other), one);
        }
    }

    @Test
    @DisplayName("RFC 9110 section 15.3.7.2: a page without a type has parts without one")
    void range_severalOfPageWithoutType_haveNone() {
        View view = (request, response) -> response.getOutputStream().print(TEXT);
        try (TestSite site = stored(view)) {
            Reply reply = site.get("/p", "Range: bytes=0-0,2-2");
            assertEquals(
                    List.of("Content-Range: bytes 0-0/10\r\n\r\n0", "Content-Range: bytes 2-2/10\r\n\r\n2"),
                    parts(reply));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            "v1"                           | 206
            "v2"                           | 200
            W/"v1"                         | 200
            Tue, 15 Nov 2022 12:45:26 GMT  | 206
            Tuesday, 15-Nov-22 12:45:26 GMT | 206
            Tue Nov 15 12:45:26 2022       | 206
            Tue, 15 Nov 2022 12:45:27 GMT  | 200
            Tue, 15 Nov 2022 12:45:25 GMT  | 200
            yesterday                      | 200
            """)
    @DisplayName("RFC 9110 section 13.1.5: If-Range")
    void ifRange_onHit_decides(String ifRange, int status) {
        try (TestSite site = stored(digits("ETag", "\"v1\"", "Last-Modified", MODIFIED))) {
            Reply reply = site.get("/p", "Range: bytes=0-3", "If-Range: " + ifRange);
            assertEquals(status, reply.status(), reply::toString);
            assertEquals(status == 206 ? "0123" : TEXT, reply.text());
            assertEquals(
                    status == 206 ? 416 : 200,
                    site.get("/p", "Range: bytes=10-", "If-Range: " + ifRange).status());
        }
    }

    @Test
    @DisplayName("RFC 9110 section 8.8.2.2: a page modified in the second in which it was sent")
    void ifRange_weakDate_getsTheWholePage() {
        try (TestSite site =
                stored(digits("Last-Modified", MODIFIED, "Date", MODIFIED, "Cache-Control", "max-age=2000000000"))) {
            Reply reply = site.get("/p", "Range: bytes=0-3", "If-Range: " + MODIFIED);
            assertEquals(MODIFIED, reply.one("Date"));
            assertEquals(200, reply.status(), reply::toString);
        }
    }

    @Test
    @DisplayName("RFC 9110 section 14.2: Range is defined for GET")
    void range_ofHead_isIgnored() {
        try (TestSite site = stored(digits())) {
            for (String range : new String[] {"bytes=0-3", "bytes=10-", "bytes=0-0,2-2"}) {
                Reply head = site.send("HEAD", "/p", "Range: " + range);
                assertEquals(200, head.status(), head::toString);
                assertEquals("10", head.one("Content-Length"));
                assertFalse(head.has("Content-Range"), head::toString);
                assertTrue(head.isHit(), head::toString);
            }
        }
    }

    @Test
    @DisplayName("RFC 9110 section 14.2: ranges are of the coded bytes")
    void range_ofCodedPage_isOfItsCodedBytes() throws IOException {
        byte[] coded = gzip("0123456789".repeat(500));
        View view = (request, response) -> {
            response.setHeader("Content-Encoding", "gzip");
            response.setContentType("text/plain;charset=utf-8");
            response.getOutputStream().write(coded);
        };
        try (TestSite site = stored(view)) {
            Reply start = site.get("/p", "Range: bytes=0-9");
            Reply rest = site.get("/p", "Range: bytes=10-");
            assertEquals("bytes 0-9/" + coded.length, start.one("Content-Range"));
            assertEquals("gzip", start.one("Content-Encoding"));
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            joined.write(start.body());
            joined.write(rest.body());
            assertArrayEquals(coded, joined.toByteArray());
            try (GZIPInputStream text = new GZIPInputStream(new ByteArrayInputStream(joined.toByteArray()))) {
                assertEquals(5000, text.readAllBytes().length);
            }
            Reply several = site.get("/p", "Range: bytes=0-1,4-5");
            assertEquals(200, several.status(), several::toString);
            assertArrayEquals(coded, several.body());
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    @Test
    @DisplayName("RFC 9110 section 14.1.2: pages of one byte and of none")
    void range_ofTinyPages() {
        try (TestSite site = TestSite.with()
                .page("/one", View.text("x"))
                .page("/none", (request, response) -> response.getWriter())
                .start()) {
            site.getStoredThenHit("/one");
            site.getStoredThenHit("/none");
            for (String range : new String[] {"bytes=0-", "bytes=0-0", "bytes=-1", "bytes=-5", "bytes=0-9"}) {
                Reply part = site.get("/one", "Range: " + range);
                assertEquals("bytes 0-0/1", part.one("Content-Range"));
                assertEquals("x", part.text());
            }
            assertEquals("bytes */1", site.get("/one", "Range: bytes=1-").one("Content-Range"));
            Reply nothing = site.get("/none", "Range: bytes=0-");
            assertEquals(416, nothing.status(), nothing::toString);
            assertEquals("bytes */0", nothing.one("Content-Range"));
            assertEquals(200, site.get("/none", "Range: bytes=-1").status());
        }
    }

    /** Larger than the buffers of cache and container. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"bytes=1-, 1, 1000000", "bytes=999990-, 999990, 1000000", "bytes=8191-32769, 8191, 32770"})
    void range_ofLargePage_isExact(String range, int from, int to) {
        byte[] content = new byte[1_000_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 + i / 256);
        }
        View view = (request, response) -> {
            response.setContentLength(content.length);
            response.getOutputStream().write(content);
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.get("/p");
            assertTrue(site.get("/p").isHit());
            Reply part = site.get("/p", "Range: " + range);
            assertEquals(206, part.status());
            assertArrayEquals(Arrays.copyOfRange(content, from, to), part.body());
            if (from > 1) {
                String last = parts(site.get("/p", "Range: bytes=0-0," + range.substring("bytes=".length())))
                        .get(1);
                byte[] bytes = last.getBytes(StandardCharsets.ISO_8859_1);
                int start = last.indexOf("\r\n\r\n") + 4;
                assertArrayEquals(part.body(), Arrays.copyOfRange(bytes, start, bytes.length));
            }
        }
    }

    @Test
    @DisplayName("RFC 9530 section 2: a digest of the whole content is not that of a part")
    void range_ofPageWithDigest_leavesItOut() {
        try (TestSite site = stored(digits("Content-Digest", "sha-256=:x:", "Repr-Digest", "sha-256=:x:"))) {
            Reply part = site.get("/p", "Range: bytes=0-3");
            assertEquals(206, part.status());
            assertFalse(part.has("Content-Digest"), part::toString);
            assertTrue(part.has("Repr-Digest"), part::toString);
        }
    }

    @Test
    @DisplayName("RFC 9110 section 14.3: the page's own Accept-Ranges stays")
    void range_ofPageWithAcceptRanges_keepsIt() {
        try (TestSite site = TestSite.with()
                .page("/none", digits("Accept-Ranges", "none"))
                .page("/bytes", digits("Accept-Ranges", "bytes"))
                .start()) {
            site.getStoredThenHit("/none");
            site.getStoredThenHit("/bytes");
            assertEquals(200, site.get("/none", "Range: bytes=0-3").status());
            Reply part = site.get("/bytes", "Range: bytes=0-3");
            assertEquals(206, part.status());
            assertEquals("bytes", part.one("Accept-Ranges"));
            assertEquals("bytes", site.get("/bytes", "Range: bytes=10-").one("Accept-Ranges"));
        }
    }

    @Test
    @DisplayName("RFC 9110 section 15.3.7: only a 200 has parts")
    void range_ofOtherStatus_isIgnored() {
        View view = (request, response) -> {
            response.setStatus(404);
            response.getWriter().write(TEXT);
        };
        try (TestSite site =
                TestSite.with().param("statuses", "200,404").page("/p", view).start()) {
            site.getStoredThenHit("/p");
            Reply reply = site.get("/p", "Range: bytes=0-3", "If-Match: \"other\"");
            assertEquals(404, reply.status(), reply::toString);
            assertEquals(TEXT, reply.text());
            assertTrue(reply.isHit(), reply::toString);
        }
    }

    @Test
    void range_withBrowserTimeout_hasItsMaxAge() {
        try (TestSite site = TestSite.with()
                .param("browserTimeout", "60")
                .page("/p", digits())
                .start()) {
            site.getStoredThenHit("/p");
            Reply part = site.get("/p", "Range: bytes=0-3");
            assertEquals(206, part.status());
            assertTrue(part.one("Cache-Control").matches("max-age=6[0-9]"), part::toString);
        }
    }

    /** On a miss the application sees the range, and what it answers is its own. */
    @Test
    void range_onMiss_goesToTheApplicationAndIsNotStored() {
        View view = (request, response) ->
                response.getWriter().write("saw " + request.getHeader("Range") + request.getHeader("If-Range"));
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply miss = site.getNeverStored("/p", "Range: bytes=0-3", "If-Range: \"a\"");
            assertEquals("saw bytes=0-3\"a\"", miss.text());
            assertEquals("pagecache; fwd=bypass; detail=range", miss.cacheStatus());
            site.getStoredThenHit("/p");
        }
    }

    /** Conditions are seen beside a range; they select no variant of a page. */
    @ParameterizedTest
    @ValueSource(strings = {"default", "rfc9111"})
    void range_ofPageThatReadsConditions_keepsThemOutOfItsKey(String profile) {
        View view = (request, response) -> {
            assertEquals(-1, request.getDateHeader("If-Modified-Since"));
            response.setHeader("Cache-Control", "max-age=600");
            response.setHeader("Last-Modified", MODIFIED);
            String tag = request.getHeader("If-None-Match");
            if (request.getParameter("part") != null && request.getHeader("Range") != null) {
                response.setStatus(206);
                response.setHeader("Content-Range", "bytes 0-9/20");
            }
            response.getOutputStream().print(tag == null ? TEXT : "abcdefghij");
        };
        try (TestSite site =
                TestSite.with().param("profile", profile).page("/p", view).start()) {
            for (String target : List.of("/p", "/p?part")) {
                site.get(target, "Range: bytes=0-9", "If-None-Match: \"other\"");
                site.get(target);
                assertEquals(TEXT, site.get(target, "If-None-Match: \"x\"").text());
                site.getHit(TEXT, target, "If-None-Match: \"y\"");
            }
        }
    }
}
