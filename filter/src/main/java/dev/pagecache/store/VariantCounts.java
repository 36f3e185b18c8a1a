package dev.pagecache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pagecache.entry.CacheKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many variants of one URL this node stores, so that a flood of field values becomes misses and not memory.
 * Variants are told apart by their digests: hash codes of fields that a client chooses can be made equal, and a flood
 * of those would count as one.
 *
 * <p>Safe for use by many threads.
 */
public final class VariantCounts {
    /** Most variants of one URL: {@value}. */
    public static final int MAX_VARIANTS = 32;

    private static final int MAX_URLS = 10_000;

    /** A URL whose variants did not change for so long is counted anew. */
    private static final Duration FORGET_AFTER = Duration.ofMinutes(10);

    /** Characters of the digest that are kept, of six bits each. */
    private static final int DIGEST_CHARS = 16;

    /** Immutable sets, so that a URL's is replaced in one step. */
    private final Cache<CacheKey, Set<String>> variantsByUrl;

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
        String name = variant.remoteName();
        String digest = name.substring(name.length() - DIGEST_CHARS);
        Set<String> known = variantsByUrl.getIfPresent(url);
        if (known != null && (known.contains(digest) || known.size() >= MAX_VARIANTS)) {
            return known.contains(digest);
        }
        Set<String> now = variantsByUrl.asMap().compute(url, (key, variants) -> with(variants, digest));
        return now != null && now.contains(digest);
    }

    private static Set<String> with(@Nullable Set<String> variants, String digest) {
        if (variants == null) {
            return Set.of(digest);
        }
        if (variants.contains(digest) || variants.size() >= MAX_VARIANTS) {
            return variants;
        }
        Set<String> more = new HashSet<>(variants);
        more.add(digest);
        return Set.copyOf(more);
    }
}
