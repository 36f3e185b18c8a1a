package dev.pagecache.store;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.StoredRecord;
import org.jspecify.annotations.Nullable;

/**
 * Stores nothing, as Django's {@code DummyCache}: for development, where every request shall be rendered.
 *
 * <p>Stateless, safe for use by many threads.
 */
public final class DummyStore implements RecordStore {

    /** A store that stays empty. */
    public DummyStore() {}

    @Override
    public @Nullable StoredRecord get(CacheKey key) {
        return null;
    }

    @Override
    public void put(StoredRecord record) {}

    @Override
    public void remove(CacheKey key) {}

    @Override
    public void close() {}
}
