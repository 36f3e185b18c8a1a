package dev.pagecache.store;

import java.util.Collection;
import java.util.List;

/**
 * The ledger of stamps that all nodes share, outside this JVM. Its clock grows with every raise, and each raise has a
 * time of its own. It is bounded: names raised longest ago are forgotten, and the ledger's <em>floor</em> rises to
 * their times. A ledger that was lost begins anew with a floor above all that was.
 *
 * <p>Calls block until the answer or the deadline of the implementation; they may throw any {@link RuntimeException}.
 * Safe for use by many threads, but for {@link RemoteFeed}.
 */
public interface RemoteLedger extends AutoCloseable {
    /** In place of a name: all pages of the cache. */
    String EVERYTHING = "*";

    /**
     * Raises names for all nodes, and tells them.
     *
     * @param known the latest time that the caller knows; the raise is later, also where the ledger has lost it
     * @param node who raises, 1 to 32 characters of {@code a-z 0-9}
     * @param batch the caller's own number of this raise, 0 or more
     * @param names what to raise, 1 to {@value #MAX_BATCH} names
     * @return when that was
     */
    Raised raise(long known, String node, long batch, Collection<String> names);

    /** Most names of one raise. */
    int MAX_BATCH = 256;

    /**
     * What was raised after a time.
     *
     * @param known the latest time that the caller knows all raises of; if the ledger is not there yet, it has lost
     *     them
     * @return what came after it
     */
    Changes changes(long known);

    /**
     * Subscribes to what is raised from now on.
     *
     * @return the subscription, to be closed
     */
    RemoteFeed<Notice> listen();

    /** Closes the connections at once, also those in use. */
    @Override
    void close();

    /**
     * When a raise took place.
     *
     * @param previous time of the raise just before
     * @param time its own time
     */
    record Raised(long previous, long time) {}

    /**
     * What was raised after a time.
     *
     * @param time the time up to which the list is complete
     * @param floor pages from before it count as revoked
     * @param isComplete whether nothing is left to ask for
     * @param names what was raised, in the order of times
     */
    record Changes(long time, long floor, boolean isComplete, List<Change> names) {
        /** Copies the list. */
        public Changes {
            names = List.copyOf(names);
        }
    }

    /**
     * A name with the time of its last raise.
     *
     * @param name the name
     * @param time when
     */
    record Change(String name, long time) {}

    /**
     * A raise of any node, this one included.
     *
     * @param previous time of the raise just before: whoever does not know it has missed something
     * @param time its own time
     * @param node who raised
     * @param batch the raiser's own number
     * @param names what was raised
     */
    record Notice(long previous, long time, String node, long batch, List<String> names) {
        /** Copies the list. */
        public Notice {
            names = List.copyOf(names);
        }
    }
}
