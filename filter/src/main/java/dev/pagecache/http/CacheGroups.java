package dev.pagecache.http;

import dev.pagecache.http.StructuredValue.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The groups that {@code Cache-Groups} and {@code Cache-Group-Invalidation} name (RFC 9875 sections 2 and 3).
 *
 * <p>Safe for use by many threads.
 */
public final class CacheGroups {
    /** Most groups that are taken from one field; RFC 9875 section 2 asks for at least as many. */
    public static final int MAX_GROUPS = 128;

    /** Most characters of a group's name; RFC 9875 section 2 asks for at least 32. */
    public static final int MAX_CHARACTERS = 256;

    private CacheGroups() {}

    /**
     * Reads a list of groups. Parameters are ignored. Longer names are cut to {@value #MAX_CHARACTERS} characters,
     * those of pages and those that invalidate alike: groups may fall together by that, but none is missed.
     *
     * @param lines values of all lines of the field, in order
     * @return the names, ASCII, in order, each once, at most {@value #MAX_GROUPS}; empty if the field is not a list of
     *     Strings from its first to its last member. A name may be empty.
     */
    public static List<String> parse(List<String> lines) {
        List<StructuredValue> members = StructuredList.parse(String.join(", ", lines));
        if (members == null) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>();
        for (StructuredValue member : members) {
            if (member.kind() != Kind.STRING) {
                return List.of();
            }
            if (names.size() < MAX_GROUPS) {
                names.add(cut(member.text()));
            }
        }
        return List.copyOf(names);
    }

    private static String cut(String name) {
        return name.length() <= MAX_CHARACTERS ? name : name.substring(0, MAX_CHARACTERS);
    }
}
