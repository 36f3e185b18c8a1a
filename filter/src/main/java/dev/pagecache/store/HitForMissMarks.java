package dev.pagecache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.pagecache.entry.CacheKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keys whose last response could not be stored, so that requests for them do not queue up behind one another for
 * nothing. A lost mark costs one such wait.
 *
 * <p>Safe for use by many threads.
 */
public final class HitForMissMarks {
    /** A key of usual length counts as one mark, a long one as more. */
    private static final int BYTES_PER_MARK = 128;

    private final Cache<CacheKey, Long> untilNanos;
    private final LongSupplier nanoTime;

    /**
     * No marks yet.
     *
     * @param maxMarks most marks to keep, more than 0; a key counts as one for every 128 bytes of its length
     * @param nanoTime the node's monotonic time in nanoseconds
     * @throws IllegalArgumentException if maxMarks is not positive
     */
    public HitForMissMarks(int maxMarks, LongSupplier nanoTime) {
        if (maxMarks <= 0) {
            throw new IllegalArgumentException("maxMarks is " + maxMarks + ", must be more than 0");
        }
        this.nanoTime = nanoTime;
        this.untilNanos = Caffeine.newBuilder()
                .maximumWeight(maxMarks)
                .<CacheKey, Long>weigher((key, until) -> 1 + key.length() / BYTES_PER_MARK)
                .expireAfter(new Until())
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Marks a key, in place of a mark that it has.
     *
     * @param key the key
     * @param duration from now on; zero or less removes the mark
     */
    public void mark(CacheKey key, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            // Every page that is stored comes here, and mostly there are no marks at all
            if (untilNanos.estimatedSize() > 0) {
                untilNanos.invalidate(key);
            }
            return;
        }
        untilNanos.put(key, until(duration));
    }

    private long until(Duration duration) {
        return nanoTime.getAsLong() + Math.min(Long.MAX_VALUE / 4, TimeUnit.NANOSECONDS.convert(duration));
    }

    /**
     * Marks a key unless it has a mark; of callers at the same time one does.
     *
     * @param key the key
     * @param duration from now on, more than zero
     * @return whether it had none
     */
    public boolean markIfNone(CacheKey key, Duration duration) {
        return untilNanos.asMap().putIfAbsent(key, until(duration)) == null;
    }

    /**
     * Whether a key has a mark that is not over.
     *
     * @param key the key
     * @return true if so
     */
    public boolean isMarked(CacheKey key) {
        return untilNanos.getIfPresent(key) != null;
    }

    /** Frees what is due now; for tests. */
    void cleanUp() {
        untilNanos.cleanUp();
    }

    /** The value is the time of expiry. */
    private record Until() implements Expiry<CacheKey, Long> {
        @Override
        public long expireAfterCreate(CacheKey key, Long until, long nowNanos) {
            return until - nowNanos;
        }

        @Override
        public long expireAfterUpdate(CacheKey key, Long until, long nowNanos, long leftNanos) {
            return until - nowNanos;
        }

        @Override
        public long expireAfterRead(CacheKey key, Long until, long nowNanos, long leftNanos) {
            return leftNanos;
        }
    }
}
