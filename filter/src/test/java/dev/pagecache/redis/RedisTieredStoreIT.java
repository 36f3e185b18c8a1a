package dev.pagecache.redis;

import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.RecordStore;
import dev.pagecache.store.RecordStoreContract;
import dev.pagecache.store.TieredStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** What every record store does, with Redis behind it. */
class RedisTieredStoreIT {
    private static final RedisTestServer server = RedisTestServer.start();

    @AfterAll
    static void stop() {
        server.close();
    }

    /** With memory, as in production. */
    @Nested
    class WithMemory extends OverRedis {
        WithMemory() {
            super(1 << 20);
        }
    }

    /** Every answer comes from the queue or from Redis. */
    @Nested
    class WithoutMemory extends OverRedis {
        WithoutMemory() {
            super(0);
        }
    }

    abstract static class OverRedis implements RecordStoreContract {
        private final AtomicLong nanoTime = new AtomicLong(77);
        private final TieredStore store;

        OverRedis(long memoryBytes) {
            store = new TieredStore(
                    new MemoryStore(memoryBytes, null, nanoTime::get),
                    RedisRemoteStore.open(server.options(Duration.ofSeconds(10), 4, "contract")),
                    100_000,
                    nanoTime::get,
                    () -> Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(nanoTime.get())),
                    new Random(1));
        }

        @AfterEach
        void close() {
            store.close();
            server.exec("FLUSHALL");
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
}
