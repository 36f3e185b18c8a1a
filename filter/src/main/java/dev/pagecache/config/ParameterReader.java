package dev.pagecache.config;

import dev.pagecache.config.SettingsSource.Given;
import org.jspecify.annotations.Nullable;

/** Reads parameters from their layers, with errors that say where the wrong value stands and what is allowed. */
final class ParameterReader {
    private final SettingsSource source;
    private final boolean isRfc9111;

    ParameterReader(SettingsSource source, boolean isRfc9111) {
        this.source = source;
        this.isRfc9111 = isRfc9111;
    }

    <T extends @Nullable Object> T read(Parameter<T> parameter) {
        return read("", parameter);
    }

    /** The value of the parameter whose name follows a prefix such as {@code caches.default.}. */
    <T extends @Nullable Object> T read(String prefix, Parameter<T> parameter) {
        Given given = source.find(prefix + parameter.name());
        if (given != null) {
            return parse(prefix, parameter, given);
        }
        String profileText = parameter.profileText();
        return parameter.parser().parse(isRfc9111 && profileText != null ? profileText : parameter.defaultText());
    }

    private static <T extends @Nullable Object> T parse(String prefix, Parameter<T> parameter, Given given) {
        try {
            return parameter.parser().parse(given.value());
        } catch (IllegalArgumentException e) {
            String shown = switch (parameter.shown()) {
                case AS_GIVEN -> shown(given.value());
                case LOCATION -> CacheLocation.mask(given.value());
                case NOTHING -> "***";
            };
            boolean isPlain = parameter.shown() == Parameter.Shown.AS_GIVEN;
            String reason = isPlain ? reason(e, given.value()) : e.getMessage();
            throw wrong(prefix + parameter.name(), shown, given.origin(), reason, parameter.allowed());
        }
    }

    /** The error of a value that is not allowed; what is shown of it must hold no password. */
    static IllegalArgumentException wrong(
            String name, String shownValue, String origin, @Nullable String reason, String allowed) {
        return new IllegalArgumentException("parameter " + name + " has the wrong value \"" + shownValue + "\" ("
                + origin + "): " + reason + "; allowed: " + allowed);
    }

    /** What looks like a location may be one in the wrong place, and hold a password. */
    private static String shown(String value) {
        return mayBeLocation(value) ? CacheLocation.mask(value) : value;
    }

    private static @Nullable String reason(IllegalArgumentException e, String value) {
        return mayBeLocation(value) ? "it is a location" : e.getMessage();
    }

    private static boolean mayBeLocation(String value) {
        return value.contains("://") || (value.indexOf('@') >= 0 && !namesListsOnly(value));
    }

    /** Whether every @ begins a member, as in {@code ref,@tracking}, and nothing looks like a user and a password. */
    private static boolean namesListsOnly(String value) {
        for (int at = value.indexOf('@'); at >= 0; at = value.indexOf('@', at + 1)) {
            char before = at == 0 ? ',' : value.charAt(at - 1);
            if (before != ',' && before > ' ') {
                return false;
            }
        }
        return value.indexOf(':') < 0;
    }
}
