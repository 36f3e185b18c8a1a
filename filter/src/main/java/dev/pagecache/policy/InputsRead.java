package dev.pagecache.policy;

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
        fields = Set.copyOf(fields);
        others = Set.copyOf(others);
    }
}
