package dev.pagecache.policy;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * What the application read of a request while it rendered.
 *
 * @param fields lower-case names of request fields, and the names that {@link RequestFacts} gives to what is no field
 * @param others inputs that no key can hold
 */
public record InputsRead(Set<String> fields, Set<Input> others) {

    /** Nothing was read. */
    public static final InputsRead NONE = new InputsRead(Set.of(), Set.of());

    /** Copies the sets. */
    public InputsRead {
        fields = copy(fields);
        others = copy(others);
    }

    /** {@link Set#copyOf} would hash all of it twice, for every page that is rendered. */
    private static <T> Set<T> copy(Set<T> set) {
        return set.isEmpty() ? Set.of() : Collections.unmodifiableSet(new HashSet<>(set));
    }
}
