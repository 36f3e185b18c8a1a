package dev.pagecache.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names, exact or with {@code *} for any characters. Exact ones are looked up, so that a long list costs a request no
 * more than a short one.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param exact names without {@code *}
 * @param globs names with {@code *}
 */
public record NamePatterns(Set<String> exact, List<String> globs) {

    /** No names. */
    public static final NamePatterns NONE = new NamePatterns(Set.of(), List.of());

    /** Copies the collections. */
    public NamePatterns {
        exact = Set.copyOf(exact);
        globs = List.copyOf(globs);
    }

    /**
     * The patterns of a list.
     *
     * @param names names and patterns in any order
     * @return the same, each once
     */
    public static NamePatterns of(List<String> names) {
        Set<String> exact = new HashSet<>();
        List<String> globs = new ArrayList<>();
        for (String name : names) {
            if (name.indexOf('*') < 0) {
                exact.add(name);
            } else if (!globs.contains(name)) {
                globs.add(name);
            }
        }
        return new NamePatterns(exact, globs);
    }

    /**
     * Whether there are no names.
     *
     * @return true if so
     */
    public boolean isEmpty() {
        return exact.isEmpty() && globs.isEmpty();
    }

    /**
     * Whether a name is among these. Letter case counts.
     *
     * @param name the name
     * @return true if so
     */
    public boolean matches(String name) {
        if (exact.contains(name)) {
            return true;
        }
        for (int i = 0; i < globs.size(); i++) {
            if (matches(globs.get(i), name)) {
                return true;
            }
        }
        return false;
    }

    /** Goes back to the last star only, so that a long name costs at most its length times the pattern's. */
    static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int afterStar = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                afterStar = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++afterStar;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
