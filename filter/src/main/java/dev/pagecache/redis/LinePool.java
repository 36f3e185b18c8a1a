package dev.pagecache.redis;

import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * The connections to one server: at most so many in use, idle ones reused last in first out. Waiting for one is short
 * and bounded: the waits of a general object pool would keep request threads after the server is back, and it connects
 * anew on the thread that returns a broken connection.
 *
 * <p>Safe for use by many threads.
 */
final class LinePool implements AutoCloseable {
    private static final long BORROW_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final RedisOptions options;
    private final JedisClientConfig config;
    private final Supplier<SSLSocketFactory> tlsSockets;
    private final DeadlineWatch watch;
    private final long timeoutNanos;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<Line> idle = new ConcurrentLinkedDeque<>();

    LinePool(RedisOptions options, JedisClientConfig config, Supplier<SSLSocketFactory> tlsSockets) {
        this.options = options;
        this.config = config;
        this.tlsSockets = tlsSockets;
        this.timeoutNanos = options.timeout().toNanos();
        this.watch = new DeadlineWatch(timeoutNanos);
        this.permits = new Semaphore(options.poolSize());
        watch.start();
    }

    /** The reply to a call, within the deadline. */
    <T> T reply(Line.Call<T> call) {
        long deadline = watch.nowNanos() + timeoutNanos;
        acquire();
        try {
            return replyOnIdleOrFresh(call, deadline);
        } catch (RuntimeException e) {
            throw RedisErrors.translate(e, watch.nowNanos() >= deadline);
        } finally {
            permits.release();
        }
    }

    private void acquire() {
        if (permits.tryAcquire()) {
            return;
        }
        try {
            if (permits.tryAcquire(Math.min(BORROW_WAIT_NANOS, timeoutNanos), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RemoteException(Kind.EXHAUSTED, "interrupted", e);
        }
        throw new RemoteException(Kind.EXHAUSTED, "all connections are in use", null);
    }

    /**
     * An idle connection may be dead since the server was restarted or has closed it. Then all idle ones are likely to
     * be, and one more attempt on a fresh one is worth the rest of the deadline: every command here may be repeated.
     */
    private <T> T replyOnIdleOrFresh(Line.Call<T> call, long deadline) {
        Line line = idle.pollFirst();
        if (line != null) {
            try {
                return replyOn(line, call, deadline);
            } catch (JedisConnectionException e) {
                clearIdle();
                if (RedisErrors.isTimeout(e) || watch.nowNanos() >= deadline) {
                    throw e;
                }
            }
        }
        return replyOn(open(deadline), call, deadline);
    }

    private <T> T replyOn(Line line, Line.Call<T> call, long deadline) {
        try {
            return line.call(call, deadline);
        } finally {
            if (call.isInStep()) {
                giveBack(line);
            } else {
                discard(line.socket());
            }
        }
    }

    private Line open(long deadline) {
        if (watch.isClosed()) {
            throw new RemoteException(Kind.UNAVAILABLE, "closed", null);
        }
        GuardedSocket socket = new GuardedSocket(options, tlsSockets, watch);
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

    private void giveBack(Line line) {
        idle.addFirst(line);
        if (watch.isClosed()) {
            clearIdle();
        }
    }

    private void discard(GuardedSocket socket) {
        socket.close();
        watch.remove(socket);
    }

    private void clearIdle() {
        for (@Nullable Line line = idle.pollFirst(); line != null; line = idle.pollFirst()) {
            discard(line.socket());
        }
    }

    /** Closes all connections, also those in use. */
    @Override
    public void close() {
        watch.close();
        clearIdle();
    }
}
