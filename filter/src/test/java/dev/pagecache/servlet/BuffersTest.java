package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BodyBuffer and TextBuffer. */
final class BuffersTest {

    /** Sizes of the pieces in which a buffer replays what was appended in pieces of the given sizes. */
    private static List<Integer> replayed(BodyBuffer buffer) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        buffer.replay(new OutputStream() {
            @Override
            public void write(int octet) {
                throw new AssertionError("octet by octet");
            }

            @Override
            public void write(byte[] source, int offset, int length) {
                sizes.add(length);
            }
        });
        return sizes;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            nothing                                      ; -               ; -
            one piece                                    ; 5000            ; 5000
            large pieces stay apart                      ; 5000 2000       ; 5000 2000
            small pieces become one                      ; 10 20 30        ; 60
            small ones up to a kibibyte                  ; 1000 24         ; 1024
            and no further                               ; 1000 25         ; 1000 25
            a small one behind a large one is its own    ; 1025 1          ; 1025 1
            and takes the next small one                 ; 1025 1 1        ; 1025 2
            a large one behind a small one is its own    ; 1 1025          ; 1 1025
            """)
    void bodyBuffer_replay_keepsThePieces(String sentence, @Nullable String written, @Nullable String expected)
            throws IOException {
        BodyBuffer buffer = new BodyBuffer();
        for (int size : sizes(written)) {
            buffer.append(new byte[size], 0, size);
        }
        assertEquals(sizes(expected), replayed(buffer), sentence);
    }

    private static List<Integer> sizes(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(" ", -1)).map(Integer::valueOf).toList();
    }

    @Test
    void bodyBuffer_randomPieces_comeOutAsTheyWentIn() throws IOException {
        long seed = 7;
        RandomGenerator random = new SplittableRandom(seed);
        for (int round = 0; round < 50; round++) {
            BodyBuffer buffer = new BodyBuffer();
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            for (int i = random.nextInt(60); i > 0; i--) {
                byte[] piece = new byte[random.nextInt(3000)];
                random.nextBytes(piece);
                int offset = random.nextInt(piece.length + 1);
                buffer.append(piece, offset, piece.length - offset);
                buffer.append(offset);
                expected.write(piece, offset, piece.length - offset);
                expected.write(offset);
            }
            assertEquals(expected.size(), buffer.size());
            ByteArrayOutputStream actual = new ByteArrayOutputStream();
            buffer.replay(actual);
            assertArrayEquals(expected.toByteArray(), actual.toByteArray(), "seed " + seed);
            assertArrayEquals(expected.toByteArray(), buffer.toBytes(), "seed " + seed);
        }
    }

    /** No octet of what was dropped may come out again. */
    @Test
    void bodyBuffer_cleared_holdsNothingOfBefore() throws IOException {
        BodyBuffer buffer = new BodyBuffer();
        buffer.append(new byte[] {1, 2, 3}, 0, 3);
        buffer.clear();
        assertEquals(0, buffer.size());
        assertEquals(List.of(), replayed(buffer));
        buffer.append(9);
        assertArrayEquals(new byte[] {9}, buffer.toBytes());
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(nullValues = "-", textBlock = """
            plain,          UTF-8,        true
            plain,          US-ASCII,     true
            caf\u00e9,      ISO-8859-1,   true
            caf\u00e9,      utf-8,        true
            caf\u00e9,      US-ASCII,     false
            \u20ac,         ISO-8859-1,   false
            \u20ac,         windows-1252, true
            \ud83d\ude00,   UTF-8,        true
            \ud83d,         UTF-8,        false
            plain,          UTF-16LE,     true
            plain,          UTF-16,       false
            plain,          utf-16,       false
            plain,          UTF-32,       false
            plain,          ISO-2022-JP,  false
            plain,          UTF-7,        false
            plain,          x-unknown,    false
            plain,          not a name!,  false
            plain,          -,            false
            """)
    void textBuffer_encode_onlyWhatTheCharsetHas(String text, @Nullable String charset, boolean isEncoded) {
        TextBuffer buffer = new TextBuffer();
        buffer.append(text, 0, text.length());
        byte[] encoded = buffer.encode(charset);
        if (isEncoded) {
            assertNotNull(charset);
            assertNotNull(encoded);
            assertArrayEquals(text.getBytes(Charset.forName(charset)), encoded);
        } else {
            assertNull(encoded);
        }
    }

    @Test
    void textBuffer_pieces_areJoined() {
        TextBuffer buffer = new TextBuffer();
        buffer.append("xabcx", 1, 3);
        buffer.append("ydefy".toCharArray(), 1, 3);
        buffer.append("\u00e9".repeat(5000), 0, 5000);
        assertEquals(5006, buffer.size());
        assertArrayEquals(("abcdef" + "\u00e9".repeat(5000)).getBytes(StandardCharsets.UTF_8), buffer.encode("UTF-8"));
        assertEquals("abcdef", new String(buffer.chars(), 0, 6));
        buffer.clear();
        assertArrayEquals(new byte[0], buffer.encode("UTF-8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-15", "Shift_JIS", "GB18030", "UTF-16BE"})
    void storable_charsetWithoutState_is(String name) {
        assertEquals(Charset.forName(name), TextBuffer.storable(name));
    }
}
