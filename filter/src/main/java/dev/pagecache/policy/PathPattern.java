package dev.pagecache.policy;

import org.jspecify.annotations.Nullable;

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
    private enum Kind {
        ALL,
        EXACT,
        BELOW,
        EXTENSION,
        GLOB
    }

    private final String pattern;
    private final Kind kind;

    /** What the kind compares: for BELOW without the star and its slash, for EXTENSION without the star. */
    private final String text;

    private PathPattern(String pattern, Kind kind, String text) {
        this.pattern = pattern;
        this.kind = kind;
        this.text = text;
    }

    /**
     * Reads a pattern.
     *
     * @param pattern a servlet url-pattern or a glob
     * @return the pattern
     * @throws IllegalArgumentException if it starts with none of {@code /}, {@code *.} and {@code **}, and so could
     *     never match a path
     */
    public static PathPattern of(String pattern) {
        if (pattern.equals("/*") || pattern.equals("/")) {
            return new PathPattern(pattern, Kind.ALL, pattern);
        }
        boolean isExtension = pattern.startsWith("*.") && pattern.indexOf('*', 1) < 0 && pattern.indexOf('/') < 0;
        if (isExtension) {
            return new PathPattern(pattern, Kind.EXTENSION, pattern.substring(1));
        }
        if (!pattern.startsWith("/") && !pattern.startsWith("**")) {
            throw new IllegalArgumentException("a path pattern starts with / or **, or is *.extension: " + pattern);
        }
        int firstStar = pattern.indexOf('*');
        if (firstStar < 0) {
            return new PathPattern(pattern, Kind.EXACT, pattern);
        }
        if (firstStar == pattern.length() - 1 && pattern.endsWith("/*")) {
            return new PathPattern(pattern, Kind.BELOW, pattern.substring(0, firstStar - 1));
        }
        return new PathPattern(pattern, Kind.GLOB, pattern);
    }

    /**
     * Whether a path matches, in time proportional to the lengths of pattern and path.
     *
     * @param path servlet path and path info
     * @return true if it does
     */
    public boolean matches(String path) {
        return switch (kind) {
            case ALL -> true;
            case EXACT -> text.equals(path);
            case BELOW ->
                path.startsWith(text) && (path.length() == text.length() || path.charAt(text.length()) == '/');
            case EXTENSION -> path.endsWith(text);
            case GLOB -> globMatches(path);
        };
    }

    /**
     * Walks the path once with all places of the pattern that it may have reached, so that no path is tried twice
     * however many stars there are.
     */
    private boolean globMatches(String path) {
        int length = text.length();
        boolean[] reached = new boolean[length + 1];
        boolean[] next = new boolean[length + 1];
        reach(reached, 0);
        for (int s = 0; s < path.length(); s++) {
            char c = path.charAt(s);
            boolean isAlive = false;
            for (int p = 0; p < length; p++) {
                if (!reached[p]) {
                    continue;
                }
                reached[p] = false;
                if (text.charAt(p) != '*') {
                    if (text.charAt(p) == c) {
                        reach(next, p + 1);
                        isAlive = true;
                    }
                } else if (c != '/' || text.startsWith("**", p)) {
                    reach(next, p);
                    isAlive = true;
                }
            }
            if (!isAlive) {
                return false;
            }
            reached[length] = false;
            boolean[] spare = reached;
            reached = next;
            next = spare;
        }
        return reached[length];
    }

    /** Marks a place, and the place after a star as well, because a star may stand for nothing. */
    private void reach(boolean[] places, int place) {
        int p = place;
        places[p] = true;
        while (p < text.length() && text.charAt(p) == '*') {
            p += text.startsWith("**", p) ? 2 : 1;
            places[p] = true;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathPattern that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    /** The pattern as it was given. */
    @Override
    public String toString() {
        return pattern;
    }
}
