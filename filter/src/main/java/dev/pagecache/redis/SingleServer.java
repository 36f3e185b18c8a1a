package dev.pagecache.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/** The one server of a location. It is connected to at the first call. */
final class SingleServer implements Servers {
    private static final byte[] PONG = "PONG".getBytes(StandardCharsets.US_ASCII);

    private final DeadlineWatch watch;
    private final Connector connector;
    private final RedisAddress address;
    private final LinePool pool;

    SingleServer(RedisOptions options, Supplier<SSLSocketFactory> tlsSockets) {
        this.watch = new DeadlineWatch(options.timeout().toNanos());
        this.connector = new Connector(Login.config(options), options.tls() ? tlsSockets : null, watch);
        this.address = new RedisAddress(options.host(), options.port());
        this.pool = new LinePool(connector, address, options.poolSize());
        watch.start();
    }

    @Override
    public <T> T reply(Line.Call<T> call, byte[] key, Access access) {
        return pool.reply(call, watch.deadline());
    }

    @Override
    public void ping() {
        CommandArguments command = new CommandArguments(Protocol.Command.PING);
        pool.reply(new Line.Call<>(command, ReplyLimits.LINE, reply -> Replies.expect(PONG, reply)), watch.deadline());
    }

    @Override
    public Subscription subscribe(String... channels) {
        return Subscription.open(connector, address, watch.deadline(), List.of(channels));
    }

    @Override
    public void close() {
        watch.close();
        pool.close();
    }
}
