package dev.pagecache.entry;

/** What a store holds under a key: a page, or the index that leads to the variants of a URL. */
public sealed interface StoredRecord permits Page, VaryIndex {

    /**
     * The key this record names itself by; a store compares it with the key that was asked for.
     *
     * @return the full key
     */
    CacheKey key();

    /**
     * Memory the record takes, for weighing.
     *
     * @return estimated bytes, more than 0
     */
    int weightBytes();

    /**
     * How long the record is worth keeping, counted from now on.
     *
     * @param nowNanos the node's monotonic time
     * @return milliseconds; zero or less means that it can go
     */
    long retentionMillis(long nowNanos);
}
