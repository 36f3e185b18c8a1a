package dev.pagecache.redis;

import dev.pagecache.redis.Servers.Access;
import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import dev.pagecache.store.RemoteLeases;
import dev.pagecache.store.RemoteStore;
import dev.pagecache.store.RemoteTracking;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.params.SetParams;

/**
 * Bytes in Redis, in whatever shape it runs, through the connections of Jedis. Servers that are absent at the start are
 * no error. Only commands on a single key are sent: GETRANGE, SET with PX, UNLINK, and PING.
 *
 * <p>No call takes longer than the timeout of the options, whatever the server does. Connections speak RESP2 without
 * HELLO, which proxies and old servers understand too.
 *
 * <p>Safe for use by many threads.
 */
public final class RedisRemoteStore implements RemoteStore {
    private static final byte[] OK = "OK".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ZERO = Protocol.toByteArray(0);

    private final Servers servers;
    private final String prefix;

    private RedisRemoteStore(RedisOptions options) {
        this.prefix = Keys.prefix(options);
        this.servers = Servers.open(options);
    }

    /**
     * A store over the servers of the options. Nobody waits for them yet.
     *
     * @param options where they are
     * @return the store; to be closed
     */
    public static RedisRemoteStore open(RedisOptions options) {
        return new RedisRemoteStore(options);
    }

    /**
     * Leases through the same connections.
     *
     * @return the leases, which end with this store
     */
    public RemoteLeases leases() {
        return new RedisLeases(servers, prefix);
    }

    /**
     * Tells of changes of records, through the same connections and one more. Of a cluster it does not hear all.
     *
     * @return what tells of them, which ends with this store
     */
    public RemoteTracking tracking() {
        return new RedisTracking(servers, prefix);
    }

    @Override
    public byte @Nullable [] get(String name, int maxBytes) {
        byte[] key = key(name);
        // The end is included, so a value of more than maxBytes shows by one byte too many, however long it is.
        CommandArguments command = new CommandArguments(Protocol.Command.GETRANGE)
                .key(key)
                .add(ZERO)
                .add(Protocol.toByteArray(maxBytes));
        ReplyLimits limits = ReplyLimits.bulk(1 + Math.min(maxBytes, Integer.MAX_VALUE - 1));
        byte[] value = servers.reply(new Line.Call<>(command, limits, Replies::bytes), key, Access.READ);
        if (value.length > maxBytes) {
            throw new RemoteException(Kind.BAD_VALUE, "a value of more than " + maxBytes + " bytes", null);
        }
        return value.length == 0 ? null : value;
    }

    @Override
    public void put(String name, byte[] value, Duration timeToLive) {
        byte[] key = key(name);
        CommandArguments command = new CommandArguments(Protocol.Command.SET)
                .key(key)
                .add(value)
                .addParams(SetParams.setParams().px(Math.max(1, timeToLive.toMillis())));
        servers.reply(
                new Line.Call<>(command, ReplyLimits.LINE, reply -> Replies.expect(OK, reply)), key, Access.WRITE);
    }

    @Override
    public void remove(String name) {
        byte[] key = key(name);
        CommandArguments command = new CommandArguments(Protocol.Command.UNLINK).key(key);
        servers.reply(new Line.Call<>(command, ReplyLimits.LINE, Replies::number), key, Access.WRITE);
    }

    @Override
    public void ping() {
        servers.ping();
    }

    private byte[] key(String name) {
        return (prefix + name).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        servers.close();
    }
}
