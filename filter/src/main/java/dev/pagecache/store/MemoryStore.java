package dev.pagecache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.StoredRecord;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Records in this JVM's memory, bounded by their weight. A hit allocates nothing and copies nothing.
 *
 * <p>A record lives until its retention or the store's maximum age is over, counted from the put. The eviction policy's
 * own work (Caffeine's maintenance) runs on the calling thread, a bounded amount at a time: the common pool would hold
 * on to the web application's class loader, and a thread of our own would cost a wake-up for a few microseconds of
 * work. Expired records are never returned, and their memory is freed by later calls.
 *
 * <p>Safe for use by many threads.
 */
public final class MemoryStore implements RecordStore {
    private final Cache<CacheKey, StoredRecord> cache;
    private final StoreCounters counters = new StoreCounters();
    private final @Nullable TrackedNames names;
    private final long maxBytes;
    private final LongSupplier nanoTime;
    private volatile boolean isClosed;

    /**
     * An empty store.
     *
     * @param maxBytes most weight of all records, in bytes, 0 or more; a heavier record is not stored
     * @param maxAge longest time from a put during which a record is found, or null for as long as its retention; it
     *     bounds how long another node's removal goes unseen
     * @param nanoTime the node's monotonic time in nanoseconds
     * @throws IllegalArgumentException if maxBytes is negative or maxAge is not positive
     */
    public MemoryStore(long maxBytes, @Nullable Duration maxAge, LongSupplier nanoTime) {
        this(maxBytes, maxAge, nanoTime, null);
    }

    private MemoryStore(long maxBytes, @Nullable Duration maxAge, LongSupplier nanoTime, @Nullable TrackedNames names) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes is " + maxBytes + ", must be 0 or more");
        }
        if (maxAge != null && (maxAge.isZero() || maxAge.isNegative())) {
            throw new IllegalArgumentException("maxAge is " + maxAge + ", must be more than zero");
        }
        this.maxBytes = maxBytes;
        this.nanoTime = nanoTime;
        this.names = names;
        Caffeine<CacheKey, StoredRecord> builder = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<CacheKey, StoredRecord>weigher((key, record) -> record.weightBytes())
                .expireAfter(new Retention(maxAge == null ? Long.MAX_VALUE : saturatedNanos(maxAge)))
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .evictionListener((key, record, cause) -> {
                    counters.evictions.increment();
                    counters.evictedBytes.add(record == null ? 0 : record.weightBytes());
                });
        if (names != null) {
            builder.removalListener((key, record, cause) -> {
                if (key != null && cause != RemovalCause.REPLACED) {
                    settle(key);
                }
            });
        }
        this.cache = builder.build();
    }

    /**
     * An empty store whose records a {@link DeletionTracker} finds by their names in a remote store. A record takes
     * some 70 bytes more, which do not count, and a put and a removal a few digests of its key each.
     *
     * @param maxBytes as for other stores
     * @param maxAge as for other stores
     * @param nanoTime the node's monotonic time in nanoseconds
     * @return the store
     * @throws IllegalArgumentException if maxBytes is negative or maxAge is not positive
     */
    public static MemoryStore tracked(long maxBytes, @Nullable Duration maxAge, LongSupplier nanoTime) {
        return new MemoryStore(maxBytes, maxAge, nanoTime, new TrackedNames());
    }

    @Override
    public @Nullable StoredRecord get(CacheKey key) {
        StoredRecord record = find(key);
        (record == null ? counters.misses : counters.memoryHits).increment();
        return record;
    }

    @Override
    public @Nullable StoredRecord getLocal(CacheKey key) {
        StoredRecord record = find(key);
        if (record != null) {
            counters.memoryHits.increment();
        }
        return record;
    }

    @Override
    public @Nullable StoredRecord peek(CacheKey key) {
        return find(key);
    }

    @Override
    public @Nullable StoredRecord getShared(CacheKey key, ToIntFunction<Page> worth) {
        return find(key);
    }

    @Override
    public void put(StoredRecord record) {
        if (!mayKeep(record)) {
            cache.invalidate(record.key());
            return;
        }
        cache.put(record.key(), record);
        settle(record.key());
        removeIfClosed(record.key());
    }

    @Override
    public void remove(CacheKey key) {
        cache.invalidate(key);
    }

    /**
     * What this store did; a store over it counts here too.
     *
     * @return the live counters
     */
    public StoreCounters counters() {
        return counters;
    }

    /**
     * Number of records, expired ones included as long as their memory is not freed.
     *
     * @return 0 or more, an estimate under load
     */
    public long size() {
        return cache.estimatedSize();
    }

    /**
     * Weight of the records.
     *
     * @return bytes, an estimate under load
     */
    public long weightBytes() {
        return cache.policy()
                .eviction()
                .map(Policy.Eviction::weightedSize)
                .orElseThrow()
                .orElse(0);
    }

    @Override
    public void close() {
        isClosed = true;
        cache.invalidateAll();
        if (names != null) {
            names.clear();
        }
    }

    /** The record without counting. */
    @Nullable
    StoredRecord find(CacheKey key) {
        return cache.getIfPresent(key);
    }

    /** Where names lead to keys, or null if that is not wanted. */
    @Nullable
    TrackedNames names() {
        return names;
    }

    /** Removes what is there; returns whether something was. */
    boolean discard(CacheKey key) {
        return cache.asMap().remove(key) != null;
    }

    private void settle(CacheKey key) {
        if (names != null && !isClosed) {
            // Unlike a read, this never does the policy's work, which would call this again.
            names.settle(key, cache.asMap()::containsKey);
        }
    }

    /**
     * Stores what a remote store gave in place of the record that was there when it was asked, null for none. Another
     * one that is there by now is newer, and stays.
     */
    void replace(@Nullable StoredRecord before, StoredRecord record) {
        if (!mayKeep(record)) {
            return;
        }
        if (before == null) {
            cache.asMap().putIfAbsent(record.key(), record);
        } else {
            replaceSame(before, record);
        }
        settle(record.key());
        removeIfClosed(record.key());
    }

    @SuppressWarnings("ReferenceEquality") // as for removeSame
    private void replaceSame(StoredRecord before, StoredRecord record) {
        cache.asMap().computeIfPresent(record.key(), (key, there) -> there == before ? record : there);
    }

    /** Removes exactly this record. */
    @SuppressWarnings("ReferenceEquality") // an equal record is another one, and newer
    void removeSame(StoredRecord record) {
        cache.asMap().computeIfPresent(record.key(), (key, there) -> there == record ? null : there);
    }

    /** Frees what is due now; for tests, whose calls are too few to do it by the way. */
    void cleanUp() {
        cache.cleanUp();
    }

    private boolean mayKeep(StoredRecord record) {
        return !isClosed && record.weightBytes() <= maxBytes && record.retentionMillis(nanoTime.getAsLong()) > 0;
    }

    /** A put that raced with close(): T1 sees an open store, T2 closes and empties it, T1 puts. */
    private void removeIfClosed(CacheKey key) {
        if (isClosed) {
            cache.invalidate(key);
        }
    }

    private static long saturatedNanos(Duration duration) {
        return TimeUnit.NANOSECONDS.convert(duration);
    }

    /** Lifetime from the put on; reads do not prolong it. */
    private record Retention(long maxNanos) implements Expiry<CacheKey, StoredRecord> {
        @Override
        public long expireAfterCreate(CacheKey key, StoredRecord record, long nowNanos) {
            return Math.min(maxNanos, TimeUnit.MILLISECONDS.toNanos(record.retentionMillis(nowNanos)));
        }

        @Override
        public long expireAfterUpdate(CacheKey key, StoredRecord record, long nowNanos, long leftNanos) {
            return expireAfterCreate(key, record, nowNanos);
        }

        @Override
        public long expireAfterRead(CacheKey key, StoredRecord record, long nowNanos, long leftNanos) {
            return leftNanos;
        }
    }
}
