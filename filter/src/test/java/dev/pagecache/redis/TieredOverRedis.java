package dev.pagecache.redis;

import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.RecordStore;
import dev.pagecache.store.RecordStoreContract;
import dev.pagecache.store.RemoteStore;
import dev.pagecache.store.TieredStore;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;

/** What every record store does, with memory over what a topology makes of Redis. */
abstract class TieredOverRedis implements RecordStoreContract {
    private final AtomicLong nanoTime = new AtomicLong(77);
    private final TieredStore store;

    TieredOverRedis(long memoryBytes, RemoteStore remote) {
        store = new TieredStore(
                new MemoryStore(memoryBytes, null, nanoTime::get),
                remote,
                100_000,
                nanoTime::get,
                () -> Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(nanoTime.get())),
                new Random(1));
    }

    @AfterEach
    void close() {
        store.close();
        clear();
    }

    /** Makes Redis empty. */
    abstract void clear();

    @Override
    public RecordStore store() {
        return store;
    }

    @Override
    public AtomicLong nanoTime() {
        return nanoTime;
    }
}
