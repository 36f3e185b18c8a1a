package dev.pagecache.benchmarks;

import dev.pagecache.engine.Step;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.VaryIndex;
import dev.pagecache.policy.Reason;
import dev.pagecache.store.HitForMissMarks;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.VariantCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * What a look-up costs among keys that an attacker has made to have one hash code, against as many random ones of the
 * same length, in everything that is looked up by key. Confined to one thread.
 */
final class CollidingKeys {
    private static final long STORE_BYTES = 256L << 20;
    private static final int ROUNDS = 5;

    private CollidingKeys() {}

    /**
     * Times of look-ups in one place.
     *
     * @param name the place
     * @param keys number of keys there
     * @param random times among random keys
     * @param colliding times among colliding keys
     */
    record Cost(String name, int keys, Times random, Times colliding) {}

    /**
     * Times of single look-ups, the reading of the clock included.
     *
     * @param p50 median in nanoseconds
     * @param p99 time in nanoseconds that one look-up of a hundred exceeds
     */
    record Times(long p50, long p99) {}

    /**
     * Compares all places.
     *
     * @param pairs two to this power is the number of keys
     * @param lookups number of look-ups of each round
     */
    static List<Cost> run(int pairs, int lookups) {
        List<String> random = random(pairs + 1);
        List<String> colliding = colliding(pairs + 1);
        int keys = 1 << pairs;
        // The counts are bounded by their bytes: as many as they keep.
        int urls = Math.min(keys, 4_096);
        return List.of(
                compare("pages in memory", keys, lookups, memory(random, keys), memory(colliding, keys)),
                compare("marks", keys, lookups, marks(random, keys), marks(colliding, keys)),
                compare("counts of variants", urls, lookups, counts(random, urls), counts(colliding, urls)),
                flights(keys, lookups, random, colliding));
    }

    /** Queries of which all have one hash code at the end of a key: "Aa" and "BB" have. */
    static List<String> colliding(int pairs) {
        List<String> queries = new ArrayList<>();
        for (int bits = 0; bits < 1 << pairs; bits++) {
            StringBuilder query = new StringBuilder("q=");
            for (int i = 0; i < pairs; i++) {
                query.append((bits >> i & 1) == 0 ? "Aa" : "BB");
            }
            queries.add(query.toString());
        }
        return queries;
    }

    private static List<String> random(int pairs) {
        SplittableRandom random = new SplittableRandom(7);
        List<String> queries = new ArrayList<>();
        for (int n = 0; n < 1 << pairs; n++) {
            StringBuilder query = new StringBuilder("q=");
            for (int i = 0; i < 2 * pairs; i++) {
                query.append((char) ('a' + random.nextInt(26)));
            }
            queries.add(query.toString());
        }
        return queries;
    }

    /** The key of the URL with this query. */
    static CacheKey key(String query) {
        return CacheKey.url(
                "",
                "https",
                "www.example.org",
                443,
                "/shop/articles",
                "/shop/articles",
                query,
                List.of(),
                name -> null);
    }

    private static CacheKey[] keys(List<String> queries, int number) {
        CacheKey[] keys = new CacheKey[number];
        for (int i = 0; i < number; i++) {
            keys[i] = key(queries.get(i));
        }
        return keys;
    }

    private static IntConsumer memory(List<String> queries, int number) {
        CacheKey[] keys = keys(queries, number);
        MemoryStore store = new MemoryStore(STORE_BYTES, null, System::nanoTime);
        long end = System.nanoTime() + TimeUnit.DAYS.toNanos(1);
        for (CacheKey key : keys) {
            store.put(new VaryIndex(key, List.of("accept"), end));
        }
        return i -> expect(store.get(keys[i]) != null);
    }

    private static IntConsumer marks(List<String> queries, int number) {
        CacheKey[] keys = keys(queries, number);
        HitForMissMarks marks = new HitForMissMarks(4 * number, System::nanoTime);
        for (CacheKey key : keys) {
            marks.mark(key, Duration.ofDays(1));
        }
        return i -> expect(marks.isMarked(keys[i]));
    }

    private static IntConsumer counts(List<String> queries, int number) {
        CacheKey[] keys = keys(queries, number);
        VariantCounts counts = new VariantCounts(System::nanoTime);
        return i -> expect(counts.admits(keys[i], keys[i]));
    }

    /** A miss from its look-up to its taking off, while as many other renders are in the air. */
    private static Cost flights(int keys, int lookups, List<String> random, List<String> colliding) {
        List<BenchmarkEngine> engines = new ArrayList<>();
        List<List<String>> sides = List.of(random, colliding);
        for (List<String> side : sides) {
            BenchmarkEngine engine = new BenchmarkEngine(new MemoryStore(STORE_BYTES, null, System::nanoTime));
            for (int i = 0; i < keys; i++) {
                expect(engine.open(new BenchmarkRequest(side.get(i))) instanceof Step.Render);
            }
            engines.add(engine);
        }
        List<List<Times>> times = List.of(new ArrayList<>(), new ArrayList<>());
        for (int round = -1; round < ROUNDS; round++) {
            for (int side = 0; side < 2; side++) {
                Times measured = misses(engines.get(side), sides.get(side), keys, lookups);
                if (round >= 0) {
                    times.get(side).add(measured);
                }
            }
        }
        return new Cost("misses while others render", keys, median(times.get(0)), median(times.get(1)));
    }

    private static Times misses(BenchmarkEngine engine, List<String> queries, int keys, int lookups) {
        SplittableRandom random = new SplittableRandom(11);
        long[] nanos = new long[lookups];
        for (int i = 0; i < lookups; i++) {
            BenchmarkRequest request = new BenchmarkRequest(queries.get(keys + random.nextInt(keys)));
            long start = System.nanoTime();
            Step step = engine.open(request);
            nanos[i] = System.nanoTime() - start;
            if (step instanceof Step.Render render) {
                render.rendering().release(Reason.REVOKED);
            }
        }
        return times(nanos);
    }

    /** In turn, so that what else the machine does falls on both alike; the first round of each does not count. */
    private static Cost compare(String name, int keys, int lookups, IntConsumer random, IntConsumer colliding) {
        List<Times> randomTimes = new ArrayList<>();
        List<Times> collidingTimes = new ArrayList<>();
        for (int round = -1; round < ROUNDS; round++) {
            Times ofRandom = lookUp(keys, lookups, random);
            Times ofColliding = lookUp(keys, lookups, colliding);
            if (round >= 0) {
                randomTimes.add(ofRandom);
                collidingTimes.add(ofColliding);
            }
        }
        return new Cost(name, keys, median(randomTimes), median(collidingTimes));
    }

    private static Times lookUp(int keys, int lookups, IntConsumer lookup) {
        SplittableRandom random = new SplittableRandom(11);
        long[] nanos = new long[lookups];
        for (int i = 0; i < lookups; i++) {
            int key = random.nextInt(keys);
            long start = System.nanoTime();
            lookup.accept(key);
            nanos[i] = System.nanoTime() - start;
        }
        return times(nanos);
    }

    private static Times times(long[] nanos) {
        Arrays.sort(nanos);
        return new Times(nanos[nanos.length / 2], nanos[nanos.length - 1 - nanos.length / 100]);
    }

    private static Times median(List<Times> rounds) {
        long[] p50 = rounds.stream().mapToLong(Times::p50).sorted().toArray();
        long[] p99 = rounds.stream().mapToLong(Times::p99).sorted().toArray();
        return new Times(p50[p50.length / 2], p99[p99.length / 2]);
    }

    private static void expect(boolean isFound) {
        if (!isFound) {
            throw new IllegalStateException("a key is not where it was put");
        }
    }
}
