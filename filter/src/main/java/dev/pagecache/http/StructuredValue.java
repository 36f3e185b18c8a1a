package dev.pagecache.http;

/**
 * The value of a member of a structured field, its parameters left out (RFC 9651 section 3).
 *
 * @param kind its type
 * @param text an Integer's sign and digits, a String's or a Token's characters without quotes and escapes, {@code 0} or
 *     {@code 1} for a Boolean; empty for other types
 */
record StructuredValue(Kind kind, String text) {

    /** The types that cache directives have (RFC 9213 section 2.1), and all others. */
    enum Kind {
        INTEGER,
        STRING,
        TOKEN,
        BOOLEAN,
        /** A Decimal, Byte Sequence, Date, Display String or Inner List. */
        OTHER
    }

    static final StructuredValue TRUE = new StructuredValue(Kind.BOOLEAN, "1");
    static final StructuredValue FALSE = new StructuredValue(Kind.BOOLEAN, "0");
    static final StructuredValue OTHER = new StructuredValue(Kind.OTHER, "");
}
