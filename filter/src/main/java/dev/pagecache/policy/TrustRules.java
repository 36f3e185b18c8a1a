package dev.pagecache.policy;

import java.util.Locale;
import java.util.Set;

/** Which inputs count for nothing, because an operator said that no page depends on them. */
public final class TrustRules {
    private TrustRules() {}

    /**
     * Whether a request field is trusted.
     *
     * @param trusted names as written, with {@code *} for any characters
     * @param name a lower-case field name
     * @return true if one of them names it, in whatever letter case
     */
    public static boolean isField(Set<String> trusted, String name) {
        for (String pattern : trusted) {
            if (NamePatterns.matches(pattern.toLowerCase(Locale.ROOT), name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a cookie or an attribute is trusted.
     *
     * @param trusted names as written, with {@code *} for any characters
     * @param name its name
     * @return true if one of them names it in the same letter case
     */
    public static boolean isNamed(Set<String> trusted, String name) {
        for (String pattern : trusted) {
            if (NamePatterns.matches(pattern, name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether what a page depends on is trusted; who the user is never is. */
    static boolean isFact(Set<String> trusted, String name) {
        if (trusted.isEmpty()) {
            return false;
        }
        if (!name.startsWith(":")) {
            return isField(trusted, name);
        }
        if (name.equals(FactNames.COOKIES) || name.equals(FactNames.WRAPPED_COOKIES)) {
            return isField(trusted, "cookie");
        }
        return (FactNames.isAttribute(name) || FactNames.isCookie(name)) && isNamed(trusted, FactNames.subject(name));
    }
}
