package dev.pagecache.store;

import java.time.Duration;

/**
 * Leases outside this JVM. Calls block until the answer or the deadline of the implementation; they may throw any
 * {@link RuntimeException}.
 *
 * <p>Safe for use by many threads.
 */
public interface RemoteLeases {

    /**
     * Takes a lease if no other node has it; if one does, it is asked to tell when it ends. A node asks for a name once
     * at a time: what it still has of the name is a lease of which it does not know.
     *
     * @param name name without the store's prefix
     * @param holder who asks: the node and the number of its claim, {@code [a-z0-9]{1,32}[.][a-z0-9]{1,16}}
     * @param timeToLive after which it ends by itself, at least 1 ms
     * @return what came of it
     */
    LeaseStore.Claim claim(String name, String holder, Duration timeToLive);

    /**
     * Takes a lease whoever has it.
     *
     * @param name name without the store's prefix
     * @param holder as for {@link #claim}
     * @param timeToLive after which it ends by itself, at least 1 ms
     * @return GRANTED, or FREE if nobody need wait
     */
    LeaseStore.Claim takeOver(String name, String holder, Duration timeToLive);

    /**
     * Ends a lease if it is the holder's, and tells who waits.
     *
     * @param name name without the store's prefix
     * @param holder who took it, as then
     * @param freeFor how long claims are answered by FREE afterwards, 0 for not at all
     */
    void end(String name, String holder, Duration freeFor);
}
