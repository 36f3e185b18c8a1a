package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests for ranges that no stored page answers. */
final class PartsIT {

    /** Answers a range by itself, as the container's servlet for files does. */
    private static View parts() {
        return (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            response.setHeader("Cache-Control", "max-age=60");
            response.setHeader("X-Render", Integer.toString(TestSite.render(request)));
            if (request.getHeader("Range") == null) {
                response.getWriter().write("0123456789");
                return;
            }
            response.setStatus(206);
            response.setHeader("Content-Range", "bytes 4-8/10");
            response.getWriter().write("45678");
        };
    }

    @Test
    @DisplayName("RFC 9110 section 14.2: an application that ignores the range fills the page")
    void miss_applicationWithoutRanges_storesTheWholePage() {
        try (TestSite site = TestSite.with().page("/p", View.text("0123456789")).start()) {
            Reply first = site.get("/p", "Range: bytes=2-3");
            assertEquals(200, first.status(), first::toString);
            assertTrue(first.saysStored(), first::toString);
            Reply second = site.get("/p", "Range: bytes=2-3");
            assertEquals(206, second.status(), second::toString);
            assertEquals("23", second.text());
            assertEquals(1, site.renders("/p"));
        }
    }

    @Test
    @DisplayName("RFC 9110 section 14.2: what an application makes of the range is its own, and no page")
    void miss_applicationWithRanges_passesThrough() {
        try (TestSite site = TestSite.with().page("/p", parts()).start()) {
            for (int i = 1; i < 3; i++) {
                Reply part = site.get("/p", "Range: bytes=4-8");
                assertEquals(206, part.status(), part::toString);
                assertEquals("45678", part.text());
                assertEquals("pagecache; fwd=bypass; detail=status", part.cacheStatus());
            }
            site.getStoredThenHit("/p");
            Reply hit = site.get("/p", "Range: bytes=4-8");
            assertEquals("45678", hit.text());
            assertEquals("bytes 4-8/10", hit.one("Content-Range"));
            assertEquals(3, site.renders("/p"));
        }
    }

    @Test
    @DisplayName("The container's own servlet for files")
    void miss_files_areAnsweredByTheContainer(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("f.txt"), "0123456789");
        try (TestSite site = TestSite.with().files("/files/*", folder).start()) {
            Reply part = site.get("/files/f.txt", "Range: bytes=1-2");
            assertEquals(206, part.status(), part::toString);
            assertEquals("12", part.text());
            assertFalse(part.saysStored(), part::toString);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            bytes=4-8  | 45678 | bytes 4-8/10
            bytes=5-6  | 56    | bytes 5-6/10
            bytes=0-1  | -     | -
            bytes=5-   | -     | -
            bytes=-1   | -     | -
            """)
    @DisplayName("RFC 9111 section 3.3: with profile=rfc9111 a part answers ranges within it")
    void part_stored_answersRangesWithinIt(String range, String expected, String contentRange) {
        try (TestSite site =
                TestSite.with().param("profile", "rfc9111").page("/p", parts()).start()) {
            assertEquals("45678", site.get("/p", "Range: bytes=4-8").text());
            Reply reply = site.get("/p", "Range: " + range);
            if (expected == null) {
                assertEquals(2, site.renders("/p"));
                return;
            }
            assertEquals(206, reply.status(), reply::toString);
            assertEquals(expected, reply.text());
            assertEquals(List.of(contentRange), reply.values("Content-Range"));
            assertEquals("1", reply.one("X-Render"));
            assertTrue(reply.cacheStatus().startsWith("pagecache; hit"), reply::toString);
        }
    }

    @Test
    @DisplayName("RFC 9111 section 3.3: a part is no page")
    void part_stored_doesNotAnswerForTheWhole() {
        try (TestSite site =
                TestSite.with().param("profile", "rfc9111").page("/p", parts()).start()) {
            site.get("/p", "Range: bytes=4-8");
            assertEquals("0123456789", site.get("/p").text());
            Reply hit = site.get("/p", "Range: bytes=0-1");
            assertEquals("01", hit.text());
            assertEquals(2, site.renders("/p"));
        }
    }
}
