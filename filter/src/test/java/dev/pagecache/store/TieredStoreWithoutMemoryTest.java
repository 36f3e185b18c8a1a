package dev.pagecache.store;

import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;

/** The same rules where memory keeps nothing, so that every answer comes from the queue or the remote store. */
class TieredStoreWithoutMemoryTest implements RecordStoreContract {
    private final AtomicLong nanoTime = new AtomicLong(77);
    private final TieredStore store = new TieredStore(
            new MemoryStore(0, null, nanoTime::get),
            new FakeRemote(),
            100_000,
            nanoTime::get,
            () -> Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(nanoTime.get())),
            new Random(1));

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public RecordStore store() {
        return store;
    }

    @Override
    public AtomicLong nanoTime() {
        return nanoTime;
    }
}
