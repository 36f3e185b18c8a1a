package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** QUERY, a safe method with content (draft-ietf-httpbis-safe-method-w-body), over a socket. */
final class QueryIT {
    private static final int BOUND = 64 * 1024;
    private static final String TYPE = "Content-Type: text/x-query";
    private static final String UNKEYED = "pagecache; fwd=bypass; detail=request-content";

    /** Says which render it is, and what it was asked. */
    private static final View ECHO = (request, response) -> {
        response.setHeader("Cache-Control", "max-age=60");
        byte[] content = request.getInputStream().readAllBytes();
        View.numbered().render(request, response);
        response.getWriter().write(": " + new String(content, StandardCharsets.ISO_8859_1));
    };

    private static TestSite site(View view) {
        return TestSite.with().page("/p", view).start();
    }

    private static Reply query(TestSite site, String content, String... fields) {
        String[] all = new String[fields.length + 1];
        System.arraycopy(fields, 0, all, 1, fields.length);
        all[0] = "Content-Length: " + content.length();
        return raw(site, content, all);
    }

    private static Reply chunked(TestSite site, List<String> chunks, String... fields) {
        String[] all = new String[fields.length + 1];
        System.arraycopy(fields, 0, all, 1, fields.length);
        all[0] = "Transfer-Encoding: chunked";
        StringBuilder content = new StringBuilder();
        for (String chunk : chunks) {
            content.append(Integer.toHexString(chunk.length())).append("\r\n");
            content.append(chunk).append("\r\n");
        }
        return raw(site, content + "0\r\n\r\n", all);
    }

    private static Reply raw(TestSite site, String content, String... fields) {
        try (RawClient client = site.client()) {
            client.write(RawClient.head("QUERY", "/p", fields) + content);
            return client.read("QUERY");
        }
    }

    private static void assertHit(String text, Reply reply) {
        assertTrue(reply.isHit(), () -> "hit expected: " + reply);
        assertEquals(text, reply.text());
    }

    @Test
    void query_sameContentAndType_isAHit() {
        try (TestSite site = site(ECHO)) {
            Reply miss = query(site, "find x", TYPE);
            assertEquals("pagecache; fwd=uri-miss; stored", miss.cacheStatus());
            assertEquals("render 1: find x", miss.text());
            assertHit("render 1: find x", query(site, "find x", TYPE));
            assertHit("render 1: find x", chunked(site, List.of("find", " x"), TYPE));
            assertEquals(
                    304,
                    query(site, "find x", TYPE, "If-None-Match: " + miss.one("ETag"))
                            .status());
            assertEquals(
                    "render 1: find x",
                    query(site, "find x", TYPE, "Range: bytes=0-1").text());
        }
    }

    @Test
    void query_otherContentOrType_isAnotherPage() {
        try (TestSite site = site(ECHO)) {
            assertEquals("render 1: a", query(site, "a", TYPE).text());
            assertEquals("render 2: b", query(site, "b", TYPE).text());
            assertEquals(
                    "render 3: a", query(site, "a", TYPE + ";charset=utf-8").text());
            assertEquals(
                    "render 4: a", query(site, "a", TYPE, "Content-Encoding: x").text());
            assertEquals("render 5: a", query(site, "a").text());
            assertEquals("render 6: ", query(site, "", TYPE).text());
            assertEquals("render 7: ", raw(site, "").text());
            assertHit("render 1: a", query(site, "a", TYPE));
            assertHit("render 2: b", query(site, "b", TYPE));
            assertHit("render 4: a", query(site, "a", TYPE, "Content-Encoding: x"));
            assertHit("render 5: a", query(site, "a"));
            assertHit("render 6: ", query(site, "", TYPE));
            assertHit("render 7: ", raw(site, ""));
        }
    }

    @Test
    void query_andGetOfOneUrl_neverAnswerEachOther() {
        try (TestSite site = site(View.numbered("Cache-Control", "max-age=60"))) {
            assertEquals("render 1", site.get("/p").text());
            assertEquals("render 2", raw(site, "").text());
            assertHit("render 1", site.get("/p"));
            assertHit("render 2", raw(site, ""));
            assertTrue(site.send("HEAD", "/p").isHit());
        }
    }

    @Test
    @DisplayName("RFC 9110 section 9.1: methods are told apart by letter case")
    void query_inOtherLetterCase_isAnotherMethod() {
        try (TestSite site = site(ECHO)) {
            query(site, "a", TYPE);
            try (RawClient client = site.client()) {
                client.write(RawClient.head("Query", "/p", "Content-Length: 1", TYPE) + "a");
                assertEquals(
                        "pagecache; fwd=method; detail=method",
                        client.read("Query").cacheStatus());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "M-SEARCH"})
    @DisplayName("RFC 9111 section 4.4: an unsafe method revokes the URL's pages of any method")
    void query_afterAnUnsafeMethod_isRenderedAnew(String method) {
        try (TestSite site = site(ECHO)) {
            query(site, "a", TYPE);
            assertEquals(200, site.send(method, "/p", "Content-Length: 0").status());
            assertEquals("render 3: a", query(site, "a", TYPE).text());
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"65535, true", "65536, true", "65537, false", "65538, false", "300000, false"})
    void query_aroundTheBound_losesNothing(int length, boolean isStored) {
        View view = (request, response) -> {
            response.setHeader("Cache-Control", "max-age=60");
            byte[] content = request.getInputStream().readAllBytes();
            int hash = Arrays.hashCode(content);
            response.getWriter().write(content.length + " " + hash + " " + TestSite.render(request));
        };
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + i % 23));
        }
        String content = text.toString();
        String expected = length + " " + Arrays.hashCode(content.getBytes(StandardCharsets.ISO_8859_1));
        try (TestSite site = site(view)) {
            Reply first = query(site, content, TYPE);
            assertEquals(expected + " 1", first.text());
            Reply second = chunked(site, List.of(content.substring(0, 5), content.substring(5)), TYPE);
            assertEquals(expected + (isStored ? " 1" : " 2"), second.text());
            assertEquals(isStored, second.isHit());
            if (!isStored) {
                assertEquals(UNKEYED, first.cacheStatus());
                assertEquals(UNKEYED, second.cacheStatus());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, BOUND, BOUND + 1, 200_000})
    void query_readByReader_isTheSameText(int length) {
        View view = (request, response) -> {
            request.setCharacterEncoding("utf-8");
            StringBuilder read = new StringBuilder();
            for (int c = request.getReader().read();
                    c >= 0;
                    c = request.getReader().read()) {
                read.append((char) c);
            }
            assertThrows(IllegalStateException.class, request::getInputStream);
            response.getWriter().write(read.length() + " " + read.toString().hashCode());
        };
        String content = "\u00c3\u00a9".repeat(length / 2);
        String expected = length / 2 + " " + "\u00e9".repeat(length / 2).hashCode();
        try (TestSite site = site(view)) {
            assertEquals(expected, query(site, content, TYPE).text());
            assertEquals(expected, chunked(site, List.of(content), TYPE).text());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, BOUND, BOUND + 1, 200_000})
    void query_readWithoutBlocking_isTheSameContent(int length) {
        View view = (request, response) -> {
            response.setHeader("Cache-Control", "max-age=60");
            AsyncContext context = request.startAsync();
            ServletInputStream in = request.getInputStream();
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            in.setReadListener(new ReadListener() {
                @Override
                public void onDataAvailable() throws IOException {
                    byte[] some = new byte[1000];
                    while (in.isReady() && !in.isFinished()) {
                        int n = in.read(some);
                        read.write(some, 0, Math.max(0, n));
                    }
                }

                @Override
                public void onAllDataRead() {
                    try {
                        String text = in.isFinished() + " " + read.size() + " " + TestSite.render(request);
                        context.getResponse().getWriter().write(text);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    context.complete();
                }

                @Override
                public void onError(Throwable thrown) {
                    context.complete();
                }
            });
            assertThrows(IllegalStateException.class, () -> in.setReadListener(another()));
        };
        String content = "x".repeat(length);
        try (TestSite site = site(view)) {
            assertEquals("true " + length + " 1", query(site, content, TYPE).text());
            Reply second = chunked(site, length == 0 ? List.of() : List.of(content), TYPE);
            boolean isHit = length > 0 && length <= BOUND;
            assertEquals("true " + length + (isHit ? " 1" : " 2"), second.text());
            assertEquals(isHit, second.isHit(), second::toString);
        }
    }

    private static ReadListener another() {
        return new ReadListener() {
            @Override
            public void onDataAvailable() {}

            @Override
            public void onAllDataRead() {}

            @Override
            public void onError(Throwable thrown) {}
        };
    }

    @Test
    void query_withReadInputs_learnsNoneOfItsKey() {
        View view = (request, response) -> {
            String type = request.getContentType() + request.getHeader("Content-Encoding");
            ECHO.render(request, response);
            response.getWriter().write(type);
        };
        try (TestSite site =
                TestSite.with().param("inputs", "refuse").page("/p", view).start()) {
            assertTrue(query(site, "a", TYPE).saysStored());
            assertTrue(query(site, "a", TYPE).isHit());
        }
    }

    @Test
    void query_withVary_hasVariants() {
        View view = (request, response) -> {
            response.setHeader("Vary", "X-A");
            ECHO.render(request, response);
        };
        try (TestSite site = site(view)) {
            assertEquals("render 1: a", query(site, "a", "X-A: 1").text());
            assertEquals("render 2: a", query(site, "a", "X-A: 2").text());
            assertHit("render 1: a", query(site, "a", "X-A: 1"));
        }
    }

    @Test
    void query_withoutDeclaredLifetime_isNotStored() {
        try (TestSite site = site(View.numbered())) {
            Reply reply = query(site, "a", TYPE);
            assertEquals("pagecache; fwd=bypass; detail=no-lifetime", reply.cacheStatus());
            assertEquals("render 2", query(site, "a", TYPE).text());
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"99999999999999999999", "-1", "x", "1, 2"})
    void query_withHostileLength_isNeverStored(String length) {
        try (TestSite site = site(ECHO);
                RawClient client = site.client()) {
            client.write(RawClient.head("QUERY", "/p", "Content-Length: " + length, TYPE) + "a");
            assertEquals(400, client.read("QUERY").status());
            assertEquals(0, site.renders("/p"));
        }
    }

    @Test
    void query_cutShort_isNeverStored() {
        View view = (request, response) -> {
            try {
                ECHO.render(request, response);
            } catch (IOException e) {
                response.sendError(400, "cut");
            }
        };
        try (TestSite site = site(view)) {
            try (RawClient client = site.client()) {
                client.write(RawClient.head("QUERY", "/p", "Content-Length: 9", TYPE) + "a");
                client.abort();
            }
            try (RawClient client = site.client()) {
                client.write(RawClient.head("QUERY", "/p", "Transfer-Encoding: chunked", TYPE) + "1\r\na\r\nzz\r\n");
                Reply refused = client.read("QUERY");
                assertTrue(refused.status() >= 400, refused::toString);
            }
            assertFalse(query(site, "a", TYPE).isHit());
        }
    }

    @Test
    void query_ofParts_isLeftToTheContainer() {
        try (TestSite site = site(ECHO)) {
            Reply reply = query(site, "--b--", "Content-Type: Multipart/form-data; boundary=b");
            assertEquals(UNKEYED, reply.cacheStatus());
            assertEquals("render 1: --b--", reply.text());
        }
    }

    @Test
    void query_whoseContentAFilterOutsideHasRead_isNotKeyed() {
        Filter reading = (request, response, chain) -> {
            request.getInputStream().readNBytes(1);
            chain.doFilter(request, response);
        };
        try (TestSite site = TestSite.with().before(reading).page("/p", ECHO).start()) {
            Reply first = query(site, "ab", TYPE);
            assertEquals("render 1: b", first.text());
            assertEquals(UNKEYED, first.cacheStatus());
            assertEquals("render 2: b", query(site, "cb", TYPE).text());
        }
    }
}
