package dev.pagecache.metrics;

import dev.pagecache.engine.Counters;
import dev.pagecache.policy.Reason;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.RecordStore;
import dev.pagecache.store.StampLedger;
import dev.pagecache.store.StoreCounters;
import dev.pagecache.store.TieredStore;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the numbers of one cache where they are counted.
 *
 * <p>Safe for use by many threads.
 */
public final class CacheMeters implements PageCacheMXBean {
    private static final String NONE = "none";

    private final String alias;
    private final Counters counters;
    private final StampLedger ledger;
    private final @Nullable MemoryStore memory;
    private final @Nullable TieredStore tiered;
    private final @Nullable StoreCounters records;

    /**
     * The meters of a cache.
     *
     * @param alias its name among the caches of the application
     * @param counters what happened to requests
     * @param store where its pages are; one that keeps nothing has no numbers
     * @param ledger by which its pages are revoked
     */
    public CacheMeters(String alias, Counters counters, RecordStore store, StampLedger ledger) {
        this.alias = alias;
        this.counters = counters;
        this.ledger = ledger;
        this.tiered = store instanceof TieredStore twoLevels ? twoLevels : null;
        this.memory = tiered != null ? tiered.memory() : store instanceof MemoryStore alone ? alone : null;
        this.records = memory == null ? null : memory.counters();
    }

    /**
     * The cache's name.
     *
     * @return its alias
     */
    public String alias() {
        return alias;
    }

    @Override
    public long getHits() {
        return counters.hits();
    }

    @Override
    public long getStaleHits() {
        return counters.staleHits();
    }

    @Override
    public long getCollapsedHits() {
        return counters.collapsedHits();
    }

    @Override
    public long getMisses() {
        return counters.renders();
    }

    @Override
    public long getRenewals() {
        return counters.renewals();
    }

    @Override
    public long getStored() {
        return counters.storedPages();
    }

    @Override
    public Map<String, Long> getReasons() {
        Map<String, Long> reasons = new TreeMap<>();
        for (Reason reason : Reason.values()) {
            long number = counters.refusals(reason);
            if (number > 0) {
                reasons.put(reason.word(), number);
            }
        }
        return reasons;
    }

    @Override
    public long getMemoryHits() {
        return count(StoreCounters::memoryHits);
    }

    @Override
    public long getRemoteHits() {
        return count(StoreCounters::remoteHits);
    }

    @Override
    public long getRecordMisses() {
        return count(StoreCounters::misses);
    }

    @Override
    public long getRemoteErrors() {
        return count(StoreCounters::remoteErrors);
    }

    @Override
    public long getRemoteExhausted() {
        return count(StoreCounters::remoteExhausted);
    }

    @Override
    public long getRemoteSkipped() {
        return count(StoreCounters::remoteSkipped);
    }

    @Override
    public long getBadValues() {
        return count(StoreCounters::badValues);
    }

    @Override
    public long getLaterRecords() {
        return count(StoreCounters::laterRecords);
    }

    @Override
    public long getWrites() {
        return count(StoreCounters::writes);
    }

    @Override
    public long getWriteErrors() {
        return count(StoreCounters::writeErrors);
    }

    @Override
    public long getDroppedWrites() {
        return count(StoreCounters::droppedWrites);
    }

    @Override
    public long getEvictions() {
        return count(StoreCounters::evictions);
    }

    @Override
    public long getDeletions() {
        return count(StoreCounters::deletions);
    }

    @Override
    public long getMemoryRecords() {
        return memory == null ? 0 : memory.size();
    }

    @Override
    public long getMemoryBytes() {
        return memory == null ? 0 : memory.weightBytes();
    }

    @Override
    public String getRemoteReads() {
        return tiered == null ? NONE : state(tiered.isReadBreakerOpen());
    }

    @Override
    public String getRemoteWrites() {
        return tiered == null ? NONE : state(tiered.isWriteBreakerOpen());
    }

    @Override
    public String getPurgesReach() {
        return ledger.reach().name().toLowerCase(Locale.ROOT);
    }

    private long count(ToLongFunction<StoreCounters> counter) {
        return records == null ? 0 : counter.applyAsLong(records);
    }

    private static String state(boolean isBreakerOpen) {
        return isBreakerOpen ? "skipped" : "ok";
    }
}
