package dev.pagecache.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a body is, in the order of RFC 9112 section 6.3. */
final class ResponseBodyTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
                    by length                             ; GET  ; 200 ; Content-Length: 3                           ; abcd              ; abc
                    by several lengths that are the same  ; GET  ; 200 ; Content-Length: 3, 3|Content-Length: 3      ; abcd              ; abc
                    no length: to the end                 ; GET  ; 200 ; X: y                                        ; abcd              ; abcd
                    chunks                                ; GET  ; 200 ; Transfer-Encoding: chunked                  ; 2|ab|1~x=y|c|0||  ; abc
                    chunks with trailer fields            ; GET  ; 200 ; Transfer-Encoding: Chunked                  ; 1|a|0|T: x||      ; a
                    chunks win over a length              ; GET  ; 200 ; Transfer-Encoding: chunked|Content-Length: 9; A|0123456789|0||  ; 0123456789
                    another coding ends with the connection; GET ; 200 ; Transfer-Encoding: other                    ; abc               ; abc
                    HEAD has none                         ; HEAD ; 200 ; Content-Length: 3                           ; abc               ; ''
                    204 has none                          ; GET  ; 204 ; Content-Length: 3                           ; abc               ; ''
                    304 has none                          ; GET  ; 304 ; Transfer-Encoding: chunked                  ; abc               ; ''
                    """)
    void copy_wholeBody_givesItsContent(String row, String method, int status, String fields, String wire, String body)
            throws IOException {
        assertEquals(
                body, copy(method, status, fields, wire.replace("|", "\r\n").replace("~", ";")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
                    shorter than its length               ; Content-Length: 3                         ; ab
                    lengths that differ                   ; Content-Length: 3, 4                      ; abcd
                    lines of length that differ           ; Content-Length: 3|Content-Length: 4       ; abcd
                    a length that is no number            ; Content-Length: x                         ; abcd
                    an empty length                       ; Content-Length:                           ; abcd
                    a negative length                     ; Content-Length: -1                        ; abcd
                    a length too large to count           ; Content-Length: 99999999999999999999      ; abcd
                    several codings                       ; Transfer-Encoding: gzip, chunked          ; 0||
                    several lines of codings              ; Transfer-Encoding: a|Transfer-Encoding: b ; 0||
                    a chunk that breaks off               ; Transfer-Encoding: chunked                ; 3|ab
                    no last chunk                         ; Transfer-Encoding: chunked                ; 2|ab|
                    no end of the trailer                 ; Transfer-Encoding: chunked                ; 2|ab|0|
                    a chunk longer than its size          ; Transfer-Encoding: chunked                ; 2|abc|0||
                    a size that is no number              ; Transfer-Encoding: chunked                ; x|ab|0||
                    """)
    void copy_bodyThatIsNotWhole_isRefused(String row, String fields, String wire) {
        assertThrows(OriginException.class, () -> copy("GET", 200, fields, wire.replace("|", "\r\n")));
    }

    private static String copy(String method, int status, String fields, String wire) throws IOException {
        String raw = "HTTP/1.1 " + status + " x\r\n" + fields.replace("|", "\r\n") + "\r\n\r\n" + wire;
        WireReader in = new WireReader(new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ResponseBody.of(method, ResponseHead.read(in)).copy(in, out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
