package dev.pagecache.benchmarks;

import dev.pagecache.entry.Page;
import dev.pagecache.entry.RecordCodec;
import dev.pagecache.redis.RedisAddress;
import dev.pagecache.redis.RedisLogin;
import dev.pagecache.redis.RedisOptions;
import dev.pagecache.redis.RedisRemoteStore;
import dev.pagecache.redis.RedisTopology;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.TieredStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/**
 * A page that only Redis has, through the whole engine, against a GET of the same bytes by a pooled Jedis client. One
 * thread; this process is measured, Redis is another one.
 */
final class L2Hit {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_RECORD_BYTES = 2 << 20;

    private L2Hit() {}

    static List<Comparison> run(Edition edition) throws IOException {
        List<Comparison> comparisons = new ArrayList<>();
        try (RedisProcess redis = new RedisProcess();
                RedisClient raw = rawClient(redis.port());
                TieredStore store = store(redis.port())) {
            BenchmarkEngine engine = new BenchmarkEngine(store);
            for (int size : edition.valueBytes()) {
                comparisons.add(compare(size, edition, raw, store, engine));
            }
        }
        return comparisons;
    }

    @SuppressWarnings("ReferenceEquality") // an equal page from Redis is what is waited for
    private static Comparison compare(
            int size, Edition edition, RedisClient raw, TieredStore store, BenchmarkEngine engine) {
        BenchmarkRequest request = new BenchmarkRequest("size=" + size);
        Page page = engine.render(request, BenchmarkEngine.pageFields(), Pages.body(size))
                .page();
        // While the write is queued, it and not Redis would answer.
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (store.get(page.key()) == page) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("the page did not reach Redis");
            }
            Thread.onSpinWait();
        }
        byte[] name = ("raw:" + size).getBytes(StandardCharsets.US_ASCII);
        byte[] value = new RecordCodec().encode(page, System.nanoTime(), System.currentTimeMillis());
        raw.set(name, value);
        Comparison comparison = Comparison.run(
                "engine, no memory",
                size,
                edition,
                time -> round(time, () -> raw.get(name).length == value.length),
                time -> round(time, () -> engine.hit(request).page().body().length() == size));
        if (store.counters().remoteErrors() + store.counters().remoteSkipped() > 0) {
            throw new IllegalStateException("Redis failed");
        }
        return comparison;
    }

    /** One operation, and whether it gave what it should. */
    @FunctionalInterface
    private interface Operation {
        boolean run();
    }

    private static Round round(Duration time, Operation operation) {
        Usage before = Usage.now();
        long start = System.nanoTime();
        long operations = 0;
        long now;
        do {
            if (!operation.run()) {
                throw new IllegalStateException("another value than expected");
            }
            operations++;
            now = System.nanoTime();
        } while (now - start < time.toNanos());
        return new Round(operations, now - start, Usage.now().minus(before));
    }

    private static RedisClient rawClient(int port) {
        return RedisClient.builder()
                .hostAndPort("127.0.0.1", port)
                .clientConfig(DefaultJedisClientConfig.builder()
                        .serverDefaultProtocol()
                        .build())
                .build();
    }

    /** A server on the loopback interface. */
    static RedisOptions options(int port) {
        RedisTopology server = new RedisTopology.Single(new RedisAddress("127.0.0.1", port), RedisLogin.NONE);
        return new RedisOptions(server, null, TIMEOUT, 8, "");
    }

    /** Its memory keeps nothing, so every look-up goes to Redis. */
    private static TieredStore store(int port) {
        return new TieredStore(
                new MemoryStore(0, null, System::nanoTime),
                RedisRemoteStore.open(options(port)),
                MAX_RECORD_BYTES,
                System::nanoTime,
                InstantSource.system(),
                RandomGenerator.getDefault());
    }
}
