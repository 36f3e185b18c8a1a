package dev.pagecache.http;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * The request fields that select a response (RFC 9110 section 12.5.5).
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param isAny whether anything may have selected it, so that it answers no other request: {@code *} stands in the
 *     field, or something that is no field name
 * @param names lower-case field names, sorted, each once; empty if {@code isAny}
 */
public record VaryField(boolean isAny, List<String> names) {
    private static final VaryField ANY = new VaryField(true, List.of());
    private static final VaryField NONE = new VaryField(false, List.of());

    /** Copies the names. */
    public VaryField {
        names = List.copyOf(names);
    }

    /**
     * Reads the field.
     *
     * @param lines values of all {@code Vary} lines
     * @return the field; no names if there are no lines
     */
    public static VaryField parse(List<String> lines) {
        TreeSet<String> names = new TreeSet<>();
        for (String line : lines) {
            int start = 0;
            while (start <= line.length()) {
                int comma = line.indexOf(',', start);
                int end = comma < 0 ? line.length() : comma;
                String name = FieldSyntax.trim(line, start, end);
                start = end + 1;
                if (name.isEmpty()) {
                    continue;
                }
                if (name.equals("*") || !FieldSyntax.isToken(name)) {
                    return ANY;
                }
                names.add(name.toLowerCase(Locale.ROOT));
            }
        }
        return names.isEmpty() ? NONE : new VaryField(false, List.copyOf(names));
    }
}
