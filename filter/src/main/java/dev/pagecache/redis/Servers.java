package dev.pagecache.redis;

import dev.pagecache.store.RemoteException;

/**
 * The servers of one location: which of them a call goes to, in what shape they ever are. No call takes longer than the
 * timeout of the options, looking for another server included.
 *
 * <p>Safe for use by many threads.
 */
interface Servers extends AutoCloseable {

    /** Whether a call changes anything. */
    enum Access {
        /** It may be served by a copy that lags behind. */
        READ,
        /** It must reach the server that owns the key. */
        WRITE
    }

    /**
     * The reply to a command on one key, or to a script on one key.
     *
     * @param call what to send; may be sent more than once
     * @param key the key, which the command names too
     * @param access whether it changes anything
     * @throws RemoteException if there is no reply, or one that is none
     */
    <T> T reply(Line.Call<T> call, byte[] key, Access access);

    /**
     * Returns if the location serves: at least one server answers.
     *
     * @throws RemoteException if not
     */
    void ping();

    /** Closes all connections, also those in use, and ends all threads. */
    @Override
    void close();
}
