package dev.pagecache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pagecache.entry.CacheKey;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Bounds how many variants of one URL this node stores, so that a flood of field values becomes misses and not memory.
 *
 * <p>Safe for use by many threads; racing threads may admit a few more.
 */
public final class VariantCounts {
    /** Most variants of one URL: {@value}. */
    public static final int MAX_VARIANTS = 32;

    private static final int MAX_URLS = 10_000;

    /** A URL whose variants did not change for so long is counted anew. */
    private static final Duration FORGET_AFTER = Duration.ofMinutes(10);

    private final Cache<CacheKey, Set<Integer>> variantsByUrl;

    /**
     * Counts at zero.
     *
     * @param nanoTime the node's monotonic time in nanoseconds
     */
    public VariantCounts(LongSupplier nanoTime) {
        this.variantsByUrl = Caffeine.newBuilder()
                .maximumSize(MAX_URLS)
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
        Set<Integer> variants = variantsByUrl.get(url, key -> ConcurrentHashMap.newKeySet());
        Integer hash = variant.hashCode();
        if (variants.contains(hash)) {
            return true;
        }
        return variants.size() < MAX_VARIANTS && variants.add(hash);
    }
}
