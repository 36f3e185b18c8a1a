package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Coded variants (T12; CVE-2026-22741, CVE-2024-35296): nobody gets a coding that was made for another, nor one of a
 * coding, whatever is in the field that chooses.
 */
@ParameterizedClass
@MethodSource("stages")
final class EncodedVariantsIT {
    private static final String TEXT = "some text that repeats itself. ".repeat(100);

    private static final List<String> ENCODINGS = List.of(
            "gzip",
            "GZIP",
            "x-gzip",
            "gzip;q=0",
            "gzip;q=0.0001",
            "gzip;q=1.5",
            "gzip;q=",
            "identity",
            "identity;q=0",
            "identity;q=0, gzip",
            "*",
            "*;q=0",
            "gzip, deflate, br, zstd",
            "deflate",
            "garbage",
            "gzip garbage",
            "gzip\tgarbage",
            ",,,gzip,,,",
            "\"gzip\"",
            "gzip;gzip;gzip",
            "",
            "q=gzip",
            "gzip=1",
            "gz\u00efp",
            "aws-chunked",
            "gzip".repeat(500));

    /** Who codes: the page with and without Vary, or a filter behind the cache. */
    private static final List<String> CODERS = List.of("/vary", "/silent", "/filtered", "/always");

    private final Stage stage;

    EncodedVariantsIT(Stage stage) {
        this.stage = stage;
    }

    static Stream<Stage> stages() {
        return Stage.each(() -> TestSite.with()
                .after(codingFilter())
                .page("/vary/*", (request, response) -> {
                    response.setHeader("Vary", "Accept-Encoding");
                    write(response, wantsGzip(request));
                })
                .page("/silent/*", (request, response) -> write(response, wantsGzip(request)))
                .page("/filtered/*", View.text(TEXT))
                .page("/always/*", (request, response) -> write(response, true)));
    }

    private static boolean wantsGzip(HttpServletRequest request) {
        String accepted = request.getHeader("Accept-Encoding");
        return accepted != null && accepted.contains("gzip") && !accepted.contains("gzip;q=0");
    }

    private static void write(HttpServletResponse response, boolean isCoded) throws IOException {
        response.setContentType("text/plain;charset=utf-8");
        byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
        if (isCoded) {
            response.setHeader("Content-Encoding", "gzip");
            text = coded(text);
        }
        response.getOutputStream().write(text);
    }

    private static byte[] coded(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        }
        return bytes.toByteArray();
    }

    /** Codes once what comes through it, as such filters do, and forwards to the page for that. */
    private static Filter codingFilter() {
        return (request, response, chain) -> {
            HttpServletRequest asked = (HttpServletRequest) request;
            if (asked.getServletPath().equals("/filtered") && wantsGzip(asked)) {
                asked.getRequestDispatcher("/always" + asked.getPathInfo()).forward(request, response);
            } else {
                chain.doFilter(request, response);
            }
        };
    }

    /** Whoever comes first, the attacker or a client that takes gzip. */
    @ParameterizedTest
    @FieldSource("ENCODINGS")
    void encoding_ofOne_isNotGivenToAnother(String encoding) throws IOException {
        for (String coder : CODERS) {
            for (int order = 0; order < 2; order++) {
                String target = coder + "/" + ENCODINGS.indexOf(encoding) + "/" + order;
                if (order > 0) {
                    assertRight(coder, true, ask(target, true));
                }
                stage.get(target, "Accept-Encoding: " + encoding);
                assertText(stage.get(target, "Accept-Encoding: " + encoding));
                assertRight(coder, false, ask(target, false));
                assertRight(coder, true, ask(target, true));
            }
        }
    }

    private Reply ask(String target, boolean takesGzip) {
        return takesGzip ? stage.get(target, "Accept-Encoding: gzip") : stage.get(target);
    }

    private static void assertRight(String coder, boolean takesGzip, Reply reply) throws IOException {
        assertEquals(
                takesGzip || coder.equals("/always"),
                Objects.equals(reply.field("Content-Encoding"), "gzip"),
                reply::toString);
        assertText(reply);
    }

    /** Coded as it says, and once. */
    private static void assertText(Reply reply) throws IOException {
        assertEquals(200, reply.status(), reply::toString);
        byte[] body = reply.body();
        if (reply.has("Content-Encoding")) {
            assertEquals("gzip", reply.one("Content-Encoding"));
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        assertEquals(TEXT, new String(body, StandardCharsets.UTF_8));
        assertFalse(body.length > 1 && body[0] == 0x1f, "coded twice");
    }

    /** Two codings have two tags: a part of one is not joined to a part of the other. */
    @ParameterizedTest
    @FieldSource("CODERS")
    void variants_ofOnePage_haveTheirOwnTags(String coder) {
        String plain = stage.warm(coder + "/tag").one("ETag");
        Reply coded = stage.warm(coder + "/tag", "Accept-Encoding: gzip");
        assertEquals(coder.equals("/always"), plain.equals(coded.one("ETag")), coded::toString);
        Reply part = stage.get(coder + "/tag", "Accept-Encoding: gzip", "Range: bytes=0-1", "If-Range: " + plain);
        byte[] whole = coded.body();
        byte[] expected = part.status() == 206 ? Arrays.copyOf(whole, 2) : whole;
        assertTrue(part.status() == 200 || coder.equals("/always"), part::toString);
        assertEquals(expected.length, part.body().length);
    }
}
