package dev.pagecache.engine;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.StoredRecord;
import dev.pagecache.entry.VaryIndex;
import dev.pagecache.policy.PageNames;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.PartialRules;
import dev.pagecache.store.RecordStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stored page that a request selects, fresh or stale.
 *
 * <p>Safe for use by many threads.
 */
final class Finder {
    private final RecordStore store;
    private final Revocations revocations;

    Finder(RecordStore store, Revocations revocations) {
        this.store = store;
        this.revocations = revocations;
    }

    /** Asks memory first, and the remote store for what memory does not have. */
    Found find(Inquiry inquiry) {
        return find(inquiry, new LocalFirst());
    }

    /** Asks the remote store, where pages in memory are of no use, and keeps the newer page of both. */
    Found findShared(Inquiry inquiry) {
        return find(inquiry, key -> store.getShared(key, page -> worth(page, inquiry)));
    }

    /** Asks the memory of this node only. */
    Found findAgain(Inquiry inquiry) {
        return find(inquiry, store::peek);
    }

    private Found find(Inquiry inquiry, Lookups records) {
        StoredRecord record = records.get(inquiry.base());
        if (!(record instanceof VaryIndex index)) {
            return new Found(inquiry.base(), List.of(), page(record, inquiry), records.isLocal());
        }
        CacheKey key = inquiry.key(index.names());
        Page page = page(records.get(key), inquiry);
        if (page == null && inquiry.policy().has(Feature.MEANING)) {
            CacheKey other = OtherKeys.ofBestLanguage(inquiry.base(), index.names(), inquiry.selecting());
            page = other == null ? null : page(records.get(other), inquiry);
        }
        return new Found(key, index.names(), page, records.isLocal());
    }

    /**
     * The stored part of a page that varies by so many names (RFC 9111 section 3.3), or null; not one that has nothing
     * of what the request asks for.
     */
    @Nullable
    Page part(Inquiry inquiry, List<String> names) {
        Page part = page(store.get(OtherKeys.ofPart(inquiry.base(), names, inquiry.selecting())), inquiry);
        return part == null
                        || PartialRules.assess(
                                        inquiry.request(),
                                        part.status(),
                                        part.fields(),
                                        part.body().length())
                                == null
                ? null
                : part;
    }

    /** Not a revoked one, and not one that says otherwise of its query: pages of a path may differ in that. */
    private @Nullable Page page(@Nullable StoredRecord record, Inquiry inquiry) {
        return record instanceof Page page
                        && (inquiry.rule() == null || inquiry.rule().equals(KnownSearches.in(page.fields())))
                        && isLive(page, inquiry)
                ? page
                : null;
    }

    /** 0 if it was revoked, 1 if somebody wants it renewed, else 2. */
    private int worth(Page page, Inquiry inquiry) {
        if (!isLive(page, inquiry)) {
            return 0;
        }
        PageNames names = PageNames.of(inquiry.request(), inquiry.policy());
        return revocations.isDoubted(page.stamp(), names, page.tags()) ? 1 : 2;
    }

    private boolean isLive(Page page, Inquiry inquiry) {
        return !revocations.isRevoked(page, inquiry.request(), inquiry.policy());
    }

    /** Where a look-up asks. */
    @FunctionalInterface
    private interface Lookups {
        @Nullable
        StoredRecord get(CacheKey key);

        /** Whether a page in memory kept it from asking further. */
        default boolean isLocal() {
            return false;
        }
    }

    private final class LocalFirst implements Lookups {
        private boolean isLocal;

        @Override
        public @Nullable StoredRecord get(CacheKey key) {
            StoredRecord local = store.getLocal(key);
            isLocal |= local instanceof Page;
            return local == null ? store.get(key) : local;
        }

        @Override
        public boolean isLocal() {
            return isLocal;
        }
    }
}
