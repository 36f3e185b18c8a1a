package dev.pagecache.engine;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.store.HitForMissMarks;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Which requests look in the remote store for a newer page than memory has: one per key in a while. The others would
 * read the same old page, whose key may be asked for a thousand times while it is rendered.
 *
 * <p>Safe for use by many threads.
 */
final class Looks {
    private static final int MAX_PAGES = 10_000;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final HitForMissMarks looked;

    Looks(LongSupplier nanoTime) {
        this.looked = new HitForMissMarks(MAX_PAGES, nanoTime);
    }

    /** Whether nobody has looked a moment ago; then the caller does. */
    boolean mayLook(CacheKey key) {
        if (looked.isMarked(key)) {
            return false;
        }
        looked.mark(key, PAUSE);
        return true;
    }
}
