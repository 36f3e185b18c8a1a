package dev.pagecache.benchmarks;

import dev.pagecache.benchmarks.CollidingKeys.Times;
import dev.pagecache.entry.Stamp;
import dev.pagecache.redis.RedisLedger;
import dev.pagecache.redis.RedisOptions;
import dev.pagecache.redis.RedisRemoteStore;
import dev.pagecache.store.MemoryStampLedger;
import dev.pagecache.store.SharedStampLedger;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Two nodes' ledgers over one Redis: how soon a purge of one is known to the other, how many purges a second Redis
 * takes while pages are read from it, and what the names take in memory. Confined to one thread.
 */
final class Purges {
    private static final int NAMES = 100_000;
    private static final int AT_ONCE = 1_000;
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final int VALUE_BYTES = 10 * 1024;
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private Purges() {}

    /**
     * What was measured.
     *
     * @param reach times in nanoseconds from a raise to its effect on the other node: p50, p99
     * @param perSecond purges a second of which Redis had each, one name each
     * @param idleReads times in nanoseconds of reads of 10 KB without purges: p50, p99
     * @param busyReads the same while that many purges a second went on
     * @param mirrorBytes heap that 100,000 names take on a node
     */
    record Result(Times reach, double perSecond, Times idleReads, Times busyReads, long mirrorBytes) {}

    static Result run(int samples, int purges) throws IOException {
        try (RedisProcess redis = new RedisProcess()) {
            RedisOptions options = L2Hit.options(redis.port());
            try (RedisRemoteStore store = RedisRemoteStore.open(options);
                    SharedStampLedger first = ledger(options);
                    SharedStampLedger second = ledger(options)) {
                store.put("page", new byte[VALUE_BYTES], Duration.ofHours(1));
                reach(first, second, samples);
                Times reach = reach(first, second, samples);
                reads(store, samples);
                Times idle = reads(store, samples);
                AtomicBoolean isOver = new AtomicBoolean();
                List<Long> busy = new ArrayList<>();
                CountDownLatch hasBegun = new CountDownLatch(1);
                Thread reader = new Thread(() -> {
                    hasBegun.countDown();
                    while (!isOver.get()) {
                        busy.add(read(store));
                    }
                });
                reader.start();
                await(hasBegun);
                double perSecond = purge(first, purges);
                isOver.set(true);
                join(reader);
                return new Result(reach, perSecond, idle, percentiles(busy), mirrorBytes());
            }
        }
    }

    private static SharedStampLedger ledger(RedisOptions options) {
        SharedStampLedger ledger = new SharedStampLedger(
                MemoryStampLedger.DEFAULT_MAX_NAMES,
                RedisLedger.open(options),
                Duration.ofSeconds(3),
                System::nanoTime,
                new SplittableRandom());
        ledger.start(WAIT);
        return ledger;
    }

    private static Times reach(SharedStampLedger first, SharedStampLedger second, int samples) {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            String name = "tag:reach-" + i % 100;
            Stamp before = second.now();
            long start = System.nanoTime();
            first.raise(List.of(name));
            while (!second.isRaisedSince(before, name)) {
                if (System.nanoTime() - start > WAIT.toNanos()) {
                    throw new IllegalStateException("a purge never came");
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
            nanos.add(System.nanoTime() - start);
        }
        return percentiles(nanos);
    }

    /** One name a purge, as many as leave the node; how many a second. */
    private static double purge(SharedStampLedger ledger, int purges) {
        long start = System.nanoTime();
        for (int i = 0; i < purges; i++) {
            ledger.raise(List.of("tag:" + i % NAMES));
            if (i % AT_ONCE == 0 && !ledger.awaitShared(WAIT)) {
                throw new IllegalStateException("purges do not leave");
            }
        }
        if (!ledger.awaitShared(WAIT)) {
            throw new IllegalStateException("purges do not leave");
        }
        return purges / ((System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    private static Times reads(RedisRemoteStore store, int samples) {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            nanos.add(read(store));
        }
        return percentiles(nanos);
    }

    private static long read(RedisRemoteStore store) {
        long start = System.nanoTime();
        byte[] value = store.get("page", 2 * VALUE_BYTES);
        long nanos = System.nanoTime() - start;
        if (value == null || value.length != VALUE_BYTES) {
            throw new IllegalStateException("the page is not there");
        }
        return nanos;
    }

    private static Times percentiles(List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Times(sorted[sorted.length / 2], sorted[sorted.length - 1 - sorted.length / 100]);
    }

    private static long mirrorBytes() {
        MemoryStampLedger empty = new MemoryStampLedger(MemoryStampLedger.DEFAULT_MAX_NAMES);
        long before = usedBytes();
        for (int i = 0; i < NAMES; i++) {
            empty.raise(List.of("tag:product-" + i + "-of-the-shop"));
        }
        long bytes = usedBytes() - before;
        if (empty.isEmpty()) {
            throw new IllegalStateException("nothing was raised");
        }
        return bytes;
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
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
