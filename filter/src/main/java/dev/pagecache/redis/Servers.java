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

    /** The servers of a location. What takes time is done later or in the background. */
    static Servers open(RedisOptions options) {
        RedisTopology topology = options.topology();
        if (topology instanceof RedisTopology.Replicated replicated) {
            return new ReplicatedServers(options, replicated);
        }
        if (topology instanceof RedisTopology.Sentinel sentinel) {
            return new SentinelServers(options, sentinel);
        }
        if (topology instanceof RedisTopology.Cluster cluster) {
            return new ClusterServers(options, cluster);
        }
        return new SingleServer(options, (RedisTopology.Single) topology);
    }

    /**
     * The reply to a command on one key, or to a script on one key.
     *
     * @param call what to send; may be sent more than once
     * @param key the key, which the command names too
     * @param access whether it changes anything
     * @throws RemoteException if there is no reply, or one that is none; of kind PARTIAL if other keys may be served
     */
    <T> T reply(Line.Call<T> call, byte[] key, Access access);

    /**
     * Returns if the location serves: at least one server answers. For the background, since it may take the timeout
     * once for each server.
     *
     * @throws RemoteException if not
     */
    void ping();

    /**
     * Hears what is published on channels, on a connection of its own to a server that hears all of it, or what such a
     * server tells of keys.
     *
     * @param topics what to hear; changes of keys are those of one server, which in a cluster are not all
     * @return the subscription; to be closed
     * @throws RemoteException if there is no such server within the deadline
     */
    Subscription subscribe(Topics topics);

    /** The same for channels. */
    default Subscription subscribe(String... channels) {
        return subscribe(Topics.channels(channels));
    }

    /** Closes all connections, subscriptions too, also those in use, and ends all threads. */
    @Override
    void close();
}
