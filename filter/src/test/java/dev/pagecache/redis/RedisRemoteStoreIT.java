package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.store.Poll;
import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisRemoteStoreIT {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MAX_BYTES = 1_000;

    private static final RedisTestServer server = RedisTestServer.start();

    private final RedisRemoteStore store = RedisRemoteStore.open(server.options(LONG, 4, "site"));

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() {
        store.close();
        server.exec("FLUSHALL");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertKind(Kind kind, Executable call) {
        assertEquals(kind, assertThrows(RemoteException.class, call).kind());
    }

    @Test
    void get_ofNothing_isNull() {
        assertNull(store.get("{a}", MAX_BYTES));
    }

    @Test
    void get_afterPut_givesTheBytes() {
        byte[] value = bytes("$3\r\nfoo\r\n+OK\r\n\0\u00e4");
        store.put("{a}", value, MINUTE);
        assertArrayEquals(value, store.get("{a}", MAX_BYTES));
    }

    @Test
    void put_setsKeyAndTimeToLive() {
        store.put("{a}:b", bytes("x"), Duration.ofMillis(60_500));
        long left = assertInstanceOf(Long.class, server.exec("PTTL", "pc1:site:{a}:b"));
        assertTrue(left > 50_000 && left <= 60_500, "left " + left);
    }

    @Test
    void put_withoutKeyPrefix_hasTheFormatOnly() {
        try (RedisRemoteStore plain = RedisRemoteStore.open(server.options(LONG, 1, ""))) {
            plain.put("{a}", bytes("x"), MINUTE);
        }
        assertEquals(1L, server.exec("EXISTS", "pc1:{a}"));
    }

    @Test
    void put_intoADatabase_staysThere() {
        RedisOptions options = TestOptions.single("localhost", server.port(), 3, null, null, null, LONG, 1, "");
        try (RedisRemoteStore third = RedisRemoteStore.open(options)) {
            third.put("{a}", bytes("x"), MINUTE);
            assertNotNull(third.get("{a}", MAX_BYTES));
        }
        assertEquals(0L, server.exec("EXISTS", "pc1:{a}"));
    }

    @Test
    void remove_removes() {
        store.put("{a}", bytes("x"), MINUTE);
        store.remove("{a}");
        store.remove("{a}");
        assertNull(store.get("{a}", MAX_BYTES));
    }

    @Test
    void get_ofTheLimit_isRead_oneMoreIsBad() {
        store.put("{a}", new byte[MAX_BYTES], MINUTE);
        assertEquals(MAX_BYTES, assertNotNullBytes(store.get("{a}", MAX_BYTES)).length);
        store.put("{a}", new byte[MAX_BYTES + 1], MINUTE);
        assertKind(Kind.BAD_VALUE, () -> store.get("{a}", MAX_BYTES));
    }

    @Test
    void get_ofAnotherType_isBadAndKeepsTheConnection() {
        store.ping();
        server.exec("LPUSH", "pc1:site:{a}", "x");
        long connections = connectionsReceived();
        assertKind(Kind.BAD_VALUE, () -> store.get("{a}", MAX_BYTES));
        store.ping();
        assertEquals(connections + 1, connectionsReceived(), "only the asking itself connects");
    }

    @Test
    void call_onConnectionsThatTheServerClosed_isRepeatedOnAFreshOne() {
        store.put("{a}", bytes("x"), MINUTE);
        for (int i = 0; i < 10; i++) {
            server.exec("CLIENT", "KILL", "TYPE", "normal");
            assertArrayEquals(bytes("x"), store.get("{a}", MAX_BYTES));
        }
    }

    @Test
    void user_withAnAclOfFewCommands_canDoEverything() {
        server.exec("ACL", "SETUSER", "web", "on", ">s3cret", "resetkeys", "~pc1:*", "-@all", "+getrange", "+set");
        server.exec("ACL", "SETUSER", "web", "+unlink", "+ping");
        try (RedisRemoteStore limited = RedisRemoteStore.open(user("web", "s3cret"))) {
            limited.ping();
            limited.put("{a}", bytes("x"), MINUTE);
            assertArrayEquals(bytes("x"), limited.get("{a}", MAX_BYTES));
            limited.remove("{a}");
        }
        server.exec("ACL", "SETUSER", "web", "-getrange");
        try (RedisRemoteStore limited = RedisRemoteStore.open(user("web", "s3cret"))) {
            assertKind(Kind.UNAVAILABLE, () -> limited.get("{a}", MAX_BYTES));
        }
    }

    @Test
    void password_thatIsWrong_isUnavailableAndNotTold() {
        try (RedisRemoteStore wrong = RedisRemoteStore.open(user("nobody", "pa55word"))) {
            RemoteException thrown = assertThrows(RemoteException.class, wrong::ping);
            assertEquals(Kind.UNAVAILABLE, thrown.kind());
            assertEquals("error reply WRONGPASS", thrown.getMessage());
            assertFalse(user("nobody", "pa55word").toString().contains("pa55word"));
        }
    }

    private static RedisOptions user(String user, String password) {
        return TestOptions.single("127.0.0.1", server.port(), 0, user, password, null, LONG, 1, "");
    }

    @Test
    void call_onAnAbsentServer_isUnavailable() {
        try (RedisTestServer absent = RedisTestServer.prepare();
                RedisRemoteStore none = RedisRemoteStore.open(absent.options(LONG, 1, ""))) {
            assertKind(Kind.UNAVAILABLE, none::ping);
            absent.restart();
            none.ping();
        }
    }

    @Test
    void call_onAnUnknownHost_isUnavailable() {
        RedisOptions options = TestOptions.single("no-such-host.invalid", 6379, 0, null, null, null, SHORT, 1, "");
        try (RedisRemoteStore none = RedisRemoteStore.open(options)) {
            assertKind(Kind.UNAVAILABLE, none::ping);
        }
    }

    @Test
    void call_afterClose_isUnavailable() {
        store.ping();
        store.close();
        assertKind(Kind.UNAVAILABLE, store::ping);
    }

    @Test
    void pool_withAllConnectionsInUse_turnsOthersAway() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(32);
        AtomicInteger exhausted = new AtomicInteger();
        List<Future<?>> calls = new ArrayList<>();
        server.freeze();
        try {
            for (int i = 0; i < 32; i++) {
                calls.add(threads.submit(() -> pingOrCount(exhausted)));
            }
            Poll.until("28 of 32 are turned away", () -> exhausted.get() == 28);
        } finally {
            server.thaw();
        }
        for (Future<?> call : calls) {
            call.get();
        }
        assertEquals(28, exhausted.get());
        store.ping();
        threads.shutdown();
    }

    private void pingOrCount(AtomicInteger exhausted) {
        try {
            store.ping();
        } catch (RemoteException e) {
            assertEquals(Kind.EXHAUSTED, e.kind());
            exhausted.incrementAndGet();
        }
    }

    @Test
    void call_onAnInterruptedThreadWithoutAConnection_isExhaustedAndKeepsTheFlag() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<?>> calls = new ArrayList<>();
        AtomicInteger exhausted = new AtomicInteger();
        server.freeze();
        try {
            for (int i = 0; i < 6; i++) {
                calls.add(threads.submit(() -> pingOrCount(exhausted)));
            }
            Poll.until("the pool is empty", () -> exhausted.get() == 2);
            Thread.currentThread().interrupt();
            assertKind(Kind.EXHAUSTED, store::ping);
            assertTrue(Thread.interrupted());
        } finally {
            server.thaw();
        }
        for (Future<?> call : calls) {
            call.get();
        }
        threads.shutdown();
    }

    @Test
    void call_onAServerThatSendsByteByByte_endsWhileItStillSends() throws IOException {
        AtomicInteger sent = new AtomicInteger();
        AtomicBoolean isDone = new AtomicBoolean();
        try (FakeTcpServer dripping = FakeTcpServer.start(socket -> {
                    socket.getInputStream().read();
                    socket.getOutputStream().write(bytes("$900\r\n"));
                    for (int i = 0; i < 900; i++) {
                        socket.getOutputStream().write('x');
                        sent.incrementAndGet();
                        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                    }
                    isDone.set(true);
                });
                RedisRemoteStore slow = RedisRemoteStore.open(dripping.options(SHORT))) {
            RemoteException thrown = assertThrows(RemoteException.class, () -> slow.get("{a}", MAX_BYTES));
            assertEquals(Kind.UNAVAILABLE, thrown.kind());
            assertEquals("no answer in time", thrown.getMessage());
            assertFalse(isDone.get());
            assertTrue(sent.get() > 0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            an HTTP server,                HTTP/1.1 400 Bad Request|Content-Length: 0||
            a length beyond all memory,    $2147483647|x
            a length that wraps around,    $9999999999999999999|x
            one byte more than can be,     $1002|x
            a negative length,             $-2|
            no value at all,               $-1|
            an array beyond all memory,    *2147483647|
            a RESP3 map,                   %1|
            a length that is too short,    $3|abcdef|
            a reply that is cut off,       $900|x
            a line that never ends,        +OK
            """)
    void reply_thatIsNotDue_isUnavailable(String name, String reply) throws IOException {
        try (FakeTcpServer confused = FakeTcpServer.start(socket -> {
                    socket.getInputStream().read(new byte[1_000]);
                    socket.getOutputStream().write(bytes(reply.replace("|", "\r\n")));
                });
                RedisRemoteStore wrong = RedisRemoteStore.open(confused.options(LONG))) {
            assertKind(Kind.UNAVAILABLE, () -> wrong.get("{a}", MAX_BYTES));
        }
    }

    @ParameterizedTest(name = "after {0}")
    @ValueSource(strings = {"+", "-ERR ", "-WRONGTYPE "})
    void reply_ofALineThatGoesOnAndOn_isNotKept(String start) throws IOException {
        AtomicInteger sent = new AtomicInteger();
        try (FakeTcpServer endless = FakeTcpServer.start(socket -> {
                    socket.getInputStream().read(new byte[1_000]);
                    socket.getOutputStream().write(bytes(start));
                    while (sent.incrementAndGet() < 1_000) {
                        socket.getOutputStream().write(new byte[100_000]);
                    }
                });
                RedisRemoteStore wrong = RedisRemoteStore.open(endless.options(LONG))) {
            assertKind(Kind.UNAVAILABLE, () -> wrong.get("{a}", MAX_BYTES));
            assertTrue(sent.get() < 1_000, "it was read to its end");
        }
    }

    @Test
    void call_onASilentServer_isUnavailable() throws IOException {
        try (FakeTcpServer silent =
                        FakeTcpServer.start(socket -> socket.getInputStream().readAllBytes());
                RedisRemoteStore slow = RedisRemoteStore.open(silent.options(SHORT))) {
            assertKind(Kind.UNAVAILABLE, slow::ping);
        }
    }

    @Test
    void call_answeredByAnotherType_isUnavailableAndDropsTheConnection() throws IOException {
        AtomicInteger connections = new AtomicInteger();
        try (FakeTcpServer confused = FakeTcpServer.start(socket -> {
                    connections.incrementAndGet();
                    byte[] request = new byte[1_000];
                    while (socket.getInputStream().read(request) > 0) {
                        socket.getOutputStream().write(bytes(":7\r\n"));
                    }
                });
                RedisRemoteStore wrong = RedisRemoteStore.open(confused.options(LONG))) {
            assertKind(Kind.UNAVAILABLE, () -> wrong.get("{a}", MAX_BYTES));
            assertKind(Kind.UNAVAILABLE, () -> wrong.get("{a}", MAX_BYTES));
            assertEquals(2, connections.get());
        }
    }

    @Test
    void calls_whileConnectionsAreKilled_neverGetAnotherKeysBytes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        AtomicInteger right = new AtomicInteger();
        AtomicBoolean isOver = new AtomicBoolean();
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = "{k" + i + "}";
            byte[] value = bytes((name + "|").repeat(100 + i * 13));
            callers.add(threads.submit(() -> callUntil(isOver, name, value, right)));
        }
        for (int i = 0; i < 150; i++) {
            server.exec("CLIENT", "KILL", "TYPE", "normal");
            LockSupport.parkNanos(Duration.ofMillis(3).toNanos());
        }
        Poll.until("enough values were read", () -> right.get() > 500);
        isOver.set(true);
        for (Future<?> caller : callers) {
            caller.get();
        }
        threads.shutdown();
    }

    private void callUntil(AtomicBoolean isOver, String name, byte[] value, AtomicInteger right) {
        while (!isOver.get()) {
            try {
                store.put(name, value, MINUTE);
                byte[] read = store.get(name, 10_000);
                if (read != null) {
                    assertTrue(Arrays.equals(value, read), name);
                    right.incrementAndGet();
                }
            } catch (RemoteException e) {
                assertTrue(e.kind() == Kind.UNAVAILABLE || e.kind() == Kind.EXHAUSTED, e::toString);
            }
        }
    }

    private static long connectionsReceived() {
        String stats =
                new String(assertInstanceOf(byte[].class, server.exec("INFO", "stats")), StandardCharsets.US_ASCII);
        String name = "total_connections_received:";
        int from = stats.indexOf(name) + name.length();
        return Long.parseLong(stats.substring(from, stats.indexOf('\r', from)));
    }

    private static byte[] assertNotNullBytes(byte @Nullable [] bytes) {
        assertNotNull(bytes);
        return bytes;
    }
}
