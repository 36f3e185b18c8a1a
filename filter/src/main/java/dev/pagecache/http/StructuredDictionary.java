package dev.pagecache.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dictionaries of structured fields, read strictly (RFC 9651 section 4.2.2). */
final class StructuredDictionary {
    private StructuredDictionary() {}

    /**
     * Reads a dictionary. Of several members of one key the last counts, and parameters are left out.
     *
     * @param text all lines of the field, joined by commas
     * @return the members, or null if anything in the text is not well-formed
     */
    static @Nullable Map<String, StructuredValue> parse(String text) {
        Map<String, StructuredValue> members = new LinkedHashMap<>();
        BareItemReader in = new BareItemReader(text);
        in.skipSpaces();
        while (!in.isAtEnd()) {
            String key = in.key();
            StructuredValue value = key == null ? null : member(in);
            if (key == null || value == null) {
                return null;
            }
            members.put(key, value);
            in.skipWhiteSpace();
            if (in.isAtEnd()) {
                return members;
            }
            if (!in.take(',')) {
                return null;
            }
            in.skipWhiteSpace();
            if (in.isAtEnd()) {
                return null;
            }
        }
        return members;
    }

    private static @Nullable StructuredValue member(BareItemReader in) {
        if (!in.take('=')) {
            return areParameters(in) ? StructuredValue.TRUE : null;
        }
        return in.take('(') ? innerList(in) : item(in);
    }

    private static @Nullable StructuredValue item(BareItemReader in) {
        StructuredValue value = in.bareItem();
        return value != null && areParameters(in) ? value : null;
    }

    /** RFC 9651 section 4.2.1.2; a list within it is not well-formed, so nothing nests. */
    private static @Nullable StructuredValue innerList(BareItemReader in) {
        in.skipSpaces();
        while (!in.take(')')) {
            if (item(in) == null || (in.peek() != ' ' && in.peek() != ')')) {
                return null;
            }
            in.skipSpaces();
        }
        return areParameters(in) ? StructuredValue.OTHER : null;
    }

    /** Moves on over what parameters there are; false if they are not well-formed (RFC 9651 section 4.2.3.2). */
    private static boolean areParameters(BareItemReader in) {
        while (in.take(';')) {
            in.skipSpaces();
            if (in.key() == null || (in.take('=') && in.bareItem() == null)) {
                return false;
            }
        }
        return true;
    }
}
