package dev.pagecache.store;

import dev.pagecache.entry.CacheKey;
import java.time.Duration;

/**
 * Who of all nodes renders a page. A lease is a hint that saves renders, never a lock: it ends by itself, and whoever
 * cannot have it renders all the same.
 *
 * <p>Safe for use by many threads. Calls never throw.
 */
public interface LeaseStore {

    /** What comes of asking for a lease. */
    enum Claim {
        /** The caller renders, and has to say how that ended. */
        GRANTED,
        /** Another node renders. */
        TAKEN,
        /** Nobody need wait: the page turned out not to be storable a moment ago, or leases cannot be had now. */
        FREE
    }

    /**
     * Asks for the lease of a key.
     *
     * @param key the full key
     * @return what came of it
     */
    Claim claim(CacheKey key);

    /**
     * Takes the lease of a key although another node has it, which hangs, has died, or was not heard when it gave it
     * back: others then wait for the caller, and no longer for that one.
     *
     * @param key the full key
     * @return GRANTED or FREE
     */
    Claim takeOver(CacheKey key);

    /**
     * Waits until the holder of a lease has ended, as far as this node hears of that, or a moment has passed.
     *
     * @param key the full key
     * @param atMost how long at most
     * @return false if the wait was interrupted, which keeps the flag
     */
    boolean awaitEnd(CacheKey key, Duration atMost);

    /**
     * Gives a granted lease back when what this node has stored by now has been sent to the remote store.
     *
     * @param key the full key
     */
    void endStored(CacheKey key);

    /**
     * Gives a granted lease back with nothing stored: for a moment everybody renders for himself.
     *
     * @param key the full key
     */
    void endWithoutPage(CacheKey key);
}
