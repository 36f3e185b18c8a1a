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
            StructuredValue value = key == null ? null : value(in);
            if (key == null || value == null || !StructuredMember.isFollowed(in)) {
                return null;
            }
            members.put(key, value);
        }
        return members;
    }

    /** What follows a key; a key alone is a Boolean that is true. */
    private static @Nullable StructuredValue value(BareItemReader in) {
        if (in.take('=')) {
            return StructuredMember.read(in);
        }
        return StructuredMember.areParameters(in) ? StructuredValue.TRUE : null;
    }
}
