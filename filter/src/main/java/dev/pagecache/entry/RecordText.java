package dev.pagecache.entry;

/** What may stand in a record: the same rules for writing and for reading. */
final class RecordText {
    /** Most field lines, tags, or names: each costs many times its bytes once it is read. */
    static final int MAX_LINES = 4_096;

    /** Most bytes of all tags with their lengths: reading them as UTF-8 takes a multiple of them for a moment. */
    static final int MAX_TAG_BYTES = 0xFFFF;

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
