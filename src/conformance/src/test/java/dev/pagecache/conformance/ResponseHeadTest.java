package dev.pagecache.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads as RFC 9112 sections 2 and 4 have them. */
final class ResponseHeadTest {
    @Test
    void read_severalLinesOfOneName_keepsThemApartInTheirOrder() throws IOException {
        ResponseHead head = read("HTTP/1.1 200 OK\r\nA: 1\r\nB: 2\r\na: 3\r\n\r\nbody");
        assertEquals(List.of(new Field("A", "1"), new Field("B", "2"), new Field("a", "3")), head.fields());
        assertEquals(List.of("1", "3"), head.values("A"));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK, 200",
        "HTTP/1.0 404 Not Found, 404",
        "'HTTP/1.1 299 ', 299",
        "HTTP/1.1 599, 599",
        "HTTP/1.1 999 x y z, 999",
        "HTTP/1.1 103 Early Hints, 103"
    })
    void read_statusLine_givesAnyThreeDigits(String line, int status) throws IOException {
        ResponseHead head = read(line + "\r\n\r\n");
        assertEquals(status, head.status());
        assertEquals(status < 200, head.isInterim());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: 1\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 099 OK\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "ICY 200 OK yes\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: 1\r\n folded\r\n\r\n"
            })
    void read_headThatCannotBeUnderstood_isRefused(String raw) {
        assertThrows(OriginException.class, () -> read(raw));
    }

    @Test
    void read_headWithoutEnd_isRefusedWithinTheBound() {
        String raw = "HTTP/1.1 200 OK\r\n" + "A: 0123456789\r\n".repeat(WireReader.MAX_HEAD_CHARS / 10) + "\r\n";
        assertThrows(OriginException.class, () -> read(raw));
        assertThrows(
                OriginException.class, () -> read("HTTP/1.1 " + "0".repeat(WireReader.MAX_HEAD_CHARS) + "\r\n\r\n"));
    }

    private static ResponseHead read(String raw) throws IOException {
        return ResponseHead.read(new WireReader(new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1))));
    }
}
