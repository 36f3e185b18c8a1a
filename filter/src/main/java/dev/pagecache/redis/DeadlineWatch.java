package dev.pagecache.redis;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Closes the socket of every call whose deadline has passed. A socket timeout bounds one read, not a call: a server
 * that sends a byte now and then would hold a request for as long as it likes.
 *
 * <p>One daemon thread sleeps until the earliest deadline. Most new calls need not wake it, since they are not due
 * before one whole timeout from now; a call that continues on another connection keeps its deadline, and may do so.
 *
 * <p>Safe for use by many threads.
 */
final class DeadlineWatch implements AutoCloseable {
    private static final long MAX_QUESTION_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Set<GuardedSocket> sockets = ConcurrentHashMap.newKeySet();
    private final long timeoutNanos;
    private final long originNanos = System.nanoTime();
    private final Thread thread;
    private volatile boolean isClosed;

    /** When the thread looks next. */
    private volatile long nextNanos;

    DeadlineWatch(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
        this.thread = new Thread(this::watch, "pagecache-redis-deadline");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Nanoseconds since this watch was made, which unlike {@link System#nanoTime} are never negative. */
    long nowNanos() {
        return System.nanoTime() - originNanos;
    }

    /** When a call that begins now is over time. */
    long deadline() {
        return nowNanos() + timeoutNanos;
    }

    /** When a question of the background that begins now is over time: others wait behind it. */
    long questionDeadline() {
        return nowNanos() + Math.min(timeoutNanos, MAX_QUESTION_NANOS);
    }

    /** The time that one call has. */
    long timeoutNanos() {
        return timeoutNanos;
    }

    void add(GuardedSocket socket) {
        sockets.add(socket);
        if (isClosed) {
            socket.close();
        }
        LockSupport.unpark(thread);
    }

    /** A call of a socket, whose deadline is set by now, is to be over then. */
    void expect(long deadline) {
        if (deadline < nextNanos) {
            LockSupport.unpark(thread);
        }
    }

    void remove(GuardedSocket socket) {
        sockets.remove(socket);
    }

    private void watch() {
        while (!isClosed) {
            long now = nowNanos();
            long next = now + timeoutNanos;
            // Told before it looks: a call that begins while it looks is seen by it, or sees this and wakes it.
            nextNanos = next;
            for (GuardedSocket socket : sockets) {
                next = Math.min(next, socket.closeIfDue(now));
            }
            nextNanos = next;
            LockSupport.parkNanos(this, next - now);
        }
    }

    /** Ends the thread and closes all sockets, also those in use. */
    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
        sockets.forEach(GuardedSocket::close);
    }

    boolean isClosed() {
        return isClosed;
    }
}
