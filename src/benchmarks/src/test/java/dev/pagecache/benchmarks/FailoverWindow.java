package dev.pagecache.benchmarks;

import dev.pagecache.benchmarks.PacedClient.Request;
import dev.pagecache.benchmarks.PacedClient.Sample;
import dev.pagecache.redis.RedisTestCluster;
import dev.pagecache.redis.RedisTestSentinel;
import dev.pagecache.redis.RedisTestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** For how long pages miss when a master goes away and another server takes its place. Confined to one thread. */
final class FailoverWindow {
    private static final int PAGES = 120;
    private static final int PER_SECOND = 400;
    private static final Duration TIME = Duration.ofSeconds(14);
    private static final long BEFORE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String PATH = "/redis/1024?page=";

    private FailoverWindow() {}

    /**
     * What was measured.
     *
     * @param name what was done
     * @param seconds from then to the last miss of a page of this master
     * @param pages how many of the pages were this master's
     * @param othersHits share of hits of the other pages meanwhile; 1 if there are none
     * @param p99 of all requests meanwhile, in nanoseconds
     */
    record Result(String name, double seconds, int pages, double othersHits, long p99) {}

    static List<Result> run() throws IOException {
        List<Result> results = new ArrayList<>();
        int ofLedger = RedisTestCluster.shardOf("{ledger}");
        int other = (ofLedger + 1) % 3;
        results.add(cluster("cluster: a master killed", other, RedisTestServer::kill));
        results.add(cluster("cluster: a master frozen", other, RedisTestServer::freeze));
        results.add(cluster("cluster: the ledger's master killed", ofLedger, RedisTestServer::kill));
        results.add(cluster("cluster: the ledger's master frozen", ofLedger, RedisTestServer::freeze));
        results.add(sentinel("Sentinel: the master killed", RedisTestServer::kill));
        results.add(sentinel("Sentinel: the master frozen", RedisTestServer::freeze));
        return results;
    }

    private static Result cluster(String name, int shard, Consumer<RedisTestServer> fault) throws IOException {
        try (RedisTestCluster cluster = RedisTestCluster.start();
                FaultNode node = new FaultNode(cluster.location())) {
            fill(node);
            clear(cluster.node(shard));
            Set<Integer> pages = misses(node);
            fill(node);
            cluster.awaitReplicated();
            return window(name, node, pages, () -> fault.accept(cluster.node(shard)));
        }
    }

    /** Each by itself, since keys of several slots are not deleted at once. */
    private static void clear(RedisTestServer master) {
        for (byte[] key : master.records()) {
            master.execBytes("DEL", key);
        }
    }

    private static Result sentinel(String name, Consumer<RedisTestServer> fault) throws IOException {
        try (RedisTestSentinel servers = RedisTestSentinel.start();
                FaultNode node = new FaultNode(servers.location())) {
            Set<Integer> pages = misses(node);
            fill(node);
            return window(name, node, pages, () -> fault.accept(servers.master()));
        }
    }

    private static void fill(FaultNode node) throws IOException {
        Recovery.awaitHits(node.port(), "/redis/1024", PAGES);
    }

    /** The pages that are none at present. */
    private static Set<Integer> misses(FaultNode node) throws IOException {
        Set<Integer> misses = new HashSet<>();
        try (KeptConnection connection = new KeptConnection(node.port())) {
            for (int i = 0; i < PAGES; i++) {
                if (!connection.isHit(PATH + i)) {
                    misses.add(i);
                }
            }
        }
        return misses;
    }

    private static Result window(String name, FaultNode node, Set<Integer> pages, Runnable fault) {
        try (PacedClient client = new PacedClient()) {
            FutureTask<List<Sample>> load =
                    new FutureTask<>(() -> client.run(i -> request(i, node, pages), PER_SECOND, TIME));
            new Thread(load, "load").start();
            LockSupport.parkNanos(BEFORE_NANOS);
            fault.run();
            long begin = System.nanoTime();
            return result(name, result(load), begin, pages.size());
        }
    }

    /** Group 1 is the pages of the master that goes away. */
    private static Request request(long number, FaultNode node, Set<Integer> pages) {
        int page = (int) (number % PAGES);
        return new Request(node.port(), PATH + page, pages.contains(page) ? 1 : 0);
    }

    private static Result result(String name, List<Sample> samples, long begin, int pages) {
        long last = samples.stream()
                .filter(sample -> sample.request().group() == 1 && !sample.isHit())
                .mapToLong(sample -> sample.dueNanos() + sample.nanos() - begin)
                .max()
                .orElse(0);
        List<Sample> meanwhile = samples.stream()
                .filter(sample -> sample.dueNanos() >= begin && sample.dueNanos() <= begin + last)
                .toList();
        List<Sample> others = meanwhile.stream()
                .filter(sample -> sample.request().group() == 0)
                .toList();
        double hits = others.isEmpty()
                ? 1
                : (double) others.stream().filter(Sample::isHit).count() / others.size();
        long p99 = FaultLatency.Spread.of(meanwhile).p99();
        return new Result(name, last / (double) TimeUnit.SECONDS.toNanos(1), pages, hits, p99);
    }

    private static List<Sample> result(FutureTask<List<Sample>> load) {
        try {
            return load.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
