package dev.pagecache.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lists and dictionaries of structured fields share: members, and the commas between them (RFC 9651 section 4.2).
 */
final class StructuredMember {
    private StructuredMember() {}

    /** An Item or an Inner List, its parameters read over (RFC 9651 section 4.2.1.1), or null if not well-formed. */
    static @Nullable StructuredValue read(BareItemReader in) {
        return in.take('(') ? innerList(in) : item(in);
    }

    private static @Nullable StructuredValue item(BareItemReader in) {
        StructuredValue value = in.bareItem();
        return value != null && areParameters(in) ? value : null;
    }

    /** RFC 9651 section 4.2.1.2; a list within it is not well-formed, so nothing nests. */
    private static @Nullable StructuredValue innerList(BareItemReader in) {
        List<StructuredValue> items = new ArrayList<>();
        in.skipSpaces();
        while (!in.take(')')) {
            StructuredValue item = item(in);
            if (item == null || (in.peek() != ' ' && in.peek() != ')')) {
                return null;
            }
            items.add(item);
            in.skipSpaces();
        }
        return areParameters(in) ? StructuredValue.ofItems(items) : null;
    }

    /** Moves on over what parameters there are; false if they are not well-formed (RFC 9651 section 4.2.3.2). */
    static boolean areParameters(BareItemReader in) {
        while (in.take(';')) {
            in.skipSpaces();
            if (in.key() == null || (in.take('=') && in.bareItem() == null)) {
                return false;
            }
        }
        return true;
    }

    /** Moves on to the next member or to the end of the text; false if neither follows. */
    static boolean isFollowed(BareItemReader in) {
        in.skipWhiteSpace();
        if (in.isAtEnd()) {
            return true;
        }
        if (!in.take(',')) {
            return false;
        }
        in.skipWhiteSpace();
        return !in.isAtEnd();
    }
}
