package dev.pagecache.sample.atlas;

import java.util.List;

/**
 * Facts under one heading.
 *
 * @param title the heading
 * @param facts at least one
 */
public record FactGroup(String title, List<Fact> facts) {

    /** Keeps a copy of the facts. */
    public FactGroup {
        facts = List.copyOf(facts);
    }
}
