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
     * Takes a lease if nobody has it; if somebody does, he is asked to tell when it ends.
     *
     * @param name name without the store's prefix
     * @param holder who asks, 1 to 32 characters of {@code a-z 0-9}
     * @param timeToLive after which it ends by itself, at least 1 ms
     * @return what came of it
     */
    LeaseStore.Claim claim(String name, String holder, Duration timeToLive);

    /**
     * Ends a lease if it is the holder's, and tells who waits.
     *
     * @param name name without the store's prefix
     * @param holder who has it
     * @param freeFor how long claims are answered by FREE afterwards, 0 for not at all
     */
    void end(String name, String holder, Duration freeFor);
}
