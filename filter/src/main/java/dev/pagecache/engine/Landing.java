package dev.pagecache.engine;

import dev.pagecache.entry.Page;
import java.util.List;

/** How a flight ended for those who waited for it. */
sealed interface Landing {

    /**
     * A page was stored.
     *
     * @param page the page
     * @param names lower-case names of the fields that select it
     */
    record Stored(Page page, List<String> names) implements Landing {}

    /** The page was revoked while it was rendered: whoever waited looks again, so that one of them renders it anew. */
    enum Revoked implements Landing {
        INSTANCE
    }

    /** Nothing was stored, or nobody waits any more: everyone renders for himself. */
    enum Released implements Landing {
        INSTANCE
    }
}
