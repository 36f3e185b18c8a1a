package dev.pagecache.engine;

import dev.pagecache.entry.Page;
import dev.pagecache.entry.Stamp;
import dev.pagecache.policy.InvalidationRules;
import dev.pagecache.policy.PageNames;
import dev.pagecache.policy.PageNames.Kinds;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.RequestFacts;
import dev.pagecache.policy.Standing;
import dev.pagecache.store.StampLedger;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which pages were revoked since their rendering began. While nothing was ever revoked no name is built.
 *
 * <p>Safe for use by many threads.
 */
public final class Revocations {
    private final StampLedger ledger;
    private final Collection<StampLedger> all;

    /**
     * The revocations of pages in one cache.
     *
     * @param ledger by which its pages are judged
     * @param all the ledgers of all caches of the application, that one among them, in which names are raised: a page
     *     of the URL may be in any; may grow
     */
    public Revocations(StampLedger ledger, Collection<StampLedger> all) {
        this.ledger = ledger;
        this.all = all;
    }

    /**
     * The revocations of pages in the only cache.
     *
     * @param ledger by which its pages are judged
     */
    public Revocations(StampLedger ledger) {
        this(ledger, List.of(ledger));
    }

    /** The stamp of a rendering that begins now. */
    Stamp now() {
        return ledger.now();
    }

    void raise(Collection<String> names) {
        raiseHere(names);
        raiseElsewhere(names);
    }

    /** Raises names for the pages of this cache. */
    void raiseHere(Collection<String> names) {
        ledger.raise(names);
    }

    /** Raises names for the pages of the other caches; the caller does not hold the lock, which is one of several. */
    @SuppressWarnings("ReferenceEquality") // a ledger is a place, not a value
    void raiseElsewhere(Collection<String> names) {
        for (StampLedger other : all) {
            if (other != ledger) {
                other.raise(names);
            }
        }
    }

    /** Held while names are raised in this cache: who holds it tells his own raises from those of others. */
    Object lock() {
        return ledger;
    }

    boolean isRaisedSince(Stamp stamp, String name) {
        return !ledger.isEmpty() && ledger.isRaisedSince(stamp, name);
    }

    /** Whether a page that a request found is not to be used for it. */
    boolean isRevoked(Page page, RequestFacts request, PagePolicy policy) {
        return !isUpToDate(page.stamp()) && isRevoked(page.stamp(), PageNames.of(request, policy), page.tags());
    }

    /** Whether a page of these names and tags is revoked if its rendering began at this stamp. */
    boolean isRevoked(Stamp stamp, PageNames names, List<String> tags) {
        return !isUpToDate(stamp) && isAny(names, tags, name -> ledger.isRaisedSince(stamp, name));
    }

    /** What soft purges have made of a page that a request found. */
    Standing standing(Page page, RequestFacts request, PagePolicy policy) {
        return isRaised(InvalidationRules.SOFT, page, request, policy) ? Standing.EXPIRED : Standing.GOOD;
    }

    /** Whether somebody wants a page that a request found to be renewed although it is fresh. */
    boolean isToBeRefreshed(Page page, RequestFacts request, PagePolicy policy) {
        return isRaised(InvalidationRules.REFRESH, page, request, policy);
    }

    /**
     * Whether somebody wants pages of these names to be renewed, behind their answers or not, since a rendering began.
     */
    boolean isDoubted(Stamp stamp, PageNames names, List<String> tags) {
        return isRaised(InvalidationRules.SOFT, stamp, names, tags)
                || isRaised(InvalidationRules.REFRESH, stamp, names, tags);
    }

    private boolean isRaised(String kind, Page page, RequestFacts request, PagePolicy policy) {
        return mayHave(kind)
                && !isUpToDate(page.stamp())
                && isRaised(kind, page.stamp(), PageNames.of(request, policy), page.tags());
    }

    private boolean isRaised(String kind, Stamp stamp, PageNames names, List<String> tags) {
        return mayHave(kind)
                && !isUpToDate(stamp)
                && names.any(tags, Kinds.ALL, name -> ledger.isRaisedSince(stamp, kind + name));
    }

    private boolean mayHave(String kind) {
        return !ledger.isEmpty() && ledger.mayHave(kind.charAt(0));
    }

    /** Whether nothing at all took effect since a page of this node began to be rendered, so that no name is built. */
    private boolean isUpToDate(Stamp stamp) {
        return ledger.isEmpty()
                || (!stamp.isForeign() && stamp.node() == ledger.now().node());
    }

    /** Whether one of a page's names, of the kinds that were ever raised, passes a test. */
    boolean isAny(PageNames names, List<String> tags, Predicate<String> test) {
        return !ledger.isEmpty() && names.any(tags, ledger::mayHave, test);
    }
}
