package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored must be what a container writes, piece by piece and without an end of its encoder. */
final class TextBufferTest {
    private static final String TEXT = "a\u00e9\u0416\u3042\u4e2d\uac00b";

    @ParameterizedTest
    @MethodSource("storableCharsets")
    void encode_anyStorableCharset_isWhatAWriterWrites(Charset charset) throws IOException {
        StringBuilder known = new StringBuilder();
        for (int i = 0; i < TEXT.length(); i++) {
            char c = TEXT.charAt(i);
            if (charset.newEncoder().canEncode(c)) {
                known.append(c);
            }
        }
        for (int length = 0; length <= known.length(); length++) {
            String text = known.substring(0, length);
            TextBuffer buffer = new TextBuffer();
            buffer.append(text, 0, length);
            assertArrayEquals(written(text, charset), buffer.encode(charset.name()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "utf-8, true",
        "windows-1252, true",
        "Shift_JIS, true",
        "UTF-16LE, true",
        "UTF-16, false",
        "unicode, false",
        "ISO-2022-JP, false",
        "csISO2022JP, false",
        "jis, false",
        "cp930, false",
        "no-such-charset, false"
    })
    void storable_name_isJudgedByItsCharset(String name, boolean isStorable) {
        assertEquals(isStorable, TextBuffer.storable(name) != null);
    }

    static Stream<Charset> storableCharsets() {
        return Charset.availableCharsets().values().stream()
                .filter(charset -> TextBuffer.storable(charset.name()) != null);
    }

    private static byte[] written(String text, Charset charset) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OutputStreamWriter writer = new OutputStreamWriter(bytes, charset);
        for (int i = 0; i < text.length(); i++) {
            writer.write(text.charAt(i));
            writer.flush();
        }
        return bytes.toByteArray();
    }
}
