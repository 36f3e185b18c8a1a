package dev.pagecache.engine;

import dev.pagecache.entry.Page;
import java.util.List;

/**
 * A complete page and the names of the fields that select it.
 *
 * @param page the page
 * @param names lower-case field names, sorted, empty where its URL does not vary
 */
public record SealedPage(Page page, List<String> names) {

    /** Copies the names. */
    public SealedPage {
        names = List.copyOf(names);
    }
}
