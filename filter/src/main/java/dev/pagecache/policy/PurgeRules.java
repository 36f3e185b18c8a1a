package dev.pagecache.policy;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What somebody who purges by hand means, as names that pages are under. All text is taken as hostile: what could be
 * meant in two ways is refused, with a sentence that names the rule and does not repeat the text.
 */
public final class PurgeRules {
    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    /** A page and its whole URL are not cached beyond this. */
    private static final int MAX_CHARACTERS = HTTPS.length() + RequestRules.MAX_HOST + 8 + RequestRules.MAX_URL;

    private PurgeRules() {}

    /**
     * The names of the pages of one URL, spelled as a client sends it.
     *
     * @param url an http or https URL; or a path with its query, where the settings name the authority
     * @param policy the filter's settings
     * @return the names to raise
     * @throws IllegalArgumentException if it is no such URL, or one whose pages are not cached
     */
    public static Set<String> url(String url, PagePolicy policy) {
        check(url, "URL");
        int mark = url.indexOf('?');
        String query = mark < 0 ? null : policy.hidden().visibleQuery(url.substring(mark + 1));
        Place place = place(mark < 0 ? url : url.substring(0, mark), policy, "URL");
        if (place.origins.isEmpty() && policy.authority() == null) {
            throw new IllegalArgumentException(
                    "URL: it has no scheme and host, and the parameter authority names none for the site");
        }
        List<String> origins = place.origins.isEmpty()
                ? List.of(HTTP + policy.authority(), HTTPS + policy.authority())
                : place.origins;
        Set<String> names = new LinkedHashSet<>();
        for (String origin : origins) {
            names.add(InvalidationRules.urlName(origin, place.rawPath, query));
        }
        return names;
    }

    /**
     * The names of the pages of a path and of all below it, whatever their queries. A slash at its end does not matter,
     * and {@code /a} is not above {@code /ab}.
     *
     * @param prefix a path, for all origins of the site; or an http or https URL without query, for its origin
     * @param policy the filter's settings
     * @return the names to raise
     * @throws IllegalArgumentException if it is no such path or URL, or could be read in two ways
     */
    public static Set<String> prefix(String prefix, PagePolicy policy) {
        check(prefix, "prefix");
        if (prefix.indexOf('?') >= 0) {
            throw new IllegalArgumentException("prefix: it has a query; a prefix is a path");
        }
        Place place = place(prefix, policy, "prefix");
        String path = place.rawPath;
        for (int i = path.indexOf('%'); i >= 0; i = path.indexOf('%', i + 1)) {
            if (path.startsWith("2F", i + 1) || path.startsWith("2f", i + 1)) {
                throw new IllegalArgumentException("prefix: it has an encoded slash, which ends no segment");
            }
        }
        while (path.length() > 1 && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        Set<String> names = new LinkedHashSet<>();
        for (String origin : place.origins.isEmpty() ? List.of("") : place.origins) {
            names.add(InvalidationRules.pathName(policy.site(), origin, path));
        }
        names.add(InvalidationRules.deepPathName(policy.site()));
        return names;
    }

    /**
     * The name of the pages of a tag.
     *
     * @param tag the tag
     * @param policy the filter's settings
     * @return the name to raise
     * @throws IllegalArgumentException if it is no tag
     */
    public static Set<String> tag(String tag, PagePolicy policy) {
        if (!TagSyntax.isTag(tag)) {
            throw new IllegalArgumentException("tag: allowed are " + TagSyntax.ALLOWED);
        }
        return Set.of(InvalidationRules.tagName(policy.site(), tag));
    }

    /**
     * The name of all pages of a site, in all its caches.
     *
     * @param policy the filter's settings
     * @return the name to raise
     */
    public static Set<String> all(PagePolicy policy) {
        return Set.of(InvalidationRules.allName(policy.site()));
    }

    /**
     * What makes pages stale in place of dead.
     *
     * @param names names of pages
     * @return the names to raise
     */
    public static Set<String> softly(Collection<String> names) {
        return with(InvalidationRules.SOFT, names);
    }

    /**
     * What has pages renewed behind the answers that they go on to give.
     *
     * @param names names of pages
     * @return the names to raise
     */
    public static Set<String> refreshing(Collection<String> names) {
        return with(InvalidationRules.REFRESH, names);
    }

    private static Set<String> with(String kind, Collection<String> names) {
        Set<String> all = new LinkedHashSet<>();
        for (String name : names) {
            all.add(kind + name);
        }
        return all;
    }

    /** What stands for a whole URL or prefix in names; without origins it means every one of the site. */
    private record Place(List<String> origins, String rawPath) {}

    private static void check(String text, String what) {
        if (text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(what + ": it is longer than a URL that is cached");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~') {
                throw new IllegalArgumentException(
                        what + ": it has a character that is no printable ASCII; others are percent-encoded");
            }
            if (c == '#') {
                throw new IllegalArgumentException(what + ": it has a fragment, which no request has");
            }
            if (c == '%' && !isEncoded(text, i)) {
                throw new IllegalArgumentException(what + ": it has a percent sign without two hexadecimal digits");
            }
        }
    }

    private static boolean isEncoded(String text, int percent) {
        return percent + 2 < text.length()
                && Character.digit(text.charAt(percent + 1), 16) >= 0
                && Character.digit(text.charAt(percent + 2), 16) >= 0;
    }

    private static Place place(String text, PagePolicy policy, String what) {
        if (text.startsWith("//")) {
            throw new IllegalArgumentException(
                    what + ": it begins with two slashes; scheme and host go before such a path");
        }
        if (text.startsWith("/")) {
            return new Place(List.of(), path(text, what));
        }
        boolean isHttps = text.regionMatches(true, 0, HTTPS, 0, HTTPS.length());
        if (!isHttps && !text.regionMatches(true, 0, HTTP, 0, HTTP.length())) {
            throw new IllegalArgumentException(what + ": it begins neither with a slash nor with http:// or https://");
        }
        int start = isHttps ? HTTPS.length() : HTTP.length();
        int slash = text.indexOf('/', start);
        int end = slash < 0 ? text.length() : slash;
        List<String> origins = origins(isHttps, text.substring(start, end), policy, what);
        return new Place(origins, slash < 0 ? "/" : path(text.substring(slash), what));
    }

    /** Containers differ in whether they keep the brackets of an address literal: it has two names. */
    private static List<String> origins(boolean isHttps, String authority, PagePolicy policy, String what) {
        // The colons of an address literal stand before its bracket, and only there.
        int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        String host = colon < 0 ? authority : authority.substring(0, colon);
        int port = port(colon < 0 ? "" : authority.substring(colon + 1), isHttps ? 443 : 80);
        if (!isHost(host) || port == 0) {
            throw new IllegalArgumentException(what + ": its host or port is none; names in other scripts are encoded"
                    + " (xn--), and there is no user information");
        }
        String scheme = isHttps ? "https" : "http";
        String origin = InvalidationRules.origin(policy, scheme, host, port);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        String bareOrigin = InvalidationRules.origin(policy, scheme, bare, port);
        return origin.equals(bareOrigin) ? List.of(origin) : List.of(origin, bareOrigin);
    }

    private static boolean isHost(String host) {
        boolean isAddress = host.startsWith("[") && host.endsWith("]");
        String inner = isAddress ? host.substring(1, host.length() - 1) : host;
        String others = isAddress ? ":." : "-._~";
        if (inner.isEmpty() || host.length() > RequestRules.MAX_HOST) {
            return false;
        }
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (!Character.isLetterOrDigit(c) && others.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** A port's number, the given one where there is no text, or 0 if the text is none. */
    private static int port(String text, int otherwise) {
        if (text.isEmpty()) {
            return otherwise;
        }
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            port = port * 10 + c - '0';
            if (c < '0' || c > '9' || port > RequestRules.MAX_PORT) {
                return 0;
            }
        }
        return port;
    }

    private static String path(String path, String what) {
        if (path.indexOf(';') >= 0) {
            throw new IllegalArgumentException(what + ": its path has parameters (;), and such pages are not cached");
        }
        if (path.indexOf('\\') >= 0) {
            throw new IllegalArgumentException(what + ": its path has a backslash");
        }
        for (int start = 0; start >= 0; ) {
            int end = path.indexOf('/', start + 1);
            if (isDots(path.substring(start + 1, end < 0 ? path.length() : end))) {
                throw new IllegalArgumentException(what + ": its path has a segment of dots; give the path meant");
            }
            start = end;
        }
        return path;
    }

    /** Whether a segment is one that clients or containers resolve (RFC 3986 section 5.2.4), in any spelling. */
    private static boolean isDots(String segment) {
        String plain = segment.replace("%2e", ".").replace("%2E", ".");
        return plain.equals(".") || plain.equals("..");
    }
}
