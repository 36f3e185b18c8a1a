package dev.pagecache.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Field lines in order, names in the letter case in which they were given (RFC 9110 section 5). Names are compared
 * without letter case.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class Fields {
    private static final Fields EMPTY = new Fields(new String[0]);

    /** Name and value alternate: walking them costs no allocation. */
    private final String[] namesAndValues;

    private Fields(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /**
     * No fields.
     *
     * @return the empty fields
     */
    public static Fields empty() {
        return EMPTY;
    }

    /**
     * Field lines from names and values in turn.
     *
     * @param namesAndValues name, value, name, value, …
     * @return the fields
     * @throws IllegalArgumentException if their number is odd
     */
    public static Fields of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("names and values must come in pairs");
        }
        return new Fields(namesAndValues.clone());
    }

    /**
     * Number of field lines.
     *
     * @return 0 or more
     */
    public int size() {
        return namesAndValues.length / 2;
    }

    /**
     * Name of a field line.
     *
     * @param index from 0 to {@link #size()} - 1
     * @return the name as it was given
     */
    public String name(int index) {
        return namesAndValues[2 * index];
    }

    /**
     * Value of a field line.
     *
     * @param index from 0 to {@link #size()} - 1
     * @return the value
     */
    public String value(int index) {
        return namesAndValues[2 * index + 1];
    }

    /**
     * Value of the first line of a field.
     *
     * @param name field name, letter case ignored
     * @return the value, or null if there is no such line
     */
    public @Nullable String first(String name) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                return namesAndValues[i + 1];
            }
        }
        return null;
    }

    /**
     * Values of all lines of a field, in order.
     *
     * @param name field name, letter case ignored
     * @return the values, empty if there is no such line
     */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                values.add(namesAndValues[i + 1]);
            }
        }
        return values;
    }

    /**
     * Whether a field has a line.
     *
     * @param name field name, letter case ignored
     * @return true if there is one
     */
    public boolean has(String name) {
        return first(name) != null;
    }

    /**
     * Calls the action with name and value of each line in order.
     *
     * @param action what to do with a line
     */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            action.accept(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    /**
     * These lines with all of one field replaced by a single line at the end.
     *
     * @param name field name, letter case ignored
     * @param value the new value
     * @return new fields
     */
    public Fields with(String name, String value) {
        List<String> kept = keep(existing -> !existing.equalsIgnoreCase(name));
        kept.add(name);
        kept.add(value);
        return new Fields(kept.toArray(String[]::new));
    }

    /**
     * These lines without those whose name the predicate names.
     *
     * @param dropped which names to leave out
     * @return new fields
     */
    public Fields without(Predicate<String> dropped) {
        return new Fields(keep(dropped.negate()).toArray(String[]::new));
    }

    private List<String> keep(Predicate<String> kept) {
        List<String> lines = new ArrayList<>(namesAndValues.length + 2);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (kept.test(namesAndValues[i])) {
                lines.add(namesAndValues[i]);
                lines.add(namesAndValues[i + 1]);
            }
        }
        return lines;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fields fields && Arrays.equals(namesAndValues, fields.namesAndValues);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(namesAndValues);
    }

    /** Names only: values may be private. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>(size());
        forEach((name, value) -> names.add(Objects.requireNonNull(name)));
        return "Fields" + names;
    }
}
