package dev.pagecache.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of structured fields, read strictly (RFC 9651 section 4.2.1). */
final class StructuredList {
    private StructuredList() {}

    /**
     * Reads a list. Parameters are left out.
     *
     * @param text all lines of the field, joined by commas
     * @return the members in order, or null if anything in the text is not well-formed
     */
    static @Nullable List<StructuredValue> parse(String text) {
        List<StructuredValue> members = new ArrayList<>();
        BareItemReader in = new BareItemReader(text);
        in.skipSpaces();
        while (!in.isAtEnd()) {
            StructuredValue value = StructuredMember.read(in);
            if (value == null || !StructuredMember.isFollowed(in)) {
                return null;
            }
            members.add(value);
        }
        return members;
    }
}
