package dev.pagecache.engine;

import dev.pagecache.entry.Page;
import dev.pagecache.entry.Stamp;
import dev.pagecache.policy.InvalidationRules;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.RequestFacts;
import dev.pagecache.store.StampLedger;
import java.util.Collection;
import java.util.List;

/**
 * Which pages were revoked since their rendering began. While nothing was ever revoked no name is built.
 *
 * <p>Safe for use by many threads.
 */
final class Revocations {
    private final StampLedger ledger;

    Revocations(StampLedger ledger) {
        this.ledger = ledger;
    }

    /** The stamp of a rendering that begins now. */
    Stamp now() {
        return ledger.now();
    }

    void raise(Collection<String> names) {
        synchronized (ledger) {
            ledger.raise(names);
        }
    }

    /** Held while names are raised: who holds it tells his own raises from those of others. */
    Object lock() {
        return ledger;
    }

    boolean isRaisedSince(Stamp stamp, String name) {
        return !ledger.isEmpty() && ledger.isRaisedSince(stamp, name);
    }

    /** Whether a page that a request found is not to be used for it. */
    boolean isRevoked(Page page, RequestFacts request, PagePolicy policy) {
        return !ledger.isEmpty() && isRevoked(page.stamp(), InvalidationRules.urlName(request, policy), page.tags());
    }

    /** Whether a page of this URL with these tags is revoked if its rendering began at this stamp. */
    boolean isRevoked(Stamp stamp, String urlName, List<String> tags) {
        if (ledger.isEmpty()) {
            return false;
        }
        if (ledger.isRaisedSince(stamp, urlName)) {
            return true;
        }
        for (String tag : tags) {
            if (ledger.isRaisedSince(stamp, InvalidationRules.tagName(tag))) {
                return true;
            }
        }
        return false;
    }
}
