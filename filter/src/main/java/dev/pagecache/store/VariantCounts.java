package dev.pagecache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import dev.pagecache.entry.CacheKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Bounds how many variants of one URL this node stores, so that a flood of field values becomes misses and not memory.
 * It is itself bounded by its bytes: of URLs that nobody asked for lately the count is lost.
 *
 * <p>Safe for use by many threads.
 */
public final class VariantCounts {
    /** Most variants of one URL: {@value}. */
    public static final int MAX_VARIANTS = 32;

    /** A URL whose variants did not change for so long is counted anew. */
    private static final Duration FORGET_AFTER = Duration.ofMinutes(10);

    /** Some 10,000 URLs of usual length, less of long ones. */
    private static final long MAX_BYTES = 4 << 20;

    /** What a URL takes besides its key: an entry, its variants, and what holds them. */
    private static final int BYTES_PER_URL = 200 + MAX_VARIANTS * Long.BYTES;

    private final Cache<CacheKey, Variants> variantsByUrl;

    /**
     * Counts at zero.
     *
     * @param nanoTime the node's monotonic time in nanoseconds
     */
    public VariantCounts(LongSupplier nanoTime) {
        this.variantsByUrl = Caffeine.newBuilder()
                .maximumWeight(MAX_BYTES)
                .<CacheKey, Variants>weigher((url, variants) -> BYTES_PER_URL + url.length())
                .expireAfterWrite(FORGET_AFTER)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Whether a variant may be stored; if so, it counts from now on.
     *
     * @param url the key of its URL
     * @param variant its key
     * @return false if the URL has too many others
     */
    public boolean admits(CacheKey url, CacheKey variant) {
        Variants variants = variantsByUrl.get(url, key -> new Variants());
        int before = variants.size();
        boolean isAdmitted = variants.admits(fingerprint(variant));
        if (before > 0 && variants.size() != before) {
            // The time to forget them starts anew.
            variantsByUrl.put(url, variants);
        }
        return isAdmitted;
    }

    /** Bytes that the counts take by estimate; for tests. */
    long weightBytes() {
        variantsByUrl.cleanUp();
        return variantsByUrl
                .policy()
                .eviction()
                .map(Policy.Eviction::weightedSize)
                .orElseThrow()
                .orElse(0);
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
        private long[] known = new long[1];
        private int size;

        synchronized int size() {
            return size;
        }

        synchronized boolean admits(long variant) {
            for (int i = 0; i < size; i++) {
                if (known[i] == variant) {
                    return true;
                }
            }
            if (size == MAX_VARIANTS) {
                return false;
            }
            if (size == known.length) {
                known = Arrays.copyOf(known, 2 * size);
            }
            known[size++] = variant;
            return true;
        }
    }
}
