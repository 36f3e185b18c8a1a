package dev.pagecache.benchmarks;

import dev.pagecache.benchmarks.PacedClient.Request;
import dev.pagecache.benchmarks.PacedClient.Sample;
import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.redis.TestNetwork;
import dev.pagecache.store.Poll;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The latency of requests while Redis or the network to it is in trouble, beside that of a node that has no Redis. Both
 * nodes are asked in turn by the same client, so that whatever else happens on the machine happens to both. Of ten
 * requests nine are for pages in memory, and one for a page that memory does not keep.
 */
final class FaultLatency {
    private static final int PER_SECOND = 2_000;
    private static final int NODES = 2;
    private static final int REMOTE_EACH = 10;
    private static final int PAGES = 200;
    private static final int BYTES = 10_240;
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Even groups are the base's, odd ones the node's. */
    private static final int MEMORY = 0;

    private static final int REMOTE = 2;

    private final FaultEdition edition;
    private final PacedClient client;
    private final FaultNode base;
    private final List<Row> rows = new ArrayList<>();

    private FaultLatency(FaultEdition edition, PacedClient client, FaultNode base) {
        this.edition = edition;
        this.client = client;
        this.base = base;
    }

    /**
     * Times in nanoseconds; 0 where there are none.
     *
     * @param p50 median
     * @param p99 of a hundred, one takes longer
     * @param p999 of a thousand, one takes longer
     */
    record Spread(long p50, long p99, long p999) {
        static Spread of(List<Sample> samples) {
            long[] sorted = samples.stream().mapToLong(Sample::nanos).toArray();
            Arrays.sort(sorted);
            if (sorted.length == 0) {
                return new Spread(0, 0, 0);
            }
            int last = sorted.length - 1;
            return new Spread(sorted[last / 2], sorted[last - last / 100], sorted[last - last / 1000]);
        }
    }

    /**
     * What was measured in one state of Redis.
     *
     * @param name the state
     * @param baseAll all requests to the node without Redis
     * @param all all requests to the node
     * @param baseRemote of the former, those that memory cannot answer
     * @param remote of the latter, those that memory cannot answer
     * @param requests requests to the node
     * @param slow those that took 50 ms longer than the base's p99
     * @param hits share of hits among those that memory cannot answer
     */
    record Row(
            String name,
            Spread baseAll,
            Spread all,
            Spread baseRemote,
            Spread remote,
            int requests,
            int slow,
            double hits) {}

    static List<Row> run(FaultEdition edition) throws IOException {
        try (PacedClient client = new PacedClient();
                FaultNode base = new FaultNode(null)) {
            FaultLatency latency = new FaultLatency(edition, client, base);
            latency.redisInTrouble();
            latency.networkInTrouble();
            return List.copyOf(latency.rows);
        }
    }

    private void redisInTrouble() throws IOException {
        try (RedisTestServer redis = RedisTestServer.start();
                FaultNode node = new FaultNode(redis.uri())) {
            warm(node);
            window("well", node, edition.window());
            redis.freeze();
            window("frozen, from the first moment", node, edition.frozen());
            window("frozen, later", node, edition.window());
            redis.thaw();
            warm(node);
            Thread script = busy(redis);
            window("busy with a script, from the first moment", node, edition.window());
            window("busy with a script, later", node, edition.window());
            redis.exec("SCRIPT", "KILL");
            join(script);
            warm(node);
            redis.kill();
            window("killed, from the first moment", node, edition.window());
            window("killed, later", node, edition.window());
        }
    }

    private void networkInTrouble() throws IOException {
        try (RedisTestServer redis = RedisTestServer.start();
                TestNetwork network = new TestNetwork(redis.port());
                FaultNode node = new FaultNode("redis://127.0.0.1:" + network.port())) {
            for (Weather weather : edition.networks()) {
                Weather.FAIR.befall(network);
                warm(node);
                weather.befall(network);
                window("network: " + weather.words() + ", from the first moment", node, edition.window());
                window("network: " + weather.words() + ", later", node, edition.window());
            }
        }
    }

    /** All pages where they belong, and code that is compiled. */
    private void warm(FaultNode node) throws IOException {
        for (String path : List.of("/memory/", "/redis/")) {
            Recovery.awaitHits(node.port(), path + BYTES, PAGES);
        }
        client.run(i -> request(i, node), PER_SECOND, edition.warmup());
        Recovery.awaitHits(node.port(), "/redis/" + BYTES, PAGES);
    }

    private void window(String name, FaultNode node, Duration time) {
        List<Sample> samples = client.run(i -> request(i, node), PER_SECOND, time);
        Spread baseAll = Spread.of(group(samples, MEMORY, REMOTE));
        List<Sample> all = group(samples, MEMORY + 1, REMOTE + 1);
        List<Sample> remote = group(samples, REMOTE + 1, REMOTE + 1);
        rows.add(new Row(
                name,
                baseAll,
                Spread.of(all),
                Spread.of(group(samples, REMOTE, REMOTE)),
                Spread.of(remote),
                all.size(),
                (int) all.stream()
                        .filter(sample -> sample.nanos() > baseAll.p99() + SLOW_NANOS)
                        .count(),
                (double) remote.stream().filter(Sample::isHit).count() / remote.size()));
    }

    private static List<Sample> group(List<Sample> samples, int one, int other) {
        return samples.stream()
                .filter(sample ->
                        sample.request().group() == one || sample.request().group() == other)
                .toList();
    }

    private Request request(long number, FaultNode node) {
        int side = (int) (number % NODES);
        long turn = number / NODES;
        boolean isRemote = turn % REMOTE_EACH == 0;
        long page = turn / REMOTE_EACH * (isRemote ? 1 : REMOTE_EACH) + (isRemote ? 0 : turn % REMOTE_EACH);
        return new Request(
                side == 0 ? base.port() : node.port(),
                (isRemote ? "/redis/" : "/memory/") + BYTES + "?page=" + page % PAGES,
                (isRemote ? REMOTE : MEMORY) + side);
    }

    private static Thread busy(RedisTestServer redis) {
        redis.exec("CONFIG", "SET", "lua-time-limit", "50");
        Thread script = new Thread(
                () -> {
                    try {
                        redis.exec("EVAL", "while true do end", "0");
                    } catch (JedisException e) {
                        // It is killed, or its client does not wait for ever.
                    }
                },
                "endless script");
        script.start();
        Poll.until("the script runs", () -> isBusy(redis));
        return script;
    }

    private static boolean isBusy(RedisTestServer redis) {
        try {
            redis.exec("PING");
            return false;
        } catch (JedisException e) {
            return true;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
