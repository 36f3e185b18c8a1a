package dev.pagecache.redis;

import dev.pagecache.store.CircuitBreaker;
import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * One of several servers, with a breaker of its own: while it does not serve, nobody waits for it, and the others are
 * not blamed. A probe repeats one of the reads that failed last, in turn: what is short may be served where pages are
 * not. Safe for use by many threads.
 */
final class Node implements AutoCloseable {
    private final RedisAddress address;
    private final LinePool pool;
    private final CircuitBreaker breaker;
    private final byte[] probeKey;
    private final DeadlineWatch watch;
    private final AtomicReferenceArray<Line.@Nullable Call<?>> failedReads =
            new AtomicReferenceArray<>(CircuitBreaker.FAILURES_TO_OPEN);
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger probes = new AtomicInteger();
    private volatile boolean isClosed;

    Node(RedisAddress address, LinePool pool, byte[] probeKey, Background background, RandomGenerator random) {
        this.address = address;
        this.pool = pool;
        this.probeKey = probeKey;
        this.watch = pool.watch();
        this.breaker = new CircuitBreaker(
                this::probe, background, System::nanoTime, random, RedisEvents.breakerOf(address, () -> isClosed));
    }

    RedisAddress address() {
        return address;
    }

    /** Whether calls are to go elsewhere for now. */
    boolean isSkipped() {
        return breaker.isOpen();
    }

    /** The reply of this server. */
    <T> T reply(Line.Call<T> call, LinePool.Manner manner, Servers.Access access, long deadline) {
        try {
            T reply = pool.reply(call, manner, deadline);
            breaker.succeeded();
            return reply;
        } catch (RemoteException e) {
            count(e, call, access);
            throw e;
        }
    }

    /** Its reply to a question about itself or the others, whether or not it is skipped. */
    <T> T ask(Line.Call<T> call) {
        return reply(call, LinePool.Manner.PLAIN, Servers.Access.READ, watch.questionDeadline());
    }

    /**
     * A server that is full, or a replica, refuses writes and serves reads, which must go on; a redirection is a good
     * answer.
     */
    private void count(RemoteException e, Line.Call<?> call, Servers.Access access) {
        boolean isAnswer = e.getCause() instanceof JedisDataException;
        if (e.kind() == Kind.BAD_VALUE || isRedirection(e)) {
            breaker.succeeded();
        } else if (e.kind() == Kind.UNAVAILABLE && !(isAnswer && access == Servers.Access.WRITE)) {
            if (access == Servers.Access.READ) {
                failedReads.set(Math.floorMod(failures.getAndIncrement(), failedReads.length()), call);
            }
            breaker.failed(e);
        }
    }

    private static boolean isRedirection(RemoteException e) {
        return e.getCause() instanceof JedisDataException data && Redirection.isOne(data);
    }

    private void probe() {
        if (isClosed) {
            return; // Nobody asks it any more, so that this probe is the last.
        }
        try {
            pool.reply(Calls.probe(probeKey), LinePool.Manner.PLAIN, watch.questionDeadline());
            Line.Call<?> failed = failedReads.get(Math.floorMod(probes.getAndIncrement(), failedReads.length()));
            if (failed != null) {
                pool.reply(failed.again(), LinePool.Manner.PLAIN, watch.questionDeadline());
            }
        } catch (RemoteException e) {
            if (!isRedirection(e) && e.kind() != Kind.BAD_VALUE) {
                throw e;
            }
        }
    }

    /** No more calls are to come; those that are on their way end by themselves. */
    @Override
    public void close() {
        isClosed = true;
        pool.close();
    }
}
