package dev.pagecache;

import java.time.Duration;

/**
 * A purge that has taken effect on this node, and is on its way to the others.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
public interface Purge {

    /**
     * Whether every node that shares a cache with this one can know of it. Caches in memory alone are shared with none.
     *
     * @return true if it has reached Redis, or there is none
     */
    boolean isShared();

    /**
     * Waits until {@link #isShared}. While Redis is away it does not wait; the purge is kept, and sent when Redis is
     * back. If the thread is interrupted it stops waiting and stays interrupted.
     *
     * @param atMost longest time to wait; zero or less does not wait
     * @return whether it is shared
     */
    boolean awaitShared(Duration atMost);
}
