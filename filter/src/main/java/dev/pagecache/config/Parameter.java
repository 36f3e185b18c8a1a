package dev.pagecache.config;

import org.jspecify.annotations.Nullable;

/**
 * A parameter: all that is known of it, for reading, for errors and for the documentation.
 *
 * @param name its name, for a cache's option without {@code caches.<alias>.}
 * @param defaultText the value where none is given, read as a given one
 * @param defaultNote the default in words where its text says too little, else empty
 * @param profileText the default with {@code profile=rfc9111}, or null if it is the same
 * @param shown how much of a wrong value an error shows
 * @param allowed what values are allowed, in words
 * @param meaning one sentence without a full stop
 * @param parser reads the value
 * @param <T> type of the value
 */
record Parameter<T extends @Nullable Object>(
        String name,
        String defaultText,
        String defaultNote,
        @Nullable String profileText,
        Shown shown,
        String allowed,
        String meaning,
        Parser<T> parser) {

    /** How much of a value may be shown. */
    enum Shown {
        /** All of it, unless it looks like a location. */
        AS_GIVEN,
        /** A location without its password. */
        LOCATION,
        /** Nothing: it is a secret. The parser's messages hold nothing of it either. */
        NOTHING
    }

    /** Reads a value. */
    interface Parser<T extends @Nullable Object> {
        /** The value of a text; throws IllegalArgumentException with the reason if the text is not allowed. */
        T parse(String text);
    }

    static <T extends @Nullable Object> Parameter<T> of(
            String name, String defaultText, String allowed, String meaning, Parser<T> parser) {
        return new Parameter<T>(name, defaultText, "", null, Shown.AS_GIVEN, allowed, meaning, parser);
    }

    Parameter<T> shownAs(String note) {
        return new Parameter<T>(name, defaultText, note, profileText, shown, allowed, meaning, parser);
    }

    Parameter<T> inProfile(String text) {
        return new Parameter<T>(name, defaultText, defaultNote, text, shown, allowed, meaning, parser);
    }

    Parameter<T> asLocation() {
        return new Parameter<T>(name, defaultText, defaultNote, profileText, Shown.LOCATION, allowed, meaning, parser);
    }

    Parameter<T> asSecret() {
        return new Parameter<T>(name, defaultText, defaultNote, profileText, Shown.NOTHING, allowed, meaning, parser);
    }
}
