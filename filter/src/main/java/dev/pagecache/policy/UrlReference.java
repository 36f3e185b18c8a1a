package dev.pagecache.policy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a URI reference in a response leads to within the origin of its request (RFC 3986 section 5, RFC 9110 sections
 * 4.3.1, 8.7 and 10.2.2). Nothing in it is decoded or encoded.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param rawPath path with a slash at its start, as a client would send it
 * @param rawQuery query without question mark, or null if there is none
 */
public record UrlReference(String rawPath, @Nullable String rawQuery) {
    /** Most characters that a reference may have. */
    public static final int MAX_CHARACTERS = 16_384;

    /** Characters of a path besides letters, digits and percent-encoded octets (RFC 3986 section 3.3). */
    private static final String PATH = "-._~!$&'()*+,;=:@/";

    /** The same for a query and a fragment (RFC 3986 sections 3.4 and 3.5). */
    private static final String QUERY = PATH + "?";

    private static final int MAX_PORT = 65_535;

    /**
     * Resolves the value of {@code Location} or {@code Content-Location} against the URL of the request.
     *
     * @param reference the field's value
     * @param request the URL of the request
     * @return path and query of the target; null if it is of another origin than the request or has user information,
     *     or if the value is no URI reference or longer than {@value #MAX_CHARACTERS} characters
     */
    public static @Nullable UrlReference resolve(String reference, TargetUrl request) {
        if (reference.length() > MAX_CHARACTERS) {
            return null;
        }
        int hash = endBefore(reference, '#', reference.length());
        int mark = endBefore(reference, '?', hash);
        if (!isMadeOf(reference, hash + 1, reference.length(), QUERY) || !isMadeOf(reference, mark + 1, hash, QUERY)) {
            return null;
        }
        String query = mark < hash ? reference.substring(mark + 1, hash) : null;
        String hierarchy = reference.substring(0, mark);

        int slash = endBefore(hierarchy, '/', mark);
        int colon = endBefore(hierarchy, ':', slash);
        boolean hasScheme = colon < slash;
        if (hasScheme && !isSame(hierarchy.substring(0, colon), request.scheme())) {
            return null;
        }
        String rest = hasScheme ? hierarchy.substring(colon + 1) : hierarchy;
        if (rest.startsWith("//")) {
            int pathStart = indexOrEnd(rest, '/', 2);
            return isOrigin(rest.substring(2, pathStart), request) ? absolute(rest.substring(pathStart), query) : null;
        }
        // A scheme without an authority is no http URL.
        if (hasScheme || !isMadeOf(rest, 0, rest.length(), PATH)) {
            return null;
        }
        return relative(rest, query, request);
    }

    /** RFC 3986 section 5.2.2, with an authority: an empty path is that of the root (RFC 9110 section 4.2.3). */
    private static @Nullable UrlReference absolute(String path, @Nullable String query) {
        if (!isMadeOf(path, 0, path.length(), PATH)) {
            return null;
        }
        return new UrlReference(path.isEmpty() ? "/" : withoutDotSegments(path), query);
    }

    /** RFC 3986 section 5.2.2, without an authority. */
    private static @Nullable UrlReference relative(String path, @Nullable String query, TargetUrl request) {
        String base = request.rawPath();
        if (!base.startsWith("/")) {
            return null;
        }
        if (path.isEmpty()) {
            return new UrlReference(base, query == null ? request.query() : query);
        }
        String merged = path.startsWith("/") ? path : base.substring(0, base.lastIndexOf('/') + 1) + path;
        return new UrlReference(withoutDotSegments(merged), query);
    }

    /**
     * RFC 3986 section 5.2.4, for a path with a slash at its start. Each character is written and dropped at most once.
     */
    private static String withoutDotSegments(String path) {
        StringBuilder result = new StringBuilder(path.length());
        int start = 0;
        while (start < path.length()) {
            int end = indexOrEnd(path, '/', start + 1);
            boolean isLast = end == path.length();
            String segment = path.substring(start + 1, end);
            if (segment.equals("..")) {
                result.setLength(Math.max(0, result.lastIndexOf("/")));
            } else if (!segment.equals(".")) {
                result.append('/').append(segment);
                isLast = false;
            }
            if (isLast) {
                result.append('/');
            }
            start = end;
        }
        return result.toString();
    }

    /** Whether an authority is that of the request (RFC 9110 section 4.3.1). */
    private static boolean isOrigin(String authority, TargetUrl request) {
        // The colons of an address literal stand before its bracket, and only there.
        int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        String host = colon < 0 ? authority : authority.substring(0, colon);
        String portText = colon < 0 ? "" : authority.substring(colon + 1);
        int port = portText.isEmpty() ? defaultPort(request.scheme()) : port(portText);
        return isHost(host) && isSame(withoutBrackets(host), withoutBrackets(request.host())) && port == request.port();
    }

    /** Whether a host is there, with brackets only around an address (RFC 3986 section 3.2.2). */
    private static boolean isHost(String host) {
        return host.startsWith("[") ? host.indexOf(':') >= 0 : !host.isEmpty();
    }

    /** Containers differ in whether they keep the brackets of an address literal. */
    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int defaultPort(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "http" -> 80;
            case "https" -> 443;
            default -> -1;
        };
    }

    /** A port's number, or a negative number if the text is none. */
    private static int port(String text) {
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            port = port * 10 + c - '0';
            if (port > MAX_PORT) {
                return -1;
            }
        }
        return port;
    }

    /** Whether two texts are equal but for the letter case of ASCII letters. */
    private static boolean isSame(String one, String other) {
        if (one.length() != other.length()) {
            return false;
        }
        for (int i = 0; i < one.length(); i++) {
            if (lowerCase(one.charAt(i)) != lowerCase(other.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static char lowerCase(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c;
    }

    /** Whether a part of a text holds letters, digits, the given characters and percent-encoded octets only. */
    private static boolean isMadeOf(String text, int from, int to, String others) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= to || !isHexDigit(text.charAt(i + 1)) || !isHexDigit(text.charAt(i + 2))) {
                    return false;
                }
                i += 2;
            } else if (!isLetterOrDigit(c) && others.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    private static boolean isHexDigit(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    /** Where a character first stands before an end, or that end. */
    private static int endBefore(String text, char c, int end) {
        return Math.min(indexOrEnd(text, c, 0), end);
    }

    /** Where a character first stands from a place on, or the end of the text. */
    private static int indexOrEnd(String text, char c, int from) {
        int at = text.indexOf(c, from);
        return at < 0 ? text.length() : at;
    }
}
