package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.entry.StoredRecord;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.Poll;
import dev.pagecache.store.ThreadKind;
import dev.pagecache.store.TieredStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Threads that are interrupted on their way to Redis and back. A platform thread reads on; a virtual one loses its
 * connection. Either has its page or a miss in the end, and the next reply on each connection belongs to who asked.
 */
class RedisInterruptIT {
    private static final String KINDS = "dev.pagecache.store.ThreadKind#present";
    private static final int READS_AFTER = 20;

    private final RedisTestServer server = RedisTestServer.start();
    private final CacheKey key = SampleRecords.key("a");
    private final CacheKey other = SampleRecords.key("b");

    /** A store without memory over one connection, so that every get is one of Redis, on the same line. */
    private final TieredStore store = new TieredStore(
            new MemoryStore(0, null, System::nanoTime),
            RedisRemoteStore.open(server.options(Duration.ofSeconds(30), 1, "")),
            1 << 20,
            System::nanoTime,
            InstantSource.system(),
            new Random(1));

    @BeforeEach
    void fill() {
        for (CacheKey each : new CacheKey[] {key, other}) {
            long writes = store.counters().writes();
            store.put(SampleRecords.page(each, body(each), System.nanoTime()));
            Poll.until("the page is written", () -> store.counters().writes() > writes);
        }
    }

    @AfterEach
    void close() {
        store.close();
        server.close();
    }

    private static String body(CacheKey key) {
        return "the page of " + key;
    }

    private static void assertPage(CacheKey key, @Nullable StoredRecord found) {
        Page page = assertInstanceOf(Page.class, found);
        assertEquals(key, page.key());
        assertArrayEquals(
                body(key).getBytes(StandardCharsets.UTF_8), page.body().toBytes());
    }

    /** Nothing of the interrupted call is left on a connection, and no breaker has opened. */
    private void allIsWell() {
        for (int i = 0; i < READS_AFTER; i++) {
            assertPage(i % 2 == 0 ? other : key, store.get(i % 2 == 0 ? other : key));
        }
        assertFalse(store.isReadBreakerOpen());
        assertEquals(0, store.counters().badValues());
    }

    /** A get on a thread of its own. */
    private static final class Getter implements Runnable {
        private final TieredStore store;
        private final CacheKey key;
        private final boolean isInterruptedBefore;
        private @Nullable StoredRecord found;
        private boolean hasFlag;

        Getter(TieredStore store, CacheKey key, boolean isInterruptedBefore) {
            this.store = store;
            this.key = key;
            this.isInterruptedBefore = isInterruptedBefore;
        }

        Thread start(ThreadKind kind) {
            Thread thread = kind.factory().newThread(this);
            thread.start();
            return thread;
        }

        @Override
        public void run() {
            if (isInterruptedBefore) {
                Thread.currentThread().interrupt();
            }
            found = store.get(key);
            hasFlag = Thread.currentThread().isInterrupted();
        }

        void assertPageOrMiss() {
            if (found != null) {
                assertPage(key, found);
            }
        }
    }

    private static void awaitRead(Thread thread) {
        Poll.until(
                "it reads",
                () -> Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(ReplyReader.class.getName())));
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void get_interruptedBefore_keepsTheFlagAndPoisonsNothing(ThreadKind kind) throws Exception {
        for (int i = 0; i < READS_AFTER; i++) {
            Getter getter = new Getter(store, key, true);
            getter.start(kind).join();
            getter.assertPageOrMiss();
            assertTrue(getter.hasFlag);
        }
        allIsWell();
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void get_interruptedInTheRead_keepsTheFlagAndPoisonsNothing(ThreadKind kind) throws Exception {
        allIsWell();
        server.freeze();
        Getter getter = new Getter(store, key, false);
        Thread thread = getter.start(kind);
        awaitRead(thread);
        thread.interrupt();
        server.thaw();
        thread.join();
        getter.assertPageOrMiss();
        assertTrue(getter.hasFlag);
        allIsWell();
    }

    /** The only connection is in use by another thread. */
    @ParameterizedTest
    @MethodSource(KINDS)
    void get_interruptedInWaitForAConnection_missesAtOnce(ThreadKind kind) throws Exception {
        allIsWell();
        server.freeze();
        Getter holder = new Getter(store, key, false);
        Thread holding = holder.start(kind);
        awaitRead(holding);
        Getter waiter = new Getter(store, other, true);
        waiter.start(kind).join();
        assertNull(waiter.found);
        assertTrue(waiter.hasFlag);
        assertEquals(1, store.counters().remoteExhausted());
        server.thaw();
        holding.join();
        assertPage(key, holder.found);
        assertFalse(holder.hasFlag);
        allIsWell();
    }
}
