package dev.pagecache.sample.atlas;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.StringJoiner;

/** How a character is spelt in encodings and in source text. */
final class Spelling {

    private Spelling() {}

    /** Bytes in UTF-8, or a dash for a surrogate, which has none. */
    static String utf8(int codePoint) {
        if (isSurrogate(codePoint)) {
            return "\u2013";
        }
        StringJoiner bytes = new StringJoiner(" ");
        for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            bytes.add(String.format(Locale.ROOT, "%02X", b & 0xFF));
        }
        return bytes.toString();
    }

    /** One unit of 16 bits, or a pair of surrogates. */
    static String utf16(int codePoint) {
        StringJoiner units = new StringJoiner(" ");
        for (char unit : Character.toChars(codePoint)) {
            units.add(CodePoints.hex(unit));
        }
        return units.toString();
    }

    /** A character reference. */
    static String html(int codePoint) {
        return String.format(Locale.ROOT, "&#x%X;", codePoint);
    }

    /** Escapes of a Java string literal. */
    static String java(int codePoint) {
        StringBuilder escapes = new StringBuilder();
        for (char unit : Character.toChars(codePoint)) {
            escapes.append('\\').append('u').append(CodePoints.hex(unit));
        }
        return escapes.toString();
    }

    /** An escape of a CSS string. */
    static String css(int codePoint) {
        return String.format(Locale.ROOT, "\\%06X", codePoint);
    }

    /** Percent-encoded for an address, or a dash for a surrogate. */
    static String percent(int codePoint) {
        return isSurrogate(codePoint) ? "\u2013" : "%" + utf8(codePoint).replace(" ", "%");
    }

    private static boolean isSurrogate(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }
}
