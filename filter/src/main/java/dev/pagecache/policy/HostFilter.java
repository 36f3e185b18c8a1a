package dev.pagecache.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which hosts take part, by the name that the request gives (RFC 9110 section 7.2): who sends another one may have
 * pages made of it, but these are neither stored nor served to others.
 *
 * <p>Letter case does not count, nor does the dot that may end a name, nor the port, which no name here has. Immutable,
 * safe for use by many threads.
 *
 * @param exact lower-case names without the dot at their end
 * @param suffixes ends of names, each beginning with a dot: what stands before them is not empty
 * @param acceptsAll whether every host takes part, whatever the names
 */
public record HostFilter(Set<String> exact, List<String> suffixes, boolean acceptsAll) {

    /** Every host takes part. */
    public static final HostFilter ALL = new HostFilter(Set.of(), List.of(), true);

    /** Copies the collections. */
    public HostFilter {
        exact = Set.copyOf(exact);
        suffixes = List.copyOf(suffixes);
    }

    /**
     * The hosts of a list of patterns, as Django's ALLOWED_HOSTS has them.
     *
     * @param patterns names without port; {@code .example.com} is that name and all below it, {@code *.example.com} all
     *     below it; an IPv6 address stands in brackets, spelled as the container does
     * @return the hosts
     * @throws IllegalArgumentException if one of them is no such pattern, with the reason
     */
    public static HostFilter of(List<String> patterns) {
        Set<String> exact = new HashSet<>();
        List<String> suffixes = new ArrayList<>();
        for (String pattern : patterns) {
            String name = withoutLastDot(RequestRules.lowerCase(pattern));
            boolean isBelowOnly = name.startsWith("*.");
            boolean isWithBelow = name.startsWith(".");
            String host = isBelowOnly ? name.substring(2) : isWithBelow ? name.substring(1) : name;
            boolean isAddress = host.equals(name) && host.startsWith("[") && host.endsWith("]");
            String bare = isAddress ? host.substring(1, host.length() - 1) : host;
            check(pattern, bare, isAddress);
            if (isAddress) {
                exact.add(bare); // a container may leave out the brackets
            }
            if (isBelowOnly || isWithBelow) {
                suffixes.add("." + host);
            }
            if (!isBelowOnly) {
                exact.add(host);
            }
        }
        return new HostFilter(exact, suffixes, false);
    }

    /**
     * Whether a host takes part.
     *
     * @param host the name or address that the request gives, in any letter case, without port
     * @return true if it does
     */
    public boolean accepts(String host) {
        if (acceptsAll) {
            return true;
        }
        String name = withoutLastDot(RequestRules.lowerCase(host));
        if (exact.contains(name)) {
            return true;
        }
        for (int i = 0; i < suffixes.size(); i++) {
            String suffix = suffixes.get(i);
            if (name.length() > suffix.length() && name.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    private static String withoutLastDot(String name) {
        int last = name.length() - 1;
        return last > 0 && name.charAt(last) == '.' ? name.substring(0, last) : name;
    }

    private static void check(String pattern, String name, boolean isAddress) {
        if (name.isEmpty() || name.charAt(0) == '.') {
            throw new IllegalArgumentException("\"" + pattern + "\" has no name");
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isOfName(name.charAt(i)) && !(isAddress && name.charAt(i) == ':')) {
                throw new IllegalArgumentException("\"" + pattern + "\" is no host name without port");
            }
        }
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    }
}
