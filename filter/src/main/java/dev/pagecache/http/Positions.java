package dev.pagecache.http;

/** Byte positions and lengths as ranges write them: digits, in any number (RFC 9110 section 14.1.1). */
final class Positions {
    /** Not a number. */
    static final long NONE = -1;

    private Positions() {}

    /** The number that stands in a part of a text; {@link Long#MAX_VALUE} means that or more. */
    static long parse(String text, int from, int to) {
        if (from >= to) {
            return NONE;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            boolean isTooLarge = number > (Long.MAX_VALUE - digit) / 10;
            number = isTooLarge ? Long.MAX_VALUE : number * 10 + digit;
        }
        return number;
    }

    /** Whether the number in one part of a text is greater than that in another part, however long both are. */
    static boolean isGreater(String text, int from, int to, int otherFrom, int otherTo) {
        int start = skipZeros(text, from, to);
        int otherStart = skipZeros(text, otherFrom, otherTo);
        int digits = to - start;
        int otherDigits = otherTo - otherStart;
        if (digits != otherDigits) {
            return digits > otherDigits;
        }
        for (int i = 0; i < digits; i++) {
            int difference = text.charAt(start + i) - text.charAt(otherStart + i);
            if (difference != 0) {
                return difference > 0;
            }
        }
        return false;
    }

    private static int skipZeros(String text, int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) == '0') {
            at++;
        }
        return at;
    }
}
