package dev.pagecache.store;

import dev.pagecache.entry.CacheKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many variants of one URL this node stores, so that a flood of field values becomes misses and not memory.
 * It is itself bounded by its bytes: of URLs that nobody asked for lately the count is lost.
 *
 * <p>Every miss of a page that varies asks here, mostly for a URL with one variant. So URLs stand in two plain maps:
 * who is asked for comes into the young one, and when that is full it becomes the old one, whose place it takes. That
 * costs a tenth of a cache that orders its entries.
 *
 * <p>Safe for use by many threads.
 */
public final class VariantCounts {
    /** Most variants of one URL: {@value}. */
    public static final int MAX_VARIANTS = 32;

    /** A URL whose variants did not change for so long is counted anew. */
    private static final long FORGET_AFTER_NANOS = Duration.ofMinutes(10).toNanos();

    /** Some 8,000 URLs of usual length, less of long ones; half of them in each map. */
    private static final long MAX_BYTES = 4 << 20;

    /** What a URL takes besides keys: an entry, its count, and what holds them. */
    private static final int BYTES_PER_URL = 200;

    /** What its variants take once there are several. */
    private static final int BYTES_OF_VARIANTS = MAX_VARIANTS * Long.BYTES;

    /** A longer key than this is not kept, but its fingerprint. */
    private static final int MAX_KEY_BYTES = 1024;

    private final LongSupplier nanoTime;
    private Map<CacheKey, Variants> young = new HashMap<>();
    private Map<CacheKey, Variants> old = new HashMap<>();
    private long youngBytes;
    private long oldBytes;

    /**
     * Counts at zero.
     *
     * @param nanoTime the node's monotonic time in nanoseconds
     */
    public VariantCounts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Whether a variant may be stored; if so, it counts from now on.
     *
     * @param url the key of its URL
     * @param variant its key
     * @return false if the URL has too many others
     */
    public boolean admits(CacheKey url, CacheKey variant) {
        long now = nanoTime.getAsLong();
        return variants(url, variant, now).admits(variant, now);
    }

    /** Held for look-ups in maps only: digests are made outside. */
    private synchronized Variants variants(CacheKey url, CacheKey variant, long now) {
        Variants known = young.get(url);
        if (known != null) {
            return known;
        }
        known = old.remove(url);
        if (known == null) {
            known = new Variants(url, variant, now);
        } else {
            oldBytes -= known.bytes;
        }
        if (youngBytes + known.bytes > MAX_BYTES / 2) {
            old = young;
            oldBytes = youngBytes;
            young = new HashMap<>(2 * old.size());
            youngBytes = 0;
        }
        if (known.bytes <= MAX_BYTES / 2) {
            young.put(url, known);
            youngBytes += known.bytes;
        }
        return known;
    }

    /** Bytes that the counts take by estimate; for tests. */
    synchronized long weightBytes() {
        return youngBytes + oldBytes;
    }

    /** Not the hash code: who makes values whose hash codes are the same would store as many as he likes. */
    private static long fingerprint(CacheKey variant) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(variant.toBytes()))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The variants of one URL, few enough to be compared one by one. */
    private static final class Variants {
        private final int bytes;
        private @Nullable CacheKey only;
        private long[] known = new long[0];
        private int size;
        private long changedNanos;

        /**
         * Those of a URL with a first one, whose key it keeps as long as there is no other: the page has it as well.
         */
        Variants(CacheKey url, CacheKey first, long now) {
            only = first.length() <= MAX_KEY_BYTES ? first : null;
            bytes = BYTES_PER_URL + url.length() + Math.max(BYTES_OF_VARIANTS, only == null ? 0 : first.length());
            changedNanos = now;
        }

        synchronized boolean admits(CacheKey variant, long now) {
            if (now - changedNanos >= FORGET_AFTER_NANOS) {
                only = null;
                size = 0;
            }
            if (variant.equals(only)) {
                return true;
            }
            if (only != null) {
                add(fingerprint(only), changedNanos);
                only = null;
            }
            return admits(fingerprint(variant), now);
        }

        private boolean admits(long variant, long now) {
            for (int i = 0; i < size; i++) {
                if (known[i] == variant) {
                    return true;
                }
            }
            if (size == MAX_VARIANTS) {
                return false;
            }
            add(variant, now);
            return true;
        }

        private void add(long variant, long now) {
            if (size == known.length) {
                known = Arrays.copyOf(known, Math.max(1, 2 * size));
            }
            known[size++] = variant;
            changedNanos = now;
        }
    }
}
