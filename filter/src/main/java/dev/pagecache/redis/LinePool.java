package dev.pagecache.redis;

import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

    private final Connector connector;
    private final RedisAddress address;
    private final DeadlineWatch watch;
    private final Semaphore permits;
    private final Runnable whenLost;
    private final ConcurrentLinkedDeque<Line> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean isClosed;

    /** How a command is sent. */
    enum Manner {
        PLAIN,
        /** After ASKING: the server is about to take over the slot of the key. */
        ASKING
    }

    LinePool(Connector connector, RedisAddress address, int size) {
        this(connector, address, size, () -> {});
    }

    /** A pool that says when idle connections turn out to be dead, which may mean that the server has changed. */
    LinePool(Connector connector, RedisAddress address, int size, Runnable whenLost) {
        this.connector = connector;
        this.address = address;
        this.watch = connector.watch();
        this.permits = new Semaphore(size);
        this.whenLost = whenLost;
    }

    DeadlineWatch watch() {
        return watch;
    }

    /** The reply to a call, within the deadline. */
    <T> T reply(Line.Call<T> call, long deadline) {
        return reply(call, Manner.PLAIN, deadline);
    }

    /** The reply to a call that is sent in a certain manner. */
    <T> T reply(Line.Call<T> call, Manner manner, long deadline) {
        acquire();
        try {
            return replyOnIdleOrFresh(call, manner, deadline);
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
            if (permits.tryAcquire(Math.min(BORROW_WAIT_NANOS, watch.timeoutNanos()), TimeUnit.NANOSECONDS)) {
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
    private <T> T replyOnIdleOrFresh(Line.Call<T> call, Manner manner, long deadline) {
        Line line = idle.pollFirst();
        if (line != null) {
            try {
                return replyOn(line, call, manner, deadline);
            } catch (JedisConnectionException e) {
                clearIdle();
                whenLost.run();
                if (RedisErrors.isTimeout(e) || watch.nowNanos() >= deadline) {
                    throw e;
                }
            }
        }
        return replyOn(connector.open(address, deadline), call, manner, deadline);
    }

    private <T> T replyOn(Line line, Line.Call<T> call, Manner manner, long deadline) {
        try {
            return line.call(call, manner == Manner.ASKING, deadline);
        } finally {
            if (call.isInStep()) {
                giveBack(line);
            } else {
                connector.discard(line.socket());
            }
        }
    }

    private void giveBack(Line line) {
        idle.addFirst(line);
        if (isClosed || watch.isClosed()) {
            clearIdle();
        }
    }

    private void clearIdle() {
        for (@Nullable Line line = idle.pollFirst(); line != null; line = idle.pollFirst()) {
            connector.discard(line.socket());
        }
    }

    /** Closes the idle connections, and each of those in use after its call, if the watch does not do so before. */
    @Override
    public void close() {
        isClosed = true;
        clearIdle();
    }
}
