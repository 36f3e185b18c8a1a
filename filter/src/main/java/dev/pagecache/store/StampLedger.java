package dev.pagecache.store;

import dev.pagecache.entry.Stamp;
import java.time.Duration;
import java.util.Collection;

/**
 * When names were last revoked. A page remembers what its node knew of that when its rendering began; it is live if
 * none of its names was raised since. So one raise revokes any number of pages, stored ones and those being rendered,
 * and nobody keeps a list of what belongs to a name.
 *
 * <p>A ledger may forget names, but then it takes older pages for revoked: forgetting costs a render and never shows a
 * revoked page.
 *
 * <p>Safe for use by many threads. Names are raised under its monitor, so that who holds it tells his own raises from
 * those of others.
 */
public interface StampLedger extends AutoCloseable {

    /**
     * Whether nothing was ever raised. The path of a hit asks this first, and no more while it is so: it must cost no
     * more than one volatile read.
     *
     * @return true until the first raise
     */
    boolean isEmpty();

    /**
     * Whether a name that begins with this character may have been raised: what no page has to be asked for otherwise.
     *
     * @param kind first character of names
     * @return false if none ever was; costs one volatile read
     */
    boolean mayHave(char kind);

    /**
     * The stamp of a rendering that begins now. Every raise that had returned before is known to it, none that is
     * called afterwards is.
     *
     * @return the stamp, whose node clock never falls
     */
    Stamp now();

    /**
     * Revokes all pages of these names whose rendering has begun by now. Seen by every thread when it returns.
     *
     * @param names such as {@code url:http://host:80/path?query} or {@code tag:news}; none has no effect
     */
    void raise(Collection<String> names);

    /**
     * Waits until every other node that shares the ledger can know what was raised here by now.
     *
     * @param wait how long at most
     * @return false if that is not so yet; an interrupted wait ends with false and keeps the flag
     */
    default boolean awaitShared(Duration wait) {
        return true;
    }

    /**
     * Whether a name was raised after a stamp was taken. Once true it stays true for this stamp and name.
     *
     * @param stamp that of the page
     * @param name the name
     * @return true if it was, or if that is forgotten
     */
    boolean isRaisedSince(Stamp stamp, String name);

    /**
     * Waits until every node that shares this ledger can know what had been raised when a stamp was taken. Does not
     * wait for what is out of touch.
     *
     * @param event a stamp that was taken after the raise
     * @param atMost longest time to wait; zero to ask only
     * @return false if it is not so yet; true at once where no other node shares this ledger
     */
    default boolean awaitShared(Stamp event, Duration atMost) {
        return true;
    }

    /**
     * Whether so many raises wait to be shared that whoever can do without should raise no more for now.
     *
     * @return true while it is so
     */
    default boolean isCrowded() {
        return false;
    }

    /**
     * Who shares this ledger.
     *
     * @return how far raises reach at this moment
     */
    default Reach reach() {
        return Reach.NODE;
    }

    /** How far raises reach. */
    enum Reach {
        /** This node, which shares its ledger with no other. */
        NODE,
        /** All nodes. */
        ALL,
        /** This node for now: the others learn of them when the shared ledger is in touch again. */
        AWAY
    }

    /** Ends what runs in the background, within 2 seconds. */
    @Override
    default void close() {}
}
