package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * HEAD, ranges and conditions as the first request for a page (T11; CVE-2018-8005): what answers them never stands for
 * the page, and no range costs more than the page.
 */
@ParameterizedClass
@MethodSource("stages")
final class RangesAndConditionsIT {
    private static final String PAGE = "0123456789".repeat(1_000);

    private static final List<String> FIRST_REQUESTS = List.of(
            "HEAD ",
            "HEAD Range: bytes=0-1",
            "GET Range: bytes=0-1",
            "GET Range: bytes=-1",
            "GET Range: bytes=0-1,5-6",
            "GET Range: bytes=99999-",
            "GET Range: bytes=0-1\r\nIf-Range: \"v\"",
            "GET Range: bytes=0-1\r\nIf-Range: \"other\"",
            "GET Range: octets=0-1",
            "GET If-None-Match: \"v\"",
            "GET If-None-Match: *",
            "GET If-Modified-Since: Fri, 31 Dec 2100 00:00:00 GMT",
            "GET If-Match: \"other\"",
            "GET If-Match: *",
            "GET If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
            "GET If-None-Match: \"v\"\r\nRange: bytes=0-1");

    private final Stage stage;

    RangesAndConditionsIT(Stage stage) {
        this.stage = stage;
    }

    static Stream<Stage> stages() {
        return Stage.each(() -> TestSite.with()
                .param("statuses", "200,304,206,412,416")
                .page("/plain/*", View.text(PAGE))
                .page("/own/*", RangesAndConditionsIT::answerItself)
                .page("/unasked/*", (request, response) -> {
                    response.setStatus(Integer.parseInt(
                            request.getHeader("X-Status") == null ? "200" : request.getHeader("X-Status")));
                    response.getWriter().write(PAGE);
                }));
    }

    /** As an application does that knows of all this. */
    private static void answerItself(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("ETag", "\"v\"");
        response.setDateHeader("Last-Modified", 1_000_000_000_000L);
        String range = request.getHeader("Range");
        if (request.getHeader("If-Match") != null
                && !request.getHeader("If-Match").contains("v")) {
            response.setStatus(412);
        } else if (request.getHeader("If-None-Match") != null || request.getDateHeader("If-Modified-Since") > 0) {
            response.setStatus(304);
        } else if (range != null && range.startsWith("bytes=99999")) {
            response.setStatus(416);
            response.setHeader("Content-Range", "bytes */10000");
        } else if (range != null) {
            response.setStatus(206);
            response.setHeader("Content-Range", "bytes 0-1/10000");
            response.getWriter().write("01");
        } else {
            response.getWriter().write(PAGE);
        }
    }

    @ParameterizedTest
    @FieldSource("FIRST_REQUESTS")
    void firstRequest_forLessThanThePage_leavesThePageToOthers(String request) {
        String method = request.substring(0, request.indexOf(' '));
        String fields = request.substring(request.indexOf(' ') + 1);
        for (String path : List.of("/plain/", "/own/")) {
            String target = path + FIRST_REQUESTS.indexOf(request);
            for (int i = 0; i < 3; i++) {
                stage.send(method, target, fields.isEmpty() ? "X-A: 1" : fields);
                Reply whole = stage.get(target);
                assertEquals(200, whole.status(), () -> target + ": " + whole);
                assertEquals(PAGE, whole.text());
                assertFalse(whole.has("Content-Range"), whole::toString);
            }
            assertEquals(PAGE, stage.warm(target).text());
        }
    }

    /** A status of a part or a condition that nobody asked for. */
    @ParameterizedTest
    @FieldSource("UNASKED")
    void status_unasked_isNotGivenToOthers(String status) {
        String target = "/unasked/" + status;
        stage.get(target, "X-Status: " + status);
        Reply second = stage.get(target, "X-Status: " + status);
        assertFalse(second.isHit() && second.status() != 412 && second.status() != 416, second::toString);
        assertEquals(PAGE, stage.get(target).text());
        assertEquals(200, stage.get(target).status());
    }

    static final List<String> UNASKED = List.of("206", "304", "412", "416");

    /** CVE-2018-8005: however many ranges are asked for, and however they overlap. */
    @ParameterizedTest
    @MethodSource("manyRanges")
    void ranges_withoutEnd_costNoMoreThanThePage(String ranges) {
        stage.warm("/plain/ranges");
        Reply reply = stage.get("/plain/ranges", "Range: bytes=" + ranges);
        assertTrue(List.of(200, 206, 416).contains(reply.status()), reply::toString);
        assertTrue(reply.body().length <= 2 * PAGE.length(), reply::toString);
        assertEquals(PAGE, stage.get("/plain/ranges").text());
    }

    static List<String> manyRanges() {
        return List.of(
                repeat("0-"),
                repeat("0-9999"),
                repeat("-1"),
                repeat("5-5"),
                IntStream.range(0, 500).mapToObj(i -> 2 * i + "-" + 2 * i).collect(Collectors.joining(",")),
                "0-,".repeat(60) + "0-",
                "0-0,0-1,0-2,0-3,0-4,0-5,0-6,0-7",
                ",".repeat(5_000) + "0-1",
                "0-1" + " ".repeat(5_000) + ",2-3",
                "18446744073709551615-18446744073709551616",
                "0-18446744073709551616");
    }

    private static String repeat(String range) {
        return IntStream.range(0, 800).mapToObj(i -> range).collect(Collectors.joining(","));
    }

    /** What one client has is nothing to another: a condition is never answered by what others said. */
    @Test
    void condition_ofOneClient_isNotAnsweredToAnother() {
        Reply kept = stage.warm("/plain/tag");
        String tag = kept.one("ETag");
        assertEquals(304, stage.get("/plain/tag", "If-None-Match: " + tag).status());
        assertEquals(200, stage.get("/plain/tag", "If-None-Match: \"other\"").status());
        assertEquals(PAGE, stage.get("/plain/tag").text());
    }
}
