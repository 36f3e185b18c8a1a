package dev.pagecache.redis;

import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Opens connections to any server of one location, with one login. Safe for use by many threads. */
final class Connector {
    private final JedisClientConfig config;
    private final @Nullable Supplier<SSLSocketFactory> tlsSockets;
    private final DeadlineWatch watch;

    Connector(RedisOptions options, RedisLogin login, DeadlineWatch watch) {
        this.config = Login.config(login, options.timeout());
        this.tlsSockets = options.tls() == null ? null : options.tls().sockets();
        this.watch = watch;
    }

    DeadlineWatch watch() {
        return watch;
    }

    /** A connection, with its login done, within the deadline; to be given to {@link #discard} in the end. */
    Line open(RedisAddress address, long deadline) {
        if (watch.isClosed()) {
            throw new RemoteException(Kind.UNAVAILABLE, "closed", null);
        }
        GuardedSocket socket = new GuardedSocket(address, config.getSocketTimeoutMillis(), tlsSockets, watch);
        Line line = null;
        try {
            socket.begin(deadline);
            watch.add(socket);
            line = new Line(socket, config);
            if (!socket.end()) {
                line = null;
                throw new JedisConnectionException("closed while connecting");
            }
            return line;
        } finally {
            if (line == null) {
                discard(socket);
            }
        }
    }

    void discard(GuardedSocket socket) {
        socket.close();
        watch.remove(socket);
    }
}
