package dev.pagecache.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerReaderTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '"', textBlock = """
            "content",             200, "Content-Length: 3\\r\\n\\r\\nabc"
            "no content",          200, "content-length: 0\\r\\n\\r\\n"
            "304 without length",  304, "ETag: 1\\r\\n\\r\\n"
            "a CR before the end", 200, "Content-Length: 1\\r\\n\\r\\nx"
            """)
    void take_wholeAnswerByteByByte_endsAtItsLastByte(String name, int status, String rest) {
        AnswerReader reader = new AnswerReader(status);
        byte[] answer = ("HTTP/1.1 " + status + " X\r\n" + rest.translateEscapes()).getBytes(StandardCharsets.US_ASCII);

        for (int twice = 0; twice < 2; twice++) {
            int ended = 0;
            while (!reader.take(ByteBuffer.wrap(answer, ended, 1))) {
                ended++;
            }
            assertEquals(answer.length - 1, ended);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '"', textBlock = """
            "another status",   "HTTP/1.1 404 X\\r\\nContent-Length: 0\\r\\n\\r\\n"
            "no length",        "HTTP/1.1 200 OK\\r\\n\\r\\n"
            "more than it says", "HTTP/1.1 200 OK\\r\\nContent-Length: 1\\r\\n\\r\\nab"
            """)
    void take_answerNotExpected_throws(String name, String answer) {
        ByteBuffer in = ByteBuffer.wrap(answer.translateEscapes().getBytes(StandardCharsets.US_ASCII));

        assertThrows(IllegalStateException.class, () -> new AnswerReader(200).take(in));
    }

    @Test
    void take_headWithoutEnd_throws() {
        ByteBuffer in = ByteBuffer.wrap((OK + "x".repeat(20_000)).getBytes(StandardCharsets.US_ASCII));

        assertThrows(IllegalStateException.class, () -> new AnswerReader(200).take(in));
    }

    @Test
    void take_answerInOnePiece_isComplete() {
        ByteBuffer in = ByteBuffer.wrap((OK + "Content-Length: 2\r\n\r\nab").getBytes(StandardCharsets.US_ASCII));

        assertTrue(new AnswerReader(200).take(in));
    }
}
