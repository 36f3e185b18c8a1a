package dev.pagecache.servlet;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A Content-Type as it is written, taken apart as far as a container does (RFC 9110 section 8.3.1). Immutable.
 *
 * @param withoutCharset what is written before and after the charset parameter
 * @param charset value of the charset parameter without quotes, or null if there is none
 * @param meaning the same for two spellings that differ in letter case of names or charset, in white space, or in
 *     quotes
 */
record MediaType(String withoutCharset, @Nullable String charset, String meaning) {

    static MediaType parse(String text) {
        int end = endOfPart(text, 0);
        String type = text.substring(0, end).strip();
        StringBuilder rest = new StringBuilder(type);
        StringBuilder meaning = new StringBuilder(type.toLowerCase(Locale.ROOT));
        String charset = null;
        while (end < text.length()) {
            int start = end + 1;
            end = endOfPart(text, start);
            String part = text.substring(start, end);
            int equals = part.indexOf('=');
            String name =
                    (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : unquoted(part.substring(equals + 1).strip());
            boolean isCharset = name.equals("charset");
            if (isCharset && charset == null && !value.isEmpty()) {
                charset = value;
            } else if (!isCharset) {
                rest.append(';').append(part);
            }
            if (!name.isEmpty()) {
                meaning.append(';').append(name).append('=').append(isCharset ? value.toLowerCase(Locale.ROOT) : value);
            }
        }
        return new MediaType(rest.toString(), charset, meaning.toString());
    }

    /** Type and subtype in lower case. */
    String essence() {
        int semicolon = withoutCharset.indexOf(';');
        return (semicolon < 0 ? withoutCharset : withoutCharset.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** JSON has one encoding only, and no charset parameter (RFC 8259 sections 8.1 and 11). */
    boolean isJson() {
        String essence = essence();
        return essence.endsWith("/json") || essence.endsWith("+json");
    }

    /** Where the next semicolon is that no quoted string holds, or the end. */
    private static int endOfPart(String text, int start) {
        boolean isQuoted = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == '\\' && isQuoted) {
                i++;
            } else if (c == ';' && !isQuoted) {
                return i;
            }
        }
        return text.length();
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || value.charAt(0) != '"' || value.charAt(value.length() - 1) != '"') {
            return value;
        }
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 1; i < value.length() - 1; i++) {
            if (value.charAt(i) == '\\' && i < value.length() - 2) {
                i++;
            }
            plain.append(value.charAt(i));
        }
        return plain.toString();
    }
}
