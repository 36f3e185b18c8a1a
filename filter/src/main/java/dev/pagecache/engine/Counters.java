package dev.pagecache.engine;

import dev.pagecache.policy.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happened to the requests of one filter.
 *
 * <p>Safe for use by many threads; a sum read while others count may miss the latest.
 */
public final class Counters {
    private final LongAdder hits = new LongAdder();
    private final LongAdder staleHits = new LongAdder();
    private final LongAdder collapsed = new LongAdder();
    private final LongAdder renders = new LongAdder();
    private final LongAdder renewals = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final Map<Reason, LongAdder> reasons = new EnumMap<>(Reason.class);

    /** Counters at zero. */
    public Counters() {
        for (Reason reason : Reason.values()) {
            reasons.put(reason, new LongAdder());
        }
    }

    void hit() {
        hits.increment();
    }

    void staleHit() {
        staleHits.increment();
    }

    void collapsed() {
        collapsed.increment();
    }

    void render() {
        renders.increment();
    }

    void renewal() {
        renewals.increment();
    }

    void stored() {
        stored.increment();
    }

    /**
     * Counts a request in which the cache took no part.
     *
     * @param reason why
     */
    public void bypass(Reason reason) {
        reason(reason);
    }

    void reason(Reason reason) {
        LongAdder adder = reasons.get(reason);
        if (adder != null) {
            adder.increment();
        }
    }

    /**
     * Requests answered by a fresh stored page.
     *
     * @return 0 or more
     */
    public long hits() {
        return hits.sum();
    }

    /**
     * Requests answered by a stale stored page.
     *
     * @return 0 or more
     */
    public long staleHits() {
        return staleHits.sum();
    }

    /**
     * Requests answered by the page for which they waited.
     *
     * @return 0 or more
     */
    public long collapsedHits() {
        return collapsed.sum();
    }

    /**
     * Requests that went on to the application though the cache took part.
     *
     * @return 0 or more
     */
    public long renders() {
        return renders.sum();
    }

    /**
     * Renders of stale pages after their requests had been answered with them.
     *
     * @return 0 or more
     */
    public long renewals() {
        return renewals.sum();
    }

    /**
     * Pages stored.
     *
     * @return 0 or more
     */
    public long storedPages() {
        return stored.sum();
    }

    /**
     * Bypasses and refusals for a reason.
     *
     * @param reason the reason
     * @return 0 or more
     */
    public long refusals(Reason reason) {
        LongAdder adder = reasons.get(reason);
        return adder == null ? 0 : adder.sum();
    }
}
