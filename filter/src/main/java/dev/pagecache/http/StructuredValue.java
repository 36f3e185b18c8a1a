package dev.pagecache.http;

import java.util.List;

/**
 * The value of a member of a structured field, its parameters left out (RFC 9651 section 3).
 *
 * @param kind its type
 * @param text an Integer's sign and digits, a String's or a Token's characters without quotes and escapes, {@code 0} or
 *     {@code 1} for a Boolean; empty for other types
 * @param items an Inner List's items in order; empty for other types
 */
record StructuredValue(Kind kind, String text, List<StructuredValue> items) {

    /** The types that the fields known here have, and all others. */
    enum Kind {
        INTEGER,
        STRING,
        TOKEN,
        BOOLEAN,
        INNER_LIST,
        /** A Decimal, Byte Sequence, Date or Display String. */
        OTHER
    }

    static final StructuredValue TRUE = new StructuredValue(Kind.BOOLEAN, "1");
    static final StructuredValue FALSE = new StructuredValue(Kind.BOOLEAN, "0");
    static final StructuredValue OTHER = new StructuredValue(Kind.OTHER, "");

    /** Copies the items. */
    StructuredValue {
        items = List.copyOf(items);
    }

    StructuredValue(Kind kind, String text) {
        this(kind, text, List.of());
    }

    /** An Inner List. */
    static StructuredValue ofItems(List<StructuredValue> items) {
        return new StructuredValue(Kind.INNER_LIST, "", items);
    }
}
