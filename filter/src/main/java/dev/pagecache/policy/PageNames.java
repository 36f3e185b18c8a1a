package dev.pagecache.policy;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The names by which the pages of a URL are purged: that of the URL, those of its path and of each path above it, that
 * of its site, the one of everything, and those of its tags. They are made as they are asked for: a kind of names that
 * was never raised costs nothing.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class PageNames {
    /**
     * Most segments of a path that are names of their own: {@value}. What lies deeper is under the name of all that.
     */
    public static final int MAX_SEGMENTS = 32;

    private final String site;
    private final String origin;
    private final String rawPath;
    private final @Nullable String query;

    private PageNames(String site, String origin, String rawPath, @Nullable String query) {
        this.site = site;
        this.origin = origin;
        this.rawPath = rawPath;
        this.query = query;
    }

    /** Which kinds of names may have been raised at all. */
    @FunctionalInterface
    public interface Kinds {
        /** Every kind. */
        Kinds ALL = kind -> true;

        /**
         * Whether names of a kind may have been raised.
         *
         * @param first the first character of the kind's names
         * @return false if none ever was
         */
        boolean mayHave(char first);
    }

    /**
     * The names of a request's page.
     *
     * @param request the request
     * @param policy the settings of its view
     * @return its names, which do not need the request any more
     */
    public static PageNames of(RequestFacts request, PagePolicy policy) {
        String origin = InvalidationRules.origin(policy, request.scheme(), request.host(), request.port());
        return new PageNames(policy.site(), origin, request.rawPath(), request.query());
    }

    /**
     * Whether one of the names passes a test.
     *
     * @param tags the tags of the page
     * @param kinds the names that are tested at all
     * @param test the test
     * @return true if one does
     */
    public boolean any(List<String> tags, Kinds kinds, Predicate<String> test) {
        return (kinds.mayHave('u') && test.test(url()))
                || (kinds.mayHave('t') && anyTag(tags, test))
                || (kinds.mayHave('a') && test.test(InvalidationRules.allName(site)))
                || (kinds.mayHave('*') && test.test(InvalidationRules.EVERYTHING))
                || (kinds.mayHave('p') && anyPath(test));
    }

    private String url() {
        return InvalidationRules.urlName(origin, rawPath, query);
    }

    private boolean anyTag(List<String> tags, Predicate<String> test) {
        for (String tag : tags) {
            if (test.test(InvalidationRules.tagName(site, tag))) {
                return true;
            }
        }
        return false;
    }

    /** The root, then each beginning of the path that ends before a slash, then the path. */
    private boolean anyPath(Predicate<String> test) {
        if (isAt("/", test)) {
            return true;
        }
        int segments = 0;
        for (int end = nextEnd(0); end > 0; end = nextEnd(end)) {
            segments++;
            if (segments > MAX_SEGMENTS) {
                return test.test(InvalidationRules.deepPathName(site));
            }
            if (isAt(rawPath.substring(0, end), test)) {
                return true;
            }
        }
        return false;
    }

    /** Where a segment that is not empty ends behind a place, or 0 if there is none. */
    private int nextEnd(int from) {
        int at = from;
        while (at < rawPath.length() && rawPath.charAt(at) == '/') {
            at++;
        }
        if (at == rawPath.length()) {
            return 0;
        }
        int slash = rawPath.indexOf('/', at);
        return slash < 0 ? rawPath.length() : slash;
    }

    private boolean isAt(String path, Predicate<String> test) {
        return test.test(InvalidationRules.pathName(site, "", path))
                || test.test(InvalidationRules.pathName(site, origin, path));
    }
}
