package dev.pagecache.conformance;

import java.util.Locale;

/**
 * One field line of a message.
 *
 * @param name in its letter case
 * @param value without white space around it, characters up to 255
 */
record Field(String name, String value) {
    boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    String lowerName() {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a line of a head as RFC 9112 section 5 asks a gateway to: white space before the colon goes.
     *
     * @throws OriginException for a line without a name, folded, or with a control character in it
     */
    static Field parse(String line) throws OriginException {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            throw new OriginException("a field line without a name");
        }
        String name = trimEnd(line.substring(0, colon));
        if (!isToken(name)) {
            throw new OriginException("a field name that is no token");
        }
        String value = trimStart(trimEnd(line.substring(colon + 1)));
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 127) {
                throw new OriginException("a control character in the field " + name);
            }
        }
        return new Field(name, value);
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isAlphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!isAlphanumeric && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static String trimStart(String text) {
        int start = 0;
        while (start < text.length() && isBlank(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    private static String trimEnd(String text) {
        int end = text.length();
        while (end > 0 && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
