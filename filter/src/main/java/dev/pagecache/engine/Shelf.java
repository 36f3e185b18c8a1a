package dev.pagecache.engine;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.StoredRecord;
import dev.pagecache.entry.VaryIndex;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.store.RecordStore;
import dev.pagecache.store.VariantCounts;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts rendered pages where requests find them: under the key that their names select, with the index of their URL.
 *
 * <p>Safe for use by many threads.
 */
final class Shelf {
    private static final int PARTIAL_CONTENT = 206;

    private final RecordStore store;
    private final KnownSearches searches;
    private final VariantCounts variants;
    private final LongSupplier nanoTime;

    /** Guards an index between its reading and its writing; held for puts into memory only. */
    private final Object lock = new Object();

    Shelf(RecordStore store, KnownSearches searches, LongSupplier nanoTime) {
        this.store = store;
        this.searches = searches;
        this.variants = new VariantCounts(nanoTime);
        this.nanoTime = nanoTime;
    }

    /**
     * The union of what earlier responses of the URL named and what this one names: once selecting, always selecting,
     * or a response without Vary would answer everybody.
     *
     * @param knownNames the selecting names of the URL when the rendering began
     * @param named what the response names, sorted, each once
     */
    List<String> names(Inquiry inquiry, List<String> knownNames, List<String> named) {
        List<String> latest = store.peek(inquiry.base()) instanceof VaryIndex index ? index.names() : knownNames;
        if (latest.isEmpty() && knownNames.isEmpty()) {
            return named;
        }
        if (latest.containsAll(named) && latest.containsAll(knownNames)) {
            return latest;
        }
        TreeSet<String> union = new TreeSet<>(latest);
        union.addAll(knownNames);
        union.addAll(named);
        return List.copyOf(union);
    }

    /** The key of a page that varies by so many names, or of a part of one. */
    static CacheKey key(Inquiry inquiry, List<String> names, int status) {
        return status == PARTIAL_CONTENT
                ? OtherKeys.ofPart(inquiry.base(), names, inquiry.selecting())
                : inquiry.key(names);
    }

    /** Whether the URL has room for the variant that a request selects by these names. */
    boolean admits(Inquiry inquiry, List<String> names) {
        return names.isEmpty() || variants.admits(inquiry.base(), inquiry.key(names));
    }

    /**
     * Keeps a page, unless it was revoked since its rendering began. One at a time: T1 reads the index, T2 writes one
     * with more names, T1 would write a page that hides it.
     *
     * @param inquiry its request under the rule that the page gives
     * @param knownNames the selecting names of its URL when its rendering began
     * @param sealed the page
     * @param isRevoked whether it was revoked, asked under the lock
     * @return the page under the key that it is kept by, or null if it was revoked
     */
    @Nullable
    SealedPage keep(Inquiry inquiry, List<String> knownNames, SealedPage sealed, BooleanSupplier isRevoked) {
        synchronized (lock) {
            if (isRevoked.getAsBoolean()) {
                return null;
            }
            searches.learn(inquiry.request(), inquiry.policy(), inquiry.rule());
            SealedPage kept = rekey(inquiry, knownNames, sealed);
            // The page first: whom the index leads to it finds it.
            store.put(kept.page());
            putByLanguage(inquiry, kept);
            if (!kept.names().isEmpty()) {
                remember(inquiry, kept.names(), kept.page());
            }
            return kept;
        }
    }

    private SealedPage rekey(Inquiry inquiry, List<String> knownNames, SealedPage sealed) {
        List<String> names = names(inquiry, knownNames, sealed.names());
        if (names.equals(sealed.names())) {
            return sealed;
        }
        Page page = sealed.page();
        return new SealedPage(page.withKey(key(inquiry, names, page.status())), names);
    }

    /** Where fields are compared by meaning, a page answers whoever likes its language best. */
    private void putByLanguage(Inquiry inquiry, SealedPage kept) {
        if (!inquiry.policy().has(Feature.MEANING) || kept.page().status() == PARTIAL_CONTENT) {
            return;
        }
        CacheKey other = OtherKeys.ofOwnLanguage(inquiry.base(), kept.names(), inquiry.selecting(), kept.page());
        if (other != null) {
            store.put(kept.page().withKey(other));
        }
    }

    /**
     * Writes the index of the URL where it lacks a name or would end before the page; it lives longer, to be written
     * less.
     */
    private void remember(Inquiry inquiry, List<String> names, Page page) {
        long now = nanoTime.getAsLong();
        long retention = page.retentionMillis(now);
        StoredRecord known = store.peek(inquiry.base());
        if (known instanceof VaryIndex index
                && index.names().equals(names)
                && index.retentionMillis(now) >= retention) {
            return;
        }
        store.put(new VaryIndex(inquiry.base(), names, now + TimeUnit.MILLISECONDS.toNanos(2 * retention)));
    }

    /**
     * Removes the record of a URL whose names the caller has raised: whoever keeps a page of it under the lock sees the
     * raise, or his page is removed.
     */
    void remove(CacheKey base) {
        synchronized (lock) {
            store.remove(base);
        }
    }
}
