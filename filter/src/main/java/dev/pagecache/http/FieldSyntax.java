package dev.pagecache.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The characters and lists of field values (RFC 9110 sections 5.5 and 5.6).
 *
 * <p>Safe for use by many threads.
 */
public final class FieldSyntax {
    private static final boolean[] IS_TOKEN_CHAR = tokenChars();

    private FieldSyntax() {}

    /**
     * Whether a text is a token (RFC 9110 section 5.6.2).
     *
     * @param text any text
     * @return true if it is one; an empty text is none
     */
    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /**
     * Whether a text may be sent as a field value (RFC 9110 section 5.5): Latin-1 without controls other than the tab.
     *
     * @param text any text
     * @return true if it may; an empty text may
     */
    public static boolean isFieldValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F || c > 0xFF) {
                return false;
            }
        }
        return true;
    }

    /**
     * The members of a list that may stretch over several lines (RFC 9110 section 5.6.1). A comma inside a
     * quoted-string separates nothing; a quoted-string without an end goes on to the end of its line.
     *
     * @param lines the field's values, in order
     * @return the members without surrounding white space, quotes kept; empty ones are left out
     */
    public static List<String> listMembers(List<String> lines) {
        List<String> members = new ArrayList<>();
        for (String line : lines) {
            addMembers(line, members);
        }
        return members;
    }

    private static void addMembers(String line, List<String> members) {
        int start = 0;
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (isQuoted && c == '\\') {
                i++;
            } else if (!isQuoted && c == ',') {
                addMember(line, start, i, members);
                start = i + 1;
            }
        }
        addMember(line, start, line.length(), members);
    }

    private static void addMember(String line, int from, int to, List<String> members) {
        String member = trim(line, from, to);
        if (!member.isEmpty()) {
            members.add(member);
        }
    }

    /** The part of a text without spaces and tabs around it (OWS, RFC 9110 section 5.6.3). */
    static String trim(String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isWhiteSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isTokenChar(char c) {
        return c < IS_TOKEN_CHAR.length && IS_TOKEN_CHAR[c];
    }

    /** Whether a text is one quoted-string from its first to its last character (RFC 9110 section 5.6.4). */
    static boolean isQuotedString(String text) {
        if (text.length() < 2 || text.charAt(0) != '"') {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i == text.length() - 1;
            }
            if (c == '\\') {
                i++;
            }
        }
        return false;
    }

    /** Whether the quoted-strings that a text opens all end. */
    static boolean isBalanced(String text) {
        boolean isQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (isQuoted && c == '\\') {
                i++;
            }
        }
        return !isQuoted;
    }

    /** The content of a quoted-string, escapes resolved. */
    static String unquote(String quotedString) {
        StringBuilder content = new StringBuilder(quotedString.length());
        for (int i = 1; i < quotedString.length() - 1; i++) {
            if (quotedString.charAt(i) == '\\') {
                i++;
            }
            content.append(quotedString.charAt(i));
        }
        return content.toString();
    }

    /** Appends a text as a quoted-string. */
    static void appendQuoted(StringBuilder to, String text) {
        to.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\');
            }
            to.append(c);
        }
        to.append('"');
    }

    private static boolean[] tokenChars() {
        boolean[] chars = new boolean[128];
        for (char c = '!'; c < 127; c++) {
            chars[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
        }
        return chars;
    }
}
