package dev.pagecache.sample.atlas;

import java.util.Locale;
import java.util.OptionalInt;

/** How code points are read from addresses and written on pages. */
public final class CodePoints {

    /** The last code point of Unicode. */
    public static final int LAST = Character.MAX_CODE_POINT;

    private static final int MAX_HEX_DIGITS = 6;
    private static final String DOTTED_CIRCLE = "\u25CC";

    private CodePoints() {}

    /**
     * Reads a code point as an address has it.
     *
     * @param hex 1 to 6 hexadecimal digits in either letter case
     * @return the code point, or empty if the text has another form or names none
     */
    public static OptionalInt parse(String hex) {
        if (hex.isEmpty() || hex.length() > MAX_HEX_DIGITS) {
            return OptionalInt.empty();
        }
        int value = 0;
        for (int i = 0; i < hex.length(); i++) {
            int digit = hexDigit(hex.charAt(i));
            if (digit < 0) {
                return OptionalInt.empty();
            }
            value = value * 16 + digit;
        }
        return value > LAST ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /**
     * The one way in which addresses of this site spell a code point.
     *
     * @param codePoint 0 to 0x10FFFF
     * @return upper-case digits, at least four
     */
    public static String hex(int codePoint) {
        return String.format(Locale.ROOT, "%04X", codePoint);
    }

    /**
     * The spelling of the Unicode standard.
     *
     * @param codePoint 0 to 0x10FFFF
     * @return such as {@code U+1F600}
     */
    public static String label(int codePoint) {
        return "U+" + hex(codePoint);
    }

    /**
     * The text that shows a character on a page.
     *
     * @param codePoint 0 to 0x10FFFF
     * @return the character, on a dotted circle if it combines; the control picture of a control code; empty if there
     *     is nothing to see or the character cannot stand in a page
     */
    public static String glyph(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UNASSIGNED,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> "";
            case Character.CONTROL -> codePoint < 0x20 ? Character.toString(0x2400 + codePoint) : "";
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
                DOTTED_CIRCLE + Character.toString(codePoint);
            default -> Character.toString(codePoint);
        };
    }

    /**
     * Whether the character combines with the one before it.
     *
     * @param codePoint 0 to 0x10FFFF
     * @return true for the three kinds of marks
     */
    static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    /**
     * Words instead of the JDK's constants.
     *
     * @param constant such as {@code GREEK_EXTENDED}
     * @return such as {@code Greek Extended}
     */
    static String title(String constant) {
        StringBuilder title = new StringBuilder(constant.length());
        for (String word : constant.split("_", -1)) {
            if (title.length() > 0) {
                title.append(' ');
            }
            title.append(titleWord(word));
        }
        return title.toString();
    }

    private static String titleWord(String word) {
        return switch (word) {
            case "CJK", "IPA", "A", "B", "C", "D", "E", "F", "G", "H", "I", "II" -> word;
            case "AND", "OF", "FOR" -> word.toLowerCase(Locale.ROOT);
            case "NKO" -> "N\u2019Ko";
            default ->
                word.isEmpty() ? word : word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
        };
    }

    // Not Character.digit, which takes the digits of every script.
    private static int hexDigit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'A' && c <= 'F') {
            return c - 'A' + 10;
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
