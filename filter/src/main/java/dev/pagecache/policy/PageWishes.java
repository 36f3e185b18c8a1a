package dev.pagecache.policy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the application said of one page while it rendered.
 *
 * @param isNotStored whether it asked not to store
 * @param timeout how long to store it, or null
 * @param vary request field names on which it depends, as written, and names of {@link FactNames#cookie}
 * @param tags names under which it can be purged
 */
public record PageWishes(boolean isNotStored, @Nullable Duration timeout, List<String> vary, List<String> tags) {

    /** Nothing was said. */
    public static final PageWishes NONE = new PageWishes(false, null, List.of(), List.of());

    /** Copies the lists. */
    public PageWishes {
        vary = List.copyOf(vary);
        tags = List.copyOf(tags);
    }
}
