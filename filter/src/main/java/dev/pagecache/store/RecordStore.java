package dev.pagecache.store;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.StoredRecord;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records by key. A store is a cache: a record may be gone at any time, and a fault behind it is a miss, never an
 * exception.
 *
 * <p>Safe for use by many threads.
 */
public interface RecordStore extends AutoCloseable {

    /**
     * The record of a key.
     *
     * @param key the full key
     * @return the record, which names the same key, or null
     */
    @Nullable
    StoredRecord get(CacheKey key);

    /**
     * The record of a key as far as this node knows it, without asking a remote store.
     *
     * @param key the full key
     * @return the record, which names the same key, or null
     */
    default @Nullable StoredRecord getLocal(CacheKey key) {
        return get(key);
    }

    /**
     * The same for the cache's own ends: it does not count as use.
     *
     * @param key the full key
     * @return the record, which names the same key, or null
     */
    default @Nullable StoredRecord peek(CacheKey key) {
        return getLocal(key);
    }

    /**
     * The record of a key as all nodes share it, where the page that this node has is of no use: revoked, or too old.
     * Another node may have stored a newer one since. Of both pages the one that is worth more counts, and of two that
     * are worth the same the one that was born later; one that is worth nothing never takes the place of another.
     *
     * @param key the full key
     * @param worth what a page of the key is worth: 0 if it was revoked, and more the better it is
     * @return the better one of both pages, or an index that took their place; null if there is none
     */
    default @Nullable StoredRecord getShared(CacheKey key, ToIntFunction<Page> worth) {
        return getLocal(key);
    }

    /**
     * Stores a record under the key that it names, in place of the one there. Does not wait for a remote store.
     *
     * @param record what to store; one whose retention is over is not stored
     */
    void put(StoredRecord record);

    /**
     * Removes the record of a key. Does not wait for a remote store.
     *
     * @param key the full key
     */
    void remove(CacheKey key);

    /** Ends what runs in the background, within 2 seconds. Later calls find nothing and store nothing. */
    @Override
    void close();
}
