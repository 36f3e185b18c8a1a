package dev.pagecache.benchmarks;

import dev.pagecache.redis.RedisTestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long it takes until a node uses Redis again that was away. Confined to one thread. */
final class Recovery {
    private static final String PAGE = "/redis/1024";
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** A hit may come from a write on its way; for so long it cannot. */
    private static final long HITS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int PAGES = 50;

    private Recovery() {}

    /**
     * Times in nanoseconds from the moment when Redis answers again to the first of the hits that do not end.
     *
     * @param frozen each after it was frozen
     * @param restarted each after it was killed and came back empty
     */
    record Result(List<Long> frozen, List<Long> restarted) {}

    /**
     * Takes Redis away again and again.
     *
     * @param times how often in each way, 1 or more
     * @param away for how long the first time; each time longer, so that the waits between probes grow
     */
    static Result run(int times, Duration away) throws IOException {
        try (RedisTestServer redis = RedisTestServer.start();
                FaultNode node = new FaultNode(redis.uri())) {
            awaitHits(node.port(), PAGE, PAGES);
            List<Long> frozen = new ArrayList<>();
            List<Long> restarted = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                frozen.add(recovery(node, redis::freeze, redis::thaw, away.multipliedBy(i + 1)));
                restarted.add(recovery(node, redis::kill, redis::restart, away.multipliedBy(i + 1)));
            }
            return new Result(frozen, restarted);
        }
    }

    private static long recovery(FaultNode node, Runnable begin, Runnable end, Duration away) throws IOException {
        begin.run();
        long start = System.nanoTime();
        try (KeptConnection connection = new KeptConnection(node.port())) {
            // Each page once in a while, since one that waits to be written is not looked for in Redis.
            for (int i = 0; i < PAGES || System.nanoTime() - start < away.toNanos(); i++) {
                boolean unused = connection.isHit(PAGE + "?page=" + i % PAGES);
                LockSupport.parkNanos(POLL_NANOS);
            }
            end.run();
            long back = System.nanoTime();
            return firstOfHits(connection) - back;
        }
    }

    private static long firstOfHits(KeptConnection connection) throws IOException {
        long begin = System.nanoTime();
        long first = begin;
        boolean wasHit = false;
        for (long now = begin; !wasHit || now - first < HITS_NANOS; now = System.nanoTime()) {
            if (now - begin > LONGEST_NANOS) {
                throw new IllegalStateException("Redis is never used again");
            }
            boolean isHit = connection.isHit(PAGE + "?page=0");
            if (isHit && !wasHit) {
                first = now;
            }
            wasHit = isHit;
            LockSupport.parkNanos(POLL_NANOS);
        }
        return first;
    }

    /** Asks for pages until all are hits. */
    static void awaitHits(int port, String path, int pages) throws IOException {
        long begin = System.nanoTime();
        try (KeptConnection connection = new KeptConnection(port)) {
            for (int hits = 0; hits < pages; ) {
                if (System.nanoTime() - begin > LONGEST_NANOS) {
                    throw new IllegalStateException("pages are never hits: " + path);
                }
                hits = 0;
                for (int i = 0; i < pages; i++) {
                    hits += connection.isHit(path + "?page=" + i) ? 1 : 0;
                }
            }
        }
    }
}
