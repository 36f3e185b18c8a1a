package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.store.Poll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes that others write under the keys of pages (T17, F-08, F-12 to F-14; CVE-2021-33026, CVE-2020-8165,
 * CVE-2019-10912, CVE-2023-28858): what is not the page of the very key is a miss, and the next request gets the page.
 */
@ParameterizedClass
@MethodSource("stages")
final class RedisBytesIT {
    private static final String EVIL = "evil";

    /** Memory serves a page for ten seconds without asking Redis. */
    private static final Duration PAST_MEMORY = Duration.ofSeconds(11);

    private final Stage stage;

    RedisBytesIT(Stage stage) {
        this.stage = stage;
    }

    static Stream<Stage> stages() {
        return Stream.of(Stores.REDIS, Stores.BOTH).map(stores -> Stage.of(stores, site()));
    }

    private static TestSite.Builder site() {
        return TestSite.with()
                .page("/p/*", (request, response) -> {
                    response.setHeader("Cache-Control", "max-age=60000");
                    response.getWriter().write("page of " + request.getRequestURI());
                })
                .page("/v/*", (request, response) -> {
                    response.setHeader("Vary", "X-A");
                    response.getWriter().write("page of " + request.getRequestURI() + request.getHeader("X-A"));
                });
    }

    /** A page in Redis, and its key there. */
    private record Kept(String target, String key) {
        String text() {
            return "page of " + target;
        }
    }

    private Kept keep(String target) {
        clear();
        for (int i = 0; i < 5_000; i++) {
            stage.get(target);
            NavigableSet<String> keys = keys();
            if (keys.size() == 1) {
                return new Kept(target, keys.first());
            }
            assertTrue(keys.isEmpty(), keys::toString);
        }
        throw new AssertionError("never in Redis: " + target);
    }

    /** Empties Redis and memory; waits for what is on its way to Redis, since writes keep their order. */
    private void clear() {
        String last = "/p/" + UUID.randomUUID();
        stage.get(last);
        Poll.until("the last page is in Redis", () -> keys().stream().anyMatch(key -> isOf(key, last)));
        redis().clearRecords();
        stage.site().age(PAST_MEMORY);
    }

    /** A record names the URL that it is of. */
    private boolean isOf(String key, String target) {
        return redis().exec("GET", key) instanceof byte[] bytes
                && new String(bytes, StandardCharsets.ISO_8859_1).contains(target);
    }

    private NavigableSet<String> keys() {
        return stage.redisKeys();
    }

    private byte[] bytes(Kept page) {
        byte[] bytes = (byte[]) redis().exec("GET", page.key());
        assertNotNull(bytes);
        return bytes;
    }

    private void write(Kept page, byte[] bytes) {
        redis().execBytes("SET", page.key().getBytes(StandardCharsets.UTF_8), bytes);
        stage.site().age(PAST_MEMORY);
    }

    /**
     * The page is rendered anew and takes the place of what was there: else the next value would meet its writing.
     * Until a write is through, its node answers from what it is about to write.
     */
    private void assertPageReplaces(Kept page, byte[] bad, String what) {
        for (int i = 0; i < 2_000; i++) {
            assertPage(page, what);
            byte[] now = (byte[]) redis().exec("GET", page.key());
            if (now != null && !Arrays.equals(now, bad)) {
                return;
            }
        }
        throw new AssertionError("stays in Redis: " + what);
    }

    private void assertPage(Kept page, String what) {
        Reply reply = stage.get(page.target());
        assertEquals(200, reply.status(), what);
        assertEquals(page.text(), reply.text(), what);
        assertFalse(Stage.shows(reply, EVIL), what);
    }

    private RedisTestServer redis() {
        return stage.redis();
    }

    /** The tampering reaches what is read: without that none of the tests would prove anything. */
    @Test
    void record_asItWasWritten_isServedFromRedis() {
        Kept page = keep("/p/control");
        write(page, bytes(page));
        Reply reply = stage.get("/p/control");
        assertTrue(reply.isHit(), reply::toString);
        write(page, new byte[] {1});
        assertFalse(stage.get("/p/control").isHit());
    }

    /** F-13: every octet changed. */
    @Test
    void record_withOneOctetChanged_isAMiss() {
        Kept page = keep("/p/octet");
        byte[] good = bytes(page);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= (byte) (1 << (i % 8));
            write(page, bad);
            assertPageReplaces(page, bad, "octet " + i);
        }
    }

    /** F-13: every length. */
    @Test
    void record_cutOff_isAMiss() {
        Kept page = keep("/p/cut");
        byte[] good = bytes(page);
        for (int length = 0; length < good.length; length++) {
            byte[] bad = Arrays.copyOf(good, length);
            write(page, bad);
            assertPageReplaces(page, bad, "length " + length);
        }
    }

    /** F-13: many octets changed, taken out, or put in. */
    @Test
    void record_changedAtRandom_isAMiss() {
        Kept page = keep("/p/random");
        byte[] good = bytes(page);
        Random random = new Random(42);
        for (int i = 0; i < 100; i++) {
            byte[] bad = changed(good, random);
            write(page, bad);
            assertPageReplaces(page, bad, "seed 42, round " + i);
        }
    }

    /** Never the same: an octet may be set to what it was. */
    private static byte[] changed(byte[] good, Random random) {
        byte[] bad;
        do {
            bad = Arrays.copyOf(good, Math.max(1, good.length + random.nextInt(9) - 4));
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
        } while (Arrays.equals(bad, good));
        return bad;
    }

    static List<byte[]> foreignValues() throws IOException {
        ByteArrayOutputStream serialized = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(serialized)) {
            out.writeObject(new ArrayList<>(List.of(EVIL)));
        }
        List<byte[]> values = new ArrayList<>(List.of(serialized.toByteArray()));
        for (String text : List.of(
                EVIL,
                "$4\r\nevil\r\n",
                "+OK\r\n",
                "-ERR evil\r\n",
                "*1\r\n$4\r\nevil\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
                "{\"body\":\"evil\"}",
                "<html>evil</html>",
                "\u0080\u0003c__builtin__\neval\n(S'evil'\ntR.",
                "O:4:\"evil\":0:{}",
                "\u0004\u0008o:\u0009evil",
                "\u001f\u008b\u0008evil",
                "null",
                "",
                "\u0000".repeat(1_000),
                "\u00ff".repeat(1_000))) {
            values.add(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return values;
    }

    /** C-14, C-09: what other applications and other formats leave there. */
    @ParameterizedTest
    @MethodSource("foreignValues")
    void value_ofAnotherKind_isAMiss(byte[] value) {
        Kept page = keep("/p/foreign");
        write(page, value);
        assertPage(page, new String(value, StandardCharsets.ISO_8859_1));
        byte[] own = Arrays.copyOf(bytes(keep("/p/foreign")), 8);
        write(page, concat(own, value));
        assertPage(page, "behind the head of a record");
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** F-08: a value without end whose octets are a reply of Redis; the next reads are right, on all connections. */
    @Test
    void value_withoutEnd_isAMissAndPoisonsNoConnection() {
        Kept page = keep("/p/huge");
        redis().exec("SET", page.key(), "$4\r\nevil\r\n".repeat(100));
        redis().exec("SETRANGE", page.key(), "50000000", EVIL);
        stage.site().age(PAST_MEMORY);
        assertPage(page, "huge");
        for (int i = 0; i < 40; i++) {
            assertEquals("page of /p/after" + i, stage.get("/p/after" + i).text());
        }
        assertPage(page, "after it");
    }

    static List<List<String>> wrongTypes() {
        return List.of(
                List.of("LPUSH", "{key}", EVIL),
                List.of("SADD", "{key}", EVIL),
                List.of("HSET", "{key}", "body", EVIL),
                List.of("ZADD", "{key}", "1", EVIL),
                List.of("XADD", "{key}", "*", "body", EVIL),
                List.of("PFADD", "{key}", EVIL),
                List.of("SETBIT", "{key}", "7", "1"),
                List.of("INCR", "{key}"));
    }

    /** F-12: a value of another type is removed, and the page is kept again. */
    @ParameterizedTest
    @MethodSource("wrongTypes")
    void value_ofAnotherType_isAMissAndDoesNotStay(List<String> command) {
        Kept page = keep("/p/type");
        redis().exec("DEL", page.key());
        redis().exec(command.stream()
                .map(part -> part.replace("{key}", page.key()))
                .toArray(String[]::new));
        stage.site().age(PAST_MEMORY);
        assertPage(page, command.get(0));
        assertEquals(page.text(), stage.warm(page.target()).text());
    }

    /** F-14: the record of another page under this page's key, and back. Their keys have one length. */
    @Test
    void records_ofTwoPages_swapped_areMisses() {
        Kept one = keep("/p/one");
        byte[] ofOne = bytes(one);
        Kept other = keep("/p/two");
        byte[] ofOther = bytes(other);
        assertFalse(Arrays.equals(ofOne, ofOther));
        for (int i = 0; i < 3; i++) {
            write(one, ofOther);
            write(other, ofOne);
            assertPage(one, "the other's");
            assertPage(other, "the one's");
        }
    }

    /** F-14: variants of one URL, and the record that lists its names, among each other. */
    @Test
    void records_ofOneUrl_swapped_areMisses() {
        clear();
        stage.warm("/v/x", "X-A: alice");
        stage.warm("/v/x", "X-A: mally");
        for (int i = 0; i < 5_000 && keys().size() < 3; i++) {
            stage.get("/v/x", "X-A: alice");
        }
        List<String> keys = List.copyOf(keys());
        assertEquals(3, keys.size());
        List<byte[]> values = new ArrayList<>();
        keys.forEach(key -> values.add((byte[]) redis().exec("GET", key)));
        for (int from = 0; from < 3; from++) {
            for (int to = 0; to < 3; to++) {
                redis().execBytes("SET", keys.get(to).getBytes(StandardCharsets.UTF_8), values.get(from));
                stage.site().age(PAST_MEMORY);
                assertEquals(
                        "page of /v/xalice", stage.get("/v/x", "X-A: alice").text());
                assertEquals(
                        "page of /v/xmally", stage.get("/v/x", "X-A: mally").text());
                assertEquals("page of /v/xnull", stage.get("/v/x").text());
            }
        }
    }

    /** A page that an unsafe method has killed, written back by who had read it. */
    @Test
    void record_revokedAndWrittenBack_isNotServed() {
        Kept page = keep("/p/revoked");
        byte[] old = bytes(page);
        assertEquals(200, stage.send("POST", "/p/revoked", "Content-Length: 0").status());
        write(page, old);
        Reply reply = stage.get("/p/revoked");
        assertFalse(reply.isHit(), reply::toString);
    }

    /** C-15: a key is a digest behind the prefix, whatever the URL says. */
    @Test
    void keys_ofHostileUrls_areDigests() {
        for (String target :
                List.of("/p/..%2f..%2fetc/passwd", "/p/*", "/p/%3f[a]%5c", "/p/a%0d%0aFLUSHALL", "/p/a:b:c")) {
            clear();
            stage.get(target);
            stage.get("/p/marker");
            for (int i = 0; i < 5_000 && keys().isEmpty(); i++) {
                stage.get("/p/marker");
            }
            keys().forEach(key -> assertTrue(isDigest(key), key));
        }
        assertArrayEquals("PONG".getBytes(StandardCharsets.US_ASCII), (byte[]) redis().exec("PING"));
    }

    private static boolean isDigest(String key) {
        return key.matches("pc1:pagecache:\\{[A-Za-z0-9_-]{43}}(:[A-Za-z0-9_-]{43})?");
    }
}
