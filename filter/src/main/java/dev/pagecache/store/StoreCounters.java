package dev.pagecache.store;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a store did since its start. Counters only grow.
 *
 * <p>Safe for use by many threads; reading is not a snapshot of one moment.
 */
public final class StoreCounters {
    final LongAdder memoryHits = new LongAdder();
    final LongAdder remoteHits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder remoteErrors = new LongAdder();
    final LongAdder remoteExhausted = new LongAdder();
    final LongAdder remoteSkipped = new LongAdder();
    final LongAdder badValues = new LongAdder();
    final LongAdder laterRecords = new LongAdder();
    final LongAdder writes = new LongAdder();
    final LongAdder writeErrors = new LongAdder();
    final LongAdder droppedWrites = new LongAdder();
    final LongAdder deletions = new LongAdder();
    final LongAdder evictions = new LongAdder();
    final LongAdder evictedBytes = new LongAdder();

    StoreCounters() {}

    /**
     * Records found in memory.
     *
     * @return number of gets
     */
    public long memoryHits() {
        return memoryHits.sum();
    }

    /**
     * Records that the remote store gave.
     *
     * @return number of gets
     */
    public long remoteHits() {
        return remoteHits.sum();
    }

    /**
     * Gets that found nothing, for whatever reason.
     *
     * @return number of gets
     */
    public long misses() {
        return misses.sum();
    }

    /**
     * Gets at which the remote store failed or did not answer in time.
     *
     * @return number of gets, each also a miss, but for those that looked for a newer page than memory has
     */
    public long remoteErrors() {
        return remoteErrors.sum();
    }

    /**
     * Gets for which no connection was free in time.
     *
     * @return number of gets, each also a miss, but for those that looked for a newer page than memory has
     */
    public long remoteExhausted() {
        return remoteExhausted.sum();
    }

    /**
     * Gets that did not ask the remote store because its breaker was open.
     *
     * @return number of gets, each also a miss, but for those that looked for a newer page than memory has
     */
    public long remoteSkipped() {
        return remoteSkipped.sum();
    }

    /**
     * Gets that found a remote value which was none of ours, was damaged or belonged to another key.
     *
     * @return number of gets, each also a miss, but for those that looked for a newer page than memory has
     */
    public long badValues() {
        return badValues.sum();
    }

    /**
     * Remote records of a later release, as there are while nodes are upgraded one by one.
     *
     * @return number of gets, each also a miss, but for those that looked for a newer page than memory has
     */
    public long laterRecords() {
        return laterRecords.sum();
    }

    /**
     * Puts and removes that the remote store confirmed.
     *
     * @return number of writes
     */
    public long writes() {
        return writes.sum();
    }

    /**
     * Puts and removes that the remote store refused or did not confirm in time; they are not repeated.
     *
     * @return number of writes
     */
    public long writeErrors() {
        return writeErrors.sum();
    }

    /**
     * Puts and removes that were never sent, because the queue was full or the breaker open.
     *
     * @return number of writes
     */
    public long droppedWrites() {
        return droppedWrites.sum();
    }

    /**
     * Records that left memory because a {@link DeletionTracker} found them gone from the remote store.
     *
     * @return number of records
     */
    public long deletions() {
        return deletions.sum();
    }

    /**
     * Records that left memory because it was full or their time was over.
     *
     * @return number of records
     */
    public long evictions() {
        return evictions.sum();
    }

    /**
     * Weight of those records.
     *
     * @return bytes
     */
    public long evictedBytes() {
        return evictedBytes.sum();
    }
}
