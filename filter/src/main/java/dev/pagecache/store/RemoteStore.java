package dev.pagecache.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Bytes by name outside this JVM. Calls block until the answer or the deadline of the implementation; they may throw
 * any {@link RuntimeException}, of which a {@link RemoteException} says what kind of trouble it is. {@code TieredStore}
 * is the seam that hides all of them.
 *
 * <p>Safe for use by many threads.
 */
public interface RemoteStore extends AutoCloseable {

    /**
     * The bytes at a name.
     *
     * @param name name without the store's prefix
     * @param maxBytes most bytes to accept; more than that is never read into memory
     * @return the bytes, which nobody changes afterwards, or null if there are none
     * @throws RemoteException of kind BAD_VALUE if something else or something larger stands there
     */
    byte @Nullable [] get(String name, int maxBytes);

    /**
     * Sets the bytes at a name, replacing what is there.
     *
     * @param name name without the store's prefix
     * @param value the bytes
     * @param timeToLive after which the store forgets them, at least 1 ms
     */
    void put(String name, byte[] value, Duration timeToLive);

    /**
     * Removes the bytes at a name, if any.
     *
     * @param name name without the store's prefix
     */
    void remove(String name);

    /** Returns if the store answers; a background probe calls it. */
    void ping();

    /** Closes the connections at once, also those in use. */
    @Override
    void close();
}
