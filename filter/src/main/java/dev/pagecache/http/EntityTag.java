package dev.pagecache.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entity tag (RFC 9110 section 8.8.3).
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param isWeak whether it only promises equivalence
 * @param opaque what stands between the quotes
 */
public record EntityTag(boolean isWeak, String opaque) {

    /**
     * Reads one entity tag.
     *
     * @param text for example {@code "a1"} or {@code W/"a1"}; the letter case of {@code W} counts
     * @return the tag, or null if the text is none
     */
    public static @Nullable EntityTag parse(String text) {
        return isTag(text) ? tag(text, 0, text.length()) : null;
    }

    /**
     * Whether a text is one entity tag.
     *
     * @param text what {@link #parse} reads
     * @return false if that gives null
     */
    public static boolean isTag(String text) {
        return endOf(text, 0) == text.length();
    }

    /**
     * Reads lists of entity tags, as in {@code If-None-Match}. A comma inside the quotes belongs to the tag; a member
     * that is no entity tag, such as {@code *}, is skipped.
     *
     * @param lines the field's values, in order
     * @return the tags, in order
     */
    public static List<EntityTag> parseList(List<String> lines) {
        List<EntityTag> tags = new ArrayList<>();
        for (String line : lines) {
            int at = 0;
            while (at < line.length()) {
                at = addMember(line, at, tags);
            }
        }
        return tags;
    }

    /** Adds the member that starts at a place if it is a tag; returns where the next one may start. */
    private static int addMember(String line, int from, List<EntityTag> tags) {
        int start = skipWhiteSpace(line, from);
        int end = endOf(line, start);
        if (end >= 0) {
            int next = skipWhiteSpace(line, end);
            if (next == line.length() || line.charAt(next) == ',') {
                tags.add(tag(line, start, end));
                return next + 1;
            }
        }
        int comma = line.indexOf(',', start);
        return comma < 0 ? line.length() : comma + 1;
    }

    private static int skipWhiteSpace(String line, int from) {
        int at = from;
        while (at < line.length() && FieldSyntax.isWhiteSpace(line.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Where the tag that starts at a place ends, or -1 if none starts there. */
    private static int endOf(String text, int from) {
        int at = text.startsWith("W/", from) ? from + 2 : from;
        if (at >= text.length() || text.charAt(at) != '"') {
            return -1;
        }
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c <= ' ' || c == 0x7F || c > 0xFF) {
                return -1;
            }
        }
        return -1;
    }

    private static EntityTag tag(String text, int from, int end) {
        boolean isWeak = text.charAt(from) == 'W';
        return new EntityTag(isWeak, text.substring(isWeak ? from + 3 : from + 1, end - 1));
    }

    /**
     * Strong comparison (RFC 9110 section 8.8.3.2).
     *
     * @param other another tag
     * @return true if both are strong and the same
     */
    public boolean matchesStrongly(EntityTag other) {
        return !isWeak && !other.isWeak && opaque.equals(other.opaque);
    }

    /**
     * Weak comparison (RFC 9110 section 8.8.3.2).
     *
     * @param other another tag
     * @return true if both are the same but for weakness
     */
    public boolean matchesWeakly(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    /** The form that stands in a field. */
    @Override
    public String toString() {
        return (isWeak ? "W/\"" : "\"") + opaque + '"';
    }
}
