package dev.pagecache.entry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyWriterTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,          00
            1,          01
            127,        7f
            128,        8001
            16383,      ff7f
            16384,      808001
            2147483647, ffffffff07
            -1,         ffffffff0f
            """)
    void number_isWrittenInSevenBitGroups(int number, String expectedHex) {
        assertArrayEquals(
                hex(expectedHex), new KeyWriter(new byte[0], 0).number(number).toBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "plain ascii", "\u007f", "\u0080", "\u07ff", "\u0800", "\uffff", "a\u00e9\u20ac"})
    void text_withoutSurrogates_isLengthAndUtf8(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] expected = new byte[utf8.length + 1];
        expected[0] = (byte) utf8.length;
        System.arraycopy(utf8, 0, expected, 1, utf8.length);
        assertArrayEquals(expected, new KeyWriter(new byte[0], 0).text(text).toBytes());
    }

    @Test
    void text_surrogates_areWrittenOneByOne() {
        assertArrayEquals(
                hex("06eda0bdedb880"),
                new KeyWriter(new byte[0], 0).text("\ud83d\ude00").toBytes());
        assertArrayEquals(
                hex("03eda0bd"), new KeyWriter(new byte[0], 0).text("\ud83d").toBytes());
    }

    @Test
    void optional_absentAndEmpty_differ() {
        assertArrayEquals(
                hex("00"), new KeyWriter(new byte[0], 0).optional(null).toBytes());
        assertArrayEquals(
                hex("0100"), new KeyWriter(new byte[0], 0).optional("").toBytes());
    }

    @Test
    void toBytes_startAndSpareCapacity_areKeptAndCutOff() {
        assertArrayEquals(
                hex("0a0b0c"), new KeyWriter(hex("0a0b"), 100).octet(0x0C).toBytes());
        assertArrayEquals(hex("0a0b"), new KeyWriter(hex("0a0b"), 0).toBytes());
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
