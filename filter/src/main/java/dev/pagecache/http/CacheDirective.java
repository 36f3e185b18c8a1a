package dev.pagecache.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One directive of a {@code Cache-Control} field, well-formed or not (RFC 9111 section 5.2).
 *
 * @param text how it was spelled
 * @param name lower-case name
 * @param argument as it was spelled, quotes included, or null
 */
record CacheDirective(String text, String name, @Nullable String argument) {

    /** Reads a member of the list, which has no white space around it. */
    static CacheDirective of(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : FieldSyntax.trim(text, 0, equals);
        String argument = equals < 0 ? null : text.substring(equals + 1);
        return new CacheDirective(text, name.toLowerCase(Locale.ROOT), argument);
    }

    boolean isWellFormed() {
        int nameLength = argument == null ? text.length() : text.length() - argument.length() - 1;
        return nameLength == name.length()
                && FieldSyntax.isToken(name)
                && (argument == null || FieldSyntax.isToken(argument) || FieldSyntax.isQuotedString(argument));
    }
}
