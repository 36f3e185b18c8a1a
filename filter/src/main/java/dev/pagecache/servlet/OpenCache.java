package dev.pagecache.servlet;

import dev.pagecache.store.DeletionTracker;
import dev.pagecache.store.LeaseStore;
import dev.pagecache.store.RecordStore;
import dev.pagecache.store.StampLedger;
import org.jspecify.annotations.Nullable;

/**
 * A cache in use.
 *
 * @param store where its pages are
 * @param ledger when they were revoked
 * @param leases by which one node renders a page for all, or null where there is one node
 * @param tracker takes out of memory what is deleted in Redis, or null if nobody does
 */
record OpenCache(
        RecordStore store,
        StampLedger ledger,
        @Nullable LeaseStore leases,
        @Nullable DeletionTracker tracker) {

    /** A cache that no other node shares. */
    OpenCache(RecordStore store, StampLedger ledger) {
        this(store, ledger, null, null);
    }

    /** Ends all of it. First the ledger, which may have to tell other nodes something. */
    void close() {
        ledger.close();
        if (tracker != null) {
            tracker.close();
        }
        store.close();
    }
}
