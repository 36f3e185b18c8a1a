package dev.pagecache.engine;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.StoredRecord;
import dev.pagecache.entry.VaryIndex;
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

    Found find(Inquiry inquiry) {
        return find(inquiry, store::get);
    }

    /** Asks the memory of this node only. */
    Found findLocal(Inquiry inquiry) {
        return find(inquiry, store::getLocal);
    }

    private Found find(Inquiry inquiry, Lookups records) {
        StoredRecord record = records.get(inquiry.base());
        if (!(record instanceof VaryIndex index)) {
            return new Found(inquiry.base(), List.of(), page(record, inquiry));
        }
        CacheKey key = inquiry.key(index.names());
        Page page = page(records.get(key), inquiry);
        if (page == null && inquiry.policy().has(Feature.MEANING)) {
            CacheKey other = OtherKeys.ofBestLanguage(inquiry.base(), index.names(), inquiry.selecting());
            page = other == null ? null : page(records.get(other), inquiry);
        }
        return new Found(key, index.names(), page);
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
                        && !revocations.isRevoked(page, inquiry.request(), inquiry.policy())
                ? page
                : null;
    }

    /** Where a look-up asks. */
    @FunctionalInterface
    private interface Lookups {
        @Nullable
        StoredRecord get(CacheKey key);
    }
}
