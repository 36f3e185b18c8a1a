package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.store.Poll;
import java.util.Arrays;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application that writes a byte now and then, and a client that reads nothing, on a node with one single connection
 * to Redis and no memory of its own. Whoever kept that connection would keep everybody else from Redis.
 */
final class SlowPeersIT {
    private static final RedisTestServer redis = RedisTestServer.start();

    /** More than fits into the buffers of both sockets. */
    private static final int LARGE = 24 << 20;

    /** Each element lets the slow page write its next byte. */
    private final SynchronousQueue<Character> bytes = new SynchronousQueue<>();

    private TestSite site = TestSite.with().start();

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void start() {
        site.close();
        redis.exec("FLUSHALL");
        View slow = (request, response) -> {
            if (TestSite.render(request) > 1) {
                response.getOutputStream().print("quick");
                return;
            }
            for (char next = next(); next != '.'; next = next()) {
                response.getOutputStream().write(next);
                response.flushBuffer();
            }
        };
        View large = (request, response) -> {
            byte[] piece = new byte[LARGE / 64];
            Arrays.fill(piece, (byte) ('0' + TestSite.render(request)));
            for (int i = 0; i < 64; i++) {
                response.getOutputStream().write(piece);
            }
        };
        site = TestSite.with()
                .param("redis", redis.uri())
                .param("maxBody", "32MiB")
                .param("collapse.wait", "PT0.1S")
                .contextParam("pagecache.caches.default.memory.maxBytes", "0")
                .contextParam("pagecache.caches.default.redis.poolSize", "1")
                .contextParam("pagecache.caches.default.redis.timeout", "20s")
                .page("/slow", slow)
                .page("/large", large)
                .page("/other/*", View.numbered())
                .start();
    }

    @AfterEach
    void close() {
        site.close();
    }

    private char next() {
        try {
            Character next = bytes.poll(20, TimeUnit.SECONDS);
            return next == null ? '.' : next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return '.';
        }
    }

    private void letWrite(char next) {
        try {
            assertTrue(bytes.offer(next, 20, TimeUnit.SECONDS), "nobody writes");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A page that is not in memory: it is stored in Redis and comes back from there. */
    private void othersUseRedis(String target) {
        Reply miss = site.get(target);
        assertTrue(miss.saysStored(), miss::toString);
        Reply hit = site.getHitSoon(miss.text(), target);
        assertEquals(200, hit.status());
        Poll.until("Redis has it", () -> !redis.records().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void application_writingByteByByte_keepsNobodyFromRedis(int written) {
        try (RawClient client = site.client()) {
            client.write(RawClient.head("GET", "/slow"));
            for (int i = 0; i < written; i++) {
                letWrite((char) ('a' + i));
                if (i == 0) {
                    assertEquals(200, client.readHead().status());
                }
                assertEquals(String.valueOf((char) ('a' + i)), client.readChunk());
            }
            Poll.until("the slow page is asked for", () -> site.renders("/slow") == 1);

            othersUseRedis("/other/1");
            assertEquals("quick", site.get("/slow").text(), "who asks for the same page waits for a bounded time");
            othersUseRedis("/other/2");
            letWrite('z');
            letWrite('.');
            String rest = written == 0 ? client.read("GET").text() : client.readChunk() + client.readChunk();
            assertEquals("z", rest);
        }
        othersUseRedis("/other/3");
    }

    @Test
    void clientThatReadsNothing_ofARender_keepsNobodyFromRedis() {
        try (RawClient client = new RawClient(site.port(), 4096)) {
            client.write(RawClient.head("GET", "/large"));
            Poll.until("the application is held up by the client", () -> HeldUp.below(Capture.class) == 1);

            othersUseRedis("/other/1");
            assertLarge('2', site.get("/large"));
            othersUseRedis("/other/2");
            assertTrue(HeldUp.below(Capture.class) == 1);
            assertLarge('1', client.read("GET"));
        }
    }

    @Test
    void clientThatReadsNothing_ofAHit_keepsNobodyFromRedis() {
        assertLarge('1', site.get("/large"));
        Poll.until("the page is in Redis", () -> redis.records().size() == 1);
        // And who wrote it has given the connection back.
        othersUseRedis("/other/0");
        Poll.until("both pages are in Redis", () -> redis.records().size() == 2);
        try (RawClient client = new RawClient(site.port(), 4096)) {
            client.write(RawClient.head("GET", "/large"));
            Poll.until("the answer is held up by the client", () -> HeldUp.below(PageSender.class) == 1);

            othersUseRedis("/other/1");
            Reply hit = site.get("/large");
            assertTrue(hit.isHit(), hit::toString);
            assertLarge('1', hit);
            assertTrue(HeldUp.below(PageSender.class) == 1);
            Reply slow = client.read("GET");
            assertTrue(slow.isHit(), slow::toString);
            assertLarge('1', slow);
        }
    }

    private static void assertLarge(char letter, Reply reply) {
        assertEquals(200, reply.status());
        assertTrue(reply.isComplete());
        assertEquals(LARGE, reply.body().length);
        assertEquals(letter, reply.body()[0]);
        assertEquals(letter, reply.body()[LARGE - 1]);
    }
}
