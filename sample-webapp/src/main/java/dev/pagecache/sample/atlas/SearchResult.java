package dev.pagecache.sample.atlas;

import java.util.List;

/**
 * What a search has found.
 *
 * @param query the query as it was given
 * @param found how many characters match
 * @param hits the first of them
 */
public record SearchResult(String query, int found, List<Cell> hits) {

    /** Keeps a copy of the hits. */
    public SearchResult {
        hits = List.copyOf(hits);
    }

    /** Whether there was nothing to search for. */
    public boolean idle() {
        return query.isBlank();
    }

    /** Whether more matched than are listed. */
    public boolean capped() {
        return found > hits.size();
    }
}
