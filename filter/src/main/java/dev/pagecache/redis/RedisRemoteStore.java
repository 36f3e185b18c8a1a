package dev.pagecache.redis;

import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import dev.pagecache.store.RemoteStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
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
    private static final byte[] PONG = "PONG".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ZERO = Protocol.toByteArray(0);

    private static final Function<Object, byte[]> BYTES = replyOf(byte[].class);
    private static final Function<Object, Long> NUMBER = replyOf(Long.class);

    private final LinePool pool;
    private final String prefix;

    private RedisRemoteStore(RedisOptions options, Supplier<SSLSocketFactory> tlsSockets) {
        this.prefix = FORMAT_PREFIX + (options.keyPrefix().isEmpty() ? "" : options.keyPrefix() + ":");
        this.pool = new LinePool(options, config(options), tlsSockets);
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

    private static JedisClientConfig config(RedisOptions options) {
        int timeoutMillis = (int) Math.max(1, options.timeout().toMillis());
        DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
                .serverDefaultProtocol()
                .connectionTimeoutMillis(timeoutMillis)
                .socketTimeoutMillis(timeoutMillis)
                .database(options.database())
                // It would cost round trips, and is an error under a strict ACL.
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (options.user() != null) {
            builder.user(options.user());
        }
        if (options.password() != null) {
            builder.password(options.password());
        }
        return builder.build();
    }

    @Override
    public byte @Nullable [] get(String name, int maxBytes) {
        // The end is included, so a value of more than maxBytes shows by one byte too many, however long it is.
        CommandArguments command = new CommandArguments(Protocol.Command.GETRANGE)
                .key(key(name))
                .add(ZERO)
                .add(Protocol.toByteArray(maxBytes));
        byte[] value = pool.reply(new Line.Call<>(command, 1 + Math.min(maxBytes, Integer.MAX_VALUE - 1), BYTES));
        if (value.length > maxBytes) {
            throw new RemoteException(Kind.BAD_VALUE, "a value of more than " + maxBytes + " bytes", null);
        }
        return value.length == 0 ? null : value;
    }

    @Override
    public void put(String name, byte[] value, Duration timeToLive) {
        CommandArguments command = new CommandArguments(Protocol.Command.SET)
                .key(key(name))
                .add(value)
                .addParams(SetParams.setParams().px(Math.max(1, timeToLive.toMillis())));
        pool.reply(new Line.Call<>(command, 0, reply -> expect(OK, reply)));
    }

    @Override
    public void remove(String name) {
        CommandArguments command = new CommandArguments(Protocol.Command.UNLINK).key(key(name));
        pool.reply(new Line.Call<>(command, 0, NUMBER));
    }

    @Override
    public void ping() {
        CommandArguments command = new CommandArguments(Protocol.Command.PING);
        pool.reply(new Line.Call<>(command, 0, reply -> expect(PONG, reply)));
    }

    private static <T> Function<Object, T> replyOf(Class<T> type) {
        return reply -> {
            if (!type.isInstance(reply)) {
                throw new IllegalStateException("a reply of another type: out of step");
            }
            return type.cast(reply);
        };
    }

    private static byte[] expect(byte[] expected, Object reply) {
        byte[] bytes = BYTES.apply(reply);
        if (!Arrays.equals(expected, bytes)) {
            throw new IllegalStateException("another reply than expected: out of step");
        }
        return bytes;
    }

    private byte[] key(String name) {
        return (prefix + name).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        pool.close();
    }
}
