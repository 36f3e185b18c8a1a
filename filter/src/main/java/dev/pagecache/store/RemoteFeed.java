package dev.pagecache.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A subscription to what others do in Redis, or wherever the remote store is. Used by one thread, but for
 * {@link #close}, which ends a call that blocks.
 *
 * @param <T> what it tells
 */
public interface RemoteFeed<T> extends AutoCloseable {

    /**
     * What comes next.
     *
     * @param heartbeat how long to wait for a sign of life
     * @return what was told, or null if there was nothing, and the connection is well
     * @throws RemoteException if the connection is lost, or gives no sign of life in the time
     */
    @Nullable
    T next(Duration heartbeat);

    @Override
    void close();
}
