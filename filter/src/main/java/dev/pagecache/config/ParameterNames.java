package dev.pagecache.config;

import dev.pagecache.config.SettingsSource.GivenName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which names are known, and which known name an unknown one was meant to be. */
final class ParameterNames {
    private static final String CACHES = "caches.";
    private static final String ENVIRONMENT_CACHES = SettingsSource.environmentName(CACHES);

    private ParameterNames() {}

    /** The prefix of a cache's options, such as {@code caches.default.}. */
    static String cachePrefix(String alias) {
        return CACHES + alias + ".";
    }

    /** Throws for the first unknown name. The values stay unsaid: that of a mistyped name may be a password. */
    static void check(SettingsSource source) {
        for (GivenName given : source.names()) {
            if (given.prefix().isEmpty() && isOfOthers(given.name())) {
                throw new IllegalArgumentException(
                        given.origin() + " has no effect: give it as context-param pagecache." + given.name());
            }
            if (!isKnown(given.name())) {
                String nearest = nearest(given.name(), namesLike(given.name()));
                throw new IllegalArgumentException("there is no parameter " + given.name() + " (" + given.origin() + ")"
                        + (nearest == null
                                ? "; known are " + String.join(", ", namesLike(given.name()))
                                : "; did you mean " + given.prefix() + nearest + "?"));
            }
        }
    }

    /** A warning for each environment variable that is not known; platforms set such ones by themselves. */
    static List<String> environmentWarnings(SettingsSource source, Set<String> aliases) {
        Set<String> known = new TreeSet<>();
        filterNames().forEach(name -> known.add(SettingsSource.environmentName(name)));
        for (String alias : aliases) {
            optionNames(alias).forEach(name -> known.add(SettingsSource.environmentName(name)));
        }
        List<String> warnings = new ArrayList<>();
        for (String name : source.environmentNames()) {
            if (!known.contains(name)) {
                String nearest = nearest(name, known);
                warnings.add("environment variable " + name + " is not known"
                        + (nearest == null ? "" : "; did you mean " + nearest + "?"));
            }
        }
        return warnings;
    }

    /** Whether a parameter is not read by the filter. */
    private static boolean isOfOthers(String name) {
        return name.equals(FilterParameters.AUTO.name())
                || AdminParameters.ALL.stream()
                        .anyMatch(parameter -> parameter.name().equals(name));
    }

    private static boolean isKnown(String name) {
        String alias = alias(name);
        return alias == null ? filterNames().contains(name) : optionNames(alias).contains(name);
    }

    /** The alias in {@code caches.<alias>.<option>}, or null if the name has another form. */
    private static @Nullable String alias(String name) {
        int dot = name.indexOf('.', CACHES.length());
        if (!name.startsWith(CACHES) || dot < 0) {
            return null;
        }
        try {
            return ValueSyntax.alias(name.substring(CACHES.length(), dot));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Set<String> namesLike(String name) {
        String alias = alias(name);
        if (alias != null) {
            return optionNames(alias);
        }
        Set<String> names = filterNames();
        names.addAll(optionNames("default"));
        return names;
    }

    private static Set<String> filterNames() {
        Set<String> names = new TreeSet<>();
        FilterParameters.ALL.forEach(parameter -> names.add(parameter.name()));
        AdminParameters.ALL.forEach(parameter -> names.add(parameter.name()));
        return names;
    }

    private static Set<String> optionNames(String alias) {
        Set<String> names = new TreeSet<>();
        CacheParameters.ALL.forEach(parameter -> names.add(cachePrefix(alias) + parameter.name()));
        return names;
    }

    /**
     * The aliases of all caches that have an option in some layer. An alias known only from the environment is in lower
     * case.
     *
     * @param source the layers
     * @param filterCache the alias a filter names, so that its environment variables are told from those of others
     */
    static Set<String> aliases(SettingsSource source, String filterCache) {
        Set<String> aliases = new TreeSet<>();
        for (GivenName given : source.names()) {
            String alias = alias(given.name());
            if (alias != null) {
                aliases.add(alias);
            }
        }
        for (String name : source.environmentNames()) {
            String part = environmentAlias(name);
            if (part == null || aliases.stream().anyMatch(alias -> isSpelled(part, alias))) {
                continue;
            }
            aliases.add(isSpelled(part, filterCache) ? filterCache : part.toLowerCase(Locale.ROOT));
        }
        return aliases;
    }

    private static boolean isSpelled(String environmentPart, String alias) {
        return SettingsSource.environmentPart(alias).equals(environmentPart);
    }

    /** What stands between {@code PAGECACHE_CACHES_} and the longest option that the name ends with, or null. */
    private static @Nullable String environmentAlias(String name) {
        if (!name.startsWith(ENVIRONMENT_CACHES)) {
            return null;
        }
        String shortest = null;
        for (Parameter<?> option : CacheParameters.ALL) {
            String suffix = "_" + SettingsSource.environmentPart(option.name());
            int end = name.length() - suffix.length();
            if (name.endsWith(suffix) && end > ENVIRONMENT_CACHES.length()) {
                String alias = name.substring(ENVIRONMENT_CACHES.length(), end);
                shortest = shortest == null || alias.length() < shortest.length() ? alias : shortest;
            }
        }
        return shortest;
    }

    /** The candidate that takes the fewest edits, or null if it takes too many for a slip. */
    static @Nullable String nearest(String name, Set<String> candidates) {
        String nearest = null;
        int fewest = Math.max(2, name.length() / 3) + 1;
        for (String candidate : candidates) {
            int edits = Levenshtein.distance(name, candidate);
            if (edits < fewest) {
                fewest = edits;
                nearest = candidate;
            }
        }
        return nearest;
    }
}
