package dev.pagecache.store;

import dev.pagecache.entry.Page;
import dev.pagecache.entry.StoredRecord;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Which of two records of a key stays in memory: the one that is there, or the one that a remote store gave. */
final class PageChoice {
    /** A page that this node has stored comes back from a remote store with a time that was rounded. */
    private static final long ROUNDING_NANOS = 5_000_000;

    private PageChoice() {}

    /**
     * Whether a remote record takes the place of the one in memory. One that is older may be there after a write of
     * this node that failed.
     *
     * @param worth what a page is worth: 0 if it was revoked, and more the better it is
     */
    static boolean isBetter(StoredRecord remote, @Nullable StoredRecord local, ToIntFunction<Page> worth) {
        if (!(remote instanceof Page page && local instanceof Page own)) {
            return true;
        }
        int worthOfPage = worth.applyAsInt(page);
        int more = worthOfPage - worth.applyAsInt(own);
        boolean isLater = page.bornNanos() - own.bornNanos() > ROUNDING_NANOS;
        return more > 0 || (more == 0 && worthOfPage > 0 && isLater);
    }
}
