package dev.pagecache.policy;

import java.util.List;

/**
 * Which mapped paths (servlet path and path info, decoded by the container) take part: those that match an include
 * pattern, or all where there is none, and no exclude pattern.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param include patterns of {@link PathPattern}; empty means all
 * @param exclude patterns of {@link PathPattern}; empty means none
 */
public record PathFilter(List<PathPattern> include, List<PathPattern> exclude) {

    /** Every path takes part. */
    public static final PathFilter ALL = new PathFilter(List.of(), List.of());

    /** Copies the lists. */
    public PathFilter {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /**
     * Whether a path takes part.
     *
     * @param mappedPath servlet path and path info
     * @return true if it does
     */
    public boolean accepts(String mappedPath) {
        return (include.isEmpty() || matchesAny(include, mappedPath)) && !matchesAny(exclude, mappedPath);
    }

    private static boolean matchesAny(List<PathPattern> patterns, String path) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(path)) {
                return true;
            }
        }
        return false;
    }
}
