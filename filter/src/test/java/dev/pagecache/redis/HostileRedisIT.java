package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.RecordCodec;
import dev.pagecache.entry.RecordSigner;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.entry.StoredRecord;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.Poll;
import dev.pagecache.store.RemoteTrust;
import dev.pagecache.store.TieredStore;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody else writes to the same real server: what a node reads is right or nothing. */
class HostileRedisIT {
    private static final int MAX_RECORD_BYTES = 1 << 20;
    private static final String FIRST = "first-0123456789-0123456789-0123";
    private static final String SECOND = "second-123456789-0123456789-0123";
    private static final RedisTestServer server = RedisTestServer.start();

    private final List<TieredStore> stores = new ArrayList<>();
    private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);
    private final CacheKey key = SampleRecords.key("a");
    private final CacheKey other = SampleRecords.key("b");

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() {
        stores.forEach(TieredStore::close);
        server.exec("FLUSHALL");
    }

    private long nanos() {
        return TimeUnit.MILLISECONDS.toNanos(millis.get());
    }

    /** A store without memory, so that every get is one of Redis. */
    private TieredStore node(String keyPrefix, String... secrets) {
        RecordCodec codec = secrets.length == 0
                ? new RecordCodec()
                : new RecordCodec(new RecordSigner(List.of(secrets), keyPrefix));
        TieredStore store = new TieredStore(
                new MemoryStore(0, null, this::nanos),
                RedisRemoteStore.open(server.options(Duration.ofSeconds(20), 16, keyPrefix)),
                codec,
                RemoteTrust.ALWAYS,
                MAX_RECORD_BYTES,
                this::nanos,
                () -> Instant.ofEpochMilli(millis.get()),
                new Random(1));
        stores.add(store);
        return store;
    }

    private Page page(CacheKey at, String body) {
        return SampleRecords.page(at, body, nanos());
    }

    private static void put(TieredStore store, StoredRecord record) {
        long writes = store.counters().writes();
        store.put(record);
        Poll.until("it is written", () -> store.counters().writes() > writes);
    }

    private static void assertBody(String body, TieredStore store, CacheKey at) {
        Page page = assertInstanceOf(Page.class, store.get(at));
        assertEquals(at, page.key());
        assertArrayEquals(bytes(body), page.body().toBytes());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] name(String keyPrefix, CacheKey at) {
        return bytes("pc1:" + keyPrefix + ":" + at.remoteName());
    }

    private static byte[] read(byte[] name) {
        return assertInstanceOf(byte[].class, server.execBytes("GET", name));
    }

    private static void write(byte[] name, byte[] value) {
        server.execBytes("SET", name, value);
    }

    private static void awaitRemoval(byte[] name) {
        Poll.until("it is removed", () -> Long.valueOf(0).equals(server.execBytes("EXISTS", name)));
    }

    /** A get may be answered by the remove of an earlier value that is still on its way. */
    private void assertBad(TieredStore store) {
        long before = store.counters().badValues();
        Poll.until("it is found bad", () -> {
            assertNull(store.get(key));
            return store.counters().badValues() > before;
        });
        awaitRemoval(name("site", key));
    }

    private static long calls(String command) {
        byte[] stats = assertInstanceOf(byte[].class, server.exec("INFO", "commandstats"));
        String text = new String(stats, StandardCharsets.US_ASCII);
        String start = "cmdstat_" + command + ":calls=";
        int at = text.indexOf(start);
        return at < 0 ? 0 : Long.parseLong(text.substring(at + start.length(), text.indexOf(',', at)));
    }

    /** Each becomes a miss and goes, so that none is read twice; but for those that look like a later release's. */
    @ParameterizedTest(name = "signed: {0}")
    @ValueSource(booleans = {false, true})
    void value_damaged_isAMissAndRemoved(boolean isSigned) {
        TieredStore store = isSigned ? node("site", FIRST) : node("site");
        put(store, page(key, "body"));
        byte[] right = read(name("site", key));
        Random random = new Random(20261122);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = right.clone();
            damaged[i % right.length] ^= (byte) (1 << random.nextInt(8));
            byte[] cut = Arrays.copyOf(right, 1 + i % (right.length - 1));
            byte[] value = i < right.length ? damaged : cut;
            write(name("site", key), value);
            if (RecordCodec.isOfLaterRelease(value)) {
                assertNull(store.get(key));
            } else {
                assertBad(store);
            }
        }
        put(store, page(other, "behind the last remove"));
        write(name("site", key), right);
        assertBody("body", store, key);
        assertFalse(store.isReadBreakerOpen());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            a list,         RPUSH, x
            a set,          SADD,  x
            a hash,         HSET,  'f,x'
            a sorted set,   ZADD,  '1,x'
            a stream,       XADD,  '*,f,x'
            """)
    void value_ofAnotherType_isAMissAndRemovedOnce(String name, String command, String arguments) {
        TieredStore store = node("site");
        List<byte[]> sent = new ArrayList<>(List.of(name("site", key)));
        for (String argument : arguments.split(",", -1)) {
            sent.add(bytes(argument));
        }
        server.exec("CONFIG", "RESETSTAT");
        server.execBytes(command, sent.toArray(byte[][]::new));
        assertNull(store.get(key), name);
        awaitRemoval(name("site", key));
        for (int i = 0; i < 10; i++) {
            assertNull(store.get(key), name);
        }
        assertEquals(1, calls("unlink"));
        assertEquals(1, store.counters().badValues());
        assertFalse(store.isReadBreakerOpen());
        put(store, page(key, "body"));
        assertBody("body", store, key);
    }

    /** A client that is out of step after it would take the value for the reply to the next command. */
    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {25, 8_192, 1_048_577, 104_857_600})
    void value_thatIsAReply_isNeverTakenForTheNextOne(int length) throws Exception {
        TieredStore store = node("site");
        put(store, page(other, "right"));
        String poison = "$19\r\nATTACKER-CONTROLLED\r\n".repeat(300).substring(0, Math.min(length, 7_800));
        server.execBytes("SET", name("site", key), bytes(poison));
        if (length > poison.length()) {
            server.execBytes("SETRANGE", name("site", key), bytes(Integer.toString(length - 1)), bytes("x"));
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertNull(store.get(key));
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 2 * MAX_RECORD_BYTES + 65_536, "allocated " + allocated);
        ExecutorService executor = Executors.newFixedThreadPool(4);
        List<Future<?>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(executor.submit(() -> {
                for (int call = 0; call < 250; call++) {
                    assertBody("right", store, other);
                }
            }));
        }
        for (Future<?> reader : readers) {
            reader.get();
        }
        executor.shutdown();
        awaitRemoval(name("site", key));
        assertEquals(1, store.counters().badValues());
    }

    @Test
    void values_swapped_areMissesThoughSigned() {
        TieredStore store = node("site", FIRST);
        put(store, page(key, "first"));
        put(store, page(other, "second"));
        byte[] first = read(name("site", key));
        write(name("site", key), read(name("site", other)));
        write(name("site", other), first);
        assertNull(store.get(key));
        assertNull(store.get(other));
    }

    @Test
    void value_ofAnotherCacheWithTheSameSecret_isAMiss() {
        TieredStore staging = node("staging", FIRST);
        TieredStore store = node("site", FIRST);
        put(staging, page(key, "not for the site"));
        write(name("site", key), read(name("staging", key)));
        assertNull(store.get(key));
        assertBody("not for the site", staging, key);
    }

    /** The attacker knows the format and everything else but the secret. */
    @Test
    void value_forged_isAMissWhereASecretIsGiven() {
        TieredStore attacker = node("site", SECOND);
        TieredStore plainAttacker = node("site");
        TieredStore store = node("site", FIRST);
        put(attacker, page(key, "evil"));
        assertBad(store);
        put(plainAttacker, page(key, "evil"));
        assertBad(store);
        put(plainAttacker, SampleRecords.index(key, nanos(), "accept"));
        assertBad(store);
        put(store, page(key, "right"));
        assertBody("right", store, key);
    }

    /** The second secret comes, signs, and the first one goes: at each step any two neighbours share pages. */
    @Test
    void secrets_changedNodeByNode_loseNoPage() {
        TieredStore[] steps = {
            node("site", FIRST), node("site", FIRST, SECOND), node("site", SECOND, FIRST), node("site", SECOND)
        };
        for (int i = 0; i + 1 < steps.length; i++) {
            put(steps[i], page(key, "before " + i));
            assertBody("before " + i, steps[i + 1], key);
            put(steps[i + 1], page(key, "after " + i));
            assertBody("after " + i, steps[i], key);
        }
    }

    /** A node with the secret takes nothing from one without, and one without takes all. */
    @Test
    void secret_broughtNodeByNode_isUsedAtOnce() {
        TieredStore without = node("site");
        TieredStore with = node("site", FIRST);
        put(without, page(key, "unsigned"));
        assertBad(with);
        put(with, page(key, "signed"));
        assertBody("signed", without, key);
    }

    /** Its own time to live is over, but somebody has kept the bytes. */
    @ParameterizedTest(name = "signed: {0}")
    @ValueSource(booleans = {false, true})
    void value_writtenAgainAfterItsTime_isAMiss(boolean isSigned) {
        TieredStore store = isSigned ? node("site", FIRST) : node("site");
        put(store, page(key, "old"));
        put(store, SampleRecords.index(other, nanos(), "accept"));
        byte[] old = read(name("site", key));
        byte[] oldIndex = read(name("site", other));
        millis.addAndGet(599_000);
        server.exec("FLUSHALL");
        write(name("site", key), old);
        write(name("site", other), oldIndex);
        Page replayed = assertInstanceOf(Page.class, store.get(key));
        assertEquals(599_000, replayed.ageMillis(nanos()), "it is as old as it was");
        assertNotNull(store.get(other));
        millis.addAndGet(1_000);
        assertNull(store.get(key));
        assertNull(store.get(other));
        put(store, page(key, "new"));
        assertBody("new", store, key);
    }
}
