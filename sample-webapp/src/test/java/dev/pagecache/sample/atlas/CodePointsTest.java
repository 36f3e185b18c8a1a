package dev.pagecache.sample.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CodePointsTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(textBlock = """
                    0041,   65
                    41,     65
                    e9,     233
                    E9,     233
                    1F600,  128512
                    10FFFF, 1114111
                    0,      0
                    """)
    void parse_hexDigits_giveCodePoint(String hex, int codePoint) {
        assertEquals(OptionalInt.of(codePoint), CodePoints.parse(hex));
    }

    @ParameterizedTest(name = "\"{0}\" is none")
    @ValueSource(
            strings = {"", "g", "0x41", "-1", "+41", " 41", "110000", "0000041", "FFFFFFFF", "\u0664\u0661", "41/"})
    void parse_anythingElse_givesNothing(String text) {
        assertEquals(OptionalInt.empty(), CodePoints.parse(text));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"65, 0041", "128512, 1F600", "1114111, 10FFFF"})
    void hex_codePoint_hasFourDigitsAtLeast(int codePoint, String hex) {
        assertEquals(hex, CodePoints.hex(codePoint));
    }

    @ParameterizedTest(name = "{0} shows as {1}")
    @CsvSource(textBlock = """
                    0041,  A
                    0301,  \u25CC\u0301
                    0007,  \u2407
                    0085,  ''
                    0020,  ''
                    200B,  ''
                    2028,  ''
                    D800,  ''
                    E000,  ''
                    0378,  ''
                    """)
    void glyph_kindOfCharacter_isSafeToShow(String hex, String glyph) {
        assertEquals(glyph, CodePoints.glyph(CodePoints.parse(hex).orElseThrow()));
    }

    @ParameterizedTest(name = "{0} reads {1}")
    @CsvSource({
        "GREEK_EXTENDED, Greek Extended",
        "CJK_UNIFIED_IDEOGRAPHS_EXTENSION_A, CJK Unified Ideographs Extension A",
        "IPA_EXTENSIONS, IPA Extensions",
        "MISCELLANEOUS_SYMBOLS_AND_ARROWS, Miscellaneous Symbols and Arrows",
        "NKO, N\u2019Ko"
    })
    void title_constant_becomesWords(String constant, String title) {
        assertEquals(title, CodePoints.title(constant));
    }
}
