package dev.pagecache.redis;

import dev.pagecache.redis.Servers.Access;
import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import dev.pagecache.store.RemoteStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.params.SetParams;

/**
 * Bytes in one Redis server, through the connections of Jedis. It connects at the first call, so a server that is
 * absent at the start is no error. Only commands on a single key are sent: GETRANGE, SET with PX, UNLINK, and PING.
 *
 * <p>No call takes longer than the timeout of the options, whatever the server does. Connections speak RESP2 without
 * HELLO, which proxies and old servers understand too.
 *
 * <p>Safe for use by many threads.
 */
public final class RedisRemoteStore implements RemoteStore {
    /** Version of the format of keys and values: releases that differ in it do not see each other's records. */
    private static final String FORMAT_PREFIX = "pc1:";

    private static final byte[] OK = "OK".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ZERO = Protocol.toByteArray(0);

    private final Servers servers;
    private final String prefix;

    private RedisRemoteStore(RedisOptions options, Supplier<SSLSocketFactory> tlsSockets) {
        this.prefix = prefix(options);
        this.servers = Servers.open(options, tlsSockets);
    }

    /**
     * A store over the server of the options. Nothing is sent yet.
     *
     * @param options where the server is
     * @return the store; to be closed
     */
    public static RedisRemoteStore open(RedisOptions options) {
        return open(options, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /** With a trust of its own, for tests. */
    static RedisRemoteStore open(RedisOptions options, Supplier<SSLSocketFactory> tlsSockets) {
        return new RedisRemoteStore(options, tlsSockets);
    }

    /** What every key and channel of a cache starts with. */
    static String prefix(RedisOptions options) {
        return FORMAT_PREFIX + (options.keyPrefix().isEmpty() ? "" : options.keyPrefix() + ":");
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
