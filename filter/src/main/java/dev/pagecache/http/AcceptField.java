package dev.pagecache.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Accept} field (RFC 9110 section 12.5.1).
 *
 * <p>Safe for use by many threads.
 */
public final class AcceptField {
    private AcceptField() {}

    /**
     * The form that a field shares with those that differ from it in white space, empty members and parameters, and the
     * letter case of types and of parameter names (RFC 9110 sections 5.6.6 and 8.3.1). Order and values are kept.
     *
     * @param value the field's combined value
     * @return the form, or null if a member is no media range
     */
    public static @Nullable String canonical(String value) {
        StringBuilder form = new StringBuilder(value.length());
        for (String member : FieldSyntax.listMembers(List.of(value))) {
            form.append(form.isEmpty() ? "" : ", ");
            if (!appendRange(member, form)) {
                return null;
            }
        }
        return form.toString();
    }

    /** Appends a media range with its parameters; false if it is none. */
    private static boolean appendRange(String member, StringBuilder form) {
        int start = 0;
        while (start <= member.length()) {
            int end = endOfPart(member, start);
            String part = FieldSyntax.trim(member, start, end);
            if (start == 0 ? !appendType(part, form) : !appendParameter(part, form)) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    /** Where the next semicolon outside quoted-strings stands, or the text ends. */
    private static int endOfPart(String text, int from) {
        boolean isQuoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (isQuoted && c == '\\') {
                i++;
            } else if (!isQuoted && c == ';') {
                return i;
            }
        }
        return text.length();
    }

    private static boolean appendType(String part, StringBuilder form) {
        int slash = part.indexOf('/');
        if (slash < 0
                || !FieldSyntax.isToken(part.substring(0, slash))
                || !FieldSyntax.isToken(part.substring(slash + 1))) {
            return false;
        }
        form.append(part.toLowerCase(Locale.ROOT));
        return true;
    }

    private static boolean appendParameter(String part, StringBuilder form) {
        if (part.isEmpty()) {
            return true;
        }
        int equals = part.indexOf('=');
        if (equals < 0 || !FieldSyntax.isToken(part.substring(0, equals))) {
            return false;
        }
        String value = part.substring(equals + 1);
        if (!FieldSyntax.isToken(value) && !FieldSyntax.isQuotedString(value)) {
            return false;
        }
        form.append(';').append(part.substring(0, equals).toLowerCase(Locale.ROOT));
        form.append('=').append(value);
        return true;
    }
}
