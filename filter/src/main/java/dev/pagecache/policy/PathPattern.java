package dev.pagecache.policy;

/**
 * A servlet url-pattern or a glob on the mapped path.
 *
 * <p>{@code /*} and {@code /} match everything; {@code /a/*} matches {@code /a} and all below it; {@code *.html}
 * matches by the extension of the last segment; a pattern with {@code *} elsewhere is a glob, in which {@code *} stands
 * for any characters but {@code /} and {@code **} for any characters; everything else matches exactly. Letter case
 * counts.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class PathPattern {
    private final String pattern;

    private PathPattern(String pattern) {
        this.pattern = pattern;
    }

    /**
     * Reads a pattern.
     *
     * @param pattern a servlet url-pattern or a glob
     * @return the pattern
     * @throws IllegalArgumentException if it starts with neither {@code /} nor {@code *}
     */
    public static PathPattern of(String pattern) {
        if (!pattern.startsWith("/") && !pattern.startsWith("*")) {
            throw new IllegalArgumentException("a path pattern starts with / or *: " + pattern);
        }
        return new PathPattern(pattern);
    }

    /**
     * Whether a path matches.
     *
     * @param path servlet path and path info
     * @return true if it does
     */
    public boolean matches(String path) {
        if (pattern.equals("/*") || pattern.equals("/")) {
            return true;
        }
        int firstStar = pattern.indexOf('*');
        if (firstStar < 0) {
            return pattern.equals(path);
        }
        if (pattern.endsWith("/*") && firstStar == pattern.length() - 1) {
            int stem = pattern.length() - 2;
            return path.startsWith(pattern.substring(0, stem)) && (path.length() == stem || path.charAt(stem) == '/');
        }
        if (pattern.startsWith("*.") && pattern.indexOf('*', 1) < 0) {
            return path.endsWith(pattern.substring(1)) && path.lastIndexOf('/') < path.length() - pattern.length() + 1;
        }
        return globMatches(0, path, 0);
    }

    /** Matches the rest of the pattern against the rest of the path; recursion is as deep as the pattern has stars. */
    private boolean globMatches(int patternFrom, String path, int pathFrom) {
        int p = patternFrom;
        int s = pathFrom;
        while (p < pattern.length() && pattern.charAt(p) != '*') {
            if (s == path.length() || path.charAt(s) != pattern.charAt(p)) {
                return false;
            }
            p++;
            s++;
        }
        if (p == pattern.length()) {
            return s == path.length();
        }
        boolean crossesSegments = pattern.startsWith("**", p);
        int next = crossesSegments ? p + 2 : p + 1;
        for (int end = s; end <= path.length(); end++) {
            if (globMatches(next, path, end)) {
                return true;
            }
            if (end < path.length() && !crossesSegments && path.charAt(end) == '/') {
                return false;
            }
        }
        return false;
    }
}
