package dev.pagecache.servlet;

import dev.pagecache.store.RecordStore;
import dev.pagecache.store.StampLedger;

/**
 * A cache in use.
 *
 * @param store where its pages are
 * @param ledger when they were revoked
 */
record OpenCache(RecordStore store, StampLedger ledger) {

    /** Ends both. First the ledger, which may have to tell other nodes something. */
    void close() {
        ledger.close();
        store.close();
    }
}
