package dev.pagecache.metrics;

import java.util.Map;

/**
 * One cache of one web application, registered as {@code dev.pagecache:type=PageCache,context=/app,cache=default}.
 * Numbers are counted since the application's start and only grow, unless said otherwise.
 *
 * <p>Safe for use by many threads; what is read one after the other is not a snapshot of one moment.
 *
 * @since 0.1
 */
public interface PageCacheMXBean {

    /**
     * Requests answered by a fresh stored page.
     *
     * @return 0 or more
     */
    long getHits();

    /**
     * Requests answered by a stale stored page.
     *
     * @return 0 or more
     */
    long getStaleHits();

    /**
     * Requests answered by the page for which they waited.
     *
     * @return 0 or more
     */
    long getCollapsedHits();

    /**
     * Requests that went on to the application though the cache took part.
     *
     * @return 0 or more
     */
    long getMisses();

    /**
     * Stale pages that were renewed behind the answer that they gave.
     *
     * @return 0 or more
     */
    long getRenewals();

    /**
     * Pages stored.
     *
     * @return 0 or more
     */
    long getStored();

    /**
     * Requests in which the cache took no part, and pages that were not stored, by the word that stands as
     * {@code detail} in {@code Cache-Status}.
     *
     * @return numbers of 1 or more by word
     */
    Map<String, Long> getReasons();

    /**
     * Records found in memory.
     *
     * @return 0 or more
     */
    long getMemoryHits();

    /**
     * Records found in Redis.
     *
     * @return 0 or more
     */
    long getRemoteHits();

    /**
     * Look-ups that found no record; a page that varies takes two look-ups.
     *
     * @return 0 or more
     */
    long getRecordMisses();

    /**
     * Look-ups at which Redis failed or did not answer in time.
     *
     * @return 0 or more
     */
    long getRemoteErrors();

    /**
     * Look-ups for which no connection to Redis was free.
     *
     * @return 0 or more
     */
    long getRemoteExhausted();

    /**
     * Look-ups that did not ask Redis because it had failed before.
     *
     * @return 0 or more
     */
    long getRemoteSkipped();

    /**
     * Values in Redis that were none of ours, damaged, forged, or of another key.
     *
     * @return 0 or more
     */
    long getBadValues();

    /**
     * Records in Redis of a later release, as there are while nodes are upgraded one by one.
     *
     * @return 0 or more
     */
    long getLaterRecords();

    /**
     * Writes that Redis confirmed.
     *
     * @return 0 or more
     */
    long getWrites();

    /**
     * Writes that Redis refused or did not confirm in time.
     *
     * @return 0 or more
     */
    long getWriteErrors();

    /**
     * Writes that were never sent, because the queue was full or Redis had failed before.
     *
     * @return 0 or more
     */
    long getDroppedWrites();

    /**
     * Records that left memory because it was full or their time was over.
     *
     * @return 0 or more
     */
    long getEvictions();

    /**
     * Records that left memory because they were gone from Redis, with {@code redis.tracking}: deleted by hand, evicted
     * or expired there.
     *
     * @return 0 or more
     */
    long getDeletions();

    /**
     * Records in memory now; grows and falls.
     *
     * @return 0 or more, an estimate
     */
    long getMemoryRecords();

    /**
     * What they weigh now; grows and falls.
     *
     * @return bytes, an estimate
     */
    long getMemoryBytes();

    /**
     * Whether Redis is asked at this moment.
     *
     * @return {@code none} without Redis, {@code ok}, or {@code skipped} while its breaker is open
     */
    String getRemoteReads();

    /**
     * Whether Redis is written to at this moment.
     *
     * @return {@code none} without Redis, {@code ok}, or {@code skipped} while its breaker is open
     */
    String getRemoteWrites();

    /**
     * How far purges reach at this moment.
     *
     * @return {@code node} where there is no other, {@code all}, or {@code away} while the others do not hear of them
     */
    String getPurgesReach();
}
