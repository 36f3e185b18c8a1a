package dev.pagecache.store;

import java.util.List;
import java.util.Set;

/**
 * Tells which names of a remote store were changed, by whomever and in whatever way: by a put of any node, a remove, a
 * time that was over, or by hand. So what it tells is no more than a reason to ask whether the name is still there.
 *
 * <p>Calls block until the answer or the deadline of the implementation; they may throw any {@link RuntimeException}.
 * Safe for use by many threads, but for {@link RemoteFeed}.
 */
public interface RemoteTracking {
    /** Most names of one question. */
    int MAX_NAMES = 256;

    /**
     * Subscribes to what is changed from now on.
     *
     * @return the subscription, to be closed
     */
    RemoteFeed<Changes> listen();

    /**
     * Which names are gone.
     *
     * @param names 1 to {@value #MAX_NAMES} names, without the store's prefix
     * @return those of them at which nothing stands
     */
    Set<String> gone(List<String> names);

    /**
     * What was changed.
     *
     * @param isEverything whether any name may have been, because a whole database was emptied
     * @param names else the names, some of which may be none of records
     */
    record Changes(boolean isEverything, List<String> names) {
        /** A database was emptied, not necessarily ours. */
        public static final Changes EVERYTHING = new Changes(true, List.of());

        /** Copies the list. */
        public Changes {
            names = List.copyOf(names);
        }

        /**
         * Some names.
         *
         * @param names their names
         * @return the changes
         */
        public static Changes of(List<String> names) {
            return new Changes(false, names);
        }
    }
}
