package dev.pagecache.entry;

/** What text may stand in a record: the same rules for writing and for reading. */
final class RecordText {
    private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";

    private RecordText() {}

    /** Whether a character may stand in a field name (RFC 9110 section 5.6.2). */
    static boolean isTokenChar(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_SYMBOLS.indexOf(c) >= 0;
    }

    /** Whether a character may stand in a field value: no controls but TAB (RFC 9110 section 5.5). */
    static boolean isValueChar(int c) {
        return (c >= 0x20 && c <= 0xFF && c != 0x7F) || c == '\t';
    }

    /** Whether a character may stand in a selecting name: visible US-ASCII. */
    static boolean isVisibleChar(int c) {
        return c > 0x20 && c < 0x7F;
    }
}
