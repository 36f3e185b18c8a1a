package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pagecache.redis.Subscription.Message;
import dev.pagecache.redis.Subscription.Sign;
import dev.pagecache.store.Poll;
import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionIT {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final RedisTestServer server = RedisTestServer.start();

    private final Servers servers = open(server.options(LONG, 1, ""));

    private static Servers open(RedisOptions options) {
        return Servers.open(options);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() {
        servers.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertUnavailable(Executable call) {
        assertEquals(Kind.UNAVAILABLE, assertThrows(RemoteException.class, call).kind());
    }

    private static void assertMessage(String channel, byte[] payload, Subscription subscription) {
        Message message = assertInstanceOf(Message.class, subscription.read(LONG));
        assertEquals(channel, message.channel());
        assertArrayEquals(payload, message.payload());
    }

    @Test
    void read_ofWhatIsPublished_givesItInOrder() {
        try (Subscription subscription = servers.subscribe("a\u00e4", "b")) {
            server.exec("PUBLISH", "a\u00e4", "first");
            server.exec("PUBLISH", "other", "not heard");
            server.exec("PUBLISH", "b", "");
            assertMessage("a\u00e4", bytes("first"), subscription);
            assertMessage("b", bytes(""), subscription);
            assertEquals(Sign.SILENCE, subscription.read(MOMENT));
            server.exec("PUBLISH", "b", "after silence");
            assertMessage("b", bytes("after silence"), subscription);
        }
    }

    @Test
    void read_afterPing_givesPong() {
        try (Subscription subscription = servers.subscribe("a")) {
            subscription.ping();
            assertEquals(Sign.PONG, subscription.read(LONG));
            assertEquals(Sign.SILENCE, subscription.read(MOMENT));
        }
    }

    @Test
    void read_ofTheLargestMessage_givesIt_andOfALargerOneEnds() {
        try (Subscription subscription = servers.subscribe("a")) {
            byte[] largest = new byte[Subscription.MAX_MESSAGE_BYTES];
            server.execBytes("PUBLISH", bytes("a"), largest);
            assertMessage("a", largest, subscription);
            server.execBytes("PUBLISH", bytes("a"), new byte[Subscription.MAX_MESSAGE_BYTES + 8_192]);
            assertUnavailable(() -> subscription.read(LONG));
            assertUnavailable(() -> subscription.read(LONG));
        }
    }

    /** The only connection of the pool is free for calls. */
    @Test
    void subscribe_takesNoneOfThePool() {
        try (Subscription first = servers.subscribe("a");
                Subscription second = servers.subscribe("a")) {
            servers.ping();
            server.exec("PUBLISH", "a", "x");
            assertMessage("a", bytes("x"), first);
            assertMessage("a", bytes("x"), second);
        }
    }

    @Test
    void close_endsAReadThatWaits() throws Exception {
        Subscription subscription = servers.subscribe("a");
        assertEndedBy(subscription::close, subscription);
    }

    @Test
    void close_ofTheServers_endsAReadThatWaits() throws Exception {
        assertEndedBy(servers::close, servers.subscribe("a"));
    }

    @Test
    void kill_ofTheConnection_endsAReadThatWaits() throws Exception {
        assertEndedBy(() -> server.exec("CLIENT", "KILL", "TYPE", "pubsub"), servers.subscribe("a"));
    }

    private static void assertEndedBy(Runnable end, Subscription subscription) throws InterruptedException {
        CompletableFuture<Object> read = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                read.complete(subscription.read(Duration.ofMinutes(10)));
            } catch (RuntimeException e) {
                read.completeExceptionally(e);
            }
        });
        reader.start();
        Poll.until("it reads", () -> isInSocket(reader));
        end.run();
        ExecutionException thrown = assertThrows(ExecutionException.class, read::get);
        assertEquals(
                Kind.UNAVAILABLE,
                assertInstanceOf(RemoteException.class, thrown.getCause()).kind());
        reader.join();
    }

    private static boolean isInSocket(Thread thread) {
        for (StackTraceElement element : thread.getStackTrace()) {
            if (element.getClassName().contains("Socket")
                    && element.getMethodName().equals("read")) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            a plain error;             -NOPERM no|
            a kind that is not due;    *3|$9|ssubscrib|$1|a|:1|
            a message in four parts;   *4|$8|pmessage|$1|*|$1|a|$1|x|
            a message without parts;   *0|
            parts of another type;     *3|:1|:2|:3|
            a payload of nothing;      *3|$7|message|$1|a|$-1|
            a nested payload;          *3|$7|message|$1|a|*1|$1|x|
            more than there is memory; *3|$7|message|$1|a|$2147483647|x
            """)
    void message_thatIsNotDue_endsTheSubscription(String name, String message) throws IOException {
        try (FakeTcpServer confused = FakeTcpServer.start(socket -> {
                    socket.getInputStream().read(new byte[1_000]);
                    socket.getOutputStream().write(bytes("*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n"));
                    socket.getOutputStream().write(bytes(message.replace("|", "\r\n")));
                    socket.getInputStream().readAllBytes();
                });
                Servers wrong = open(confused.options(LONG));
                Subscription subscription = wrong.subscribe("a")) {
            assertUnavailable(() -> subscription.read(LONG));
            assertUnavailable(subscription::ping);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            a key of another type;      *1|:1|
            an array in the array;      *1|*1|$1|x|
            a number;                   :1|
            more keys than there may be; *200000|$1|x|
            keys of no length;          *1|$-1|
            """)
    void changes_thatAreNotDue_endTheSubscription(String name, String changes) throws IOException {
        try (FakeTcpServer confused = tracked(changes);
                Servers wrong = open(confused.options(LONG));
                Subscription subscription = wrong.subscribe(Topics.changes("pc1:{"))) {
            assertUnavailable(() -> subscription.read(LONG));
            assertUnavailable(subscription::ping);
        }
    }

    @Test
    void changes_publishedByHand_areAPlainMessage() throws IOException {
        try (FakeTcpServer confused = tracked("$1|x|");
                Servers wrong = open(confused.options(LONG));
                Subscription subscription = wrong.subscribe(Topics.changes("pc1:{"))) {
            assertMessage(Topics.INVALIDATIONS, bytes("x"), subscription);
        }
    }

    /** A server that lets itself be asked to track, and then tells this. */
    private static FakeTcpServer tracked(String changes) throws IOException {
        return FakeTcpServer.start(socket -> {
            for (String reply : new String[] {":7|", "+OK|", "*3|$9|subscribe|$1|a|:1|"}) {
                socket.getInputStream().read(new byte[1_000]);
                socket.getOutputStream().write(bytes(reply.replace("|", "\r\n")));
            }
            String message = "*3|$7|message|$20|" + Topics.INVALIDATIONS + "|" + changes;
            socket.getOutputStream().write(bytes(message.replace("|", "\r\n")));
            socket.getInputStream().readAllBytes();
        });
    }

    @Test
    void track_byAServerThatDoesNot_isUnavailable() throws IOException {
        try (FakeTcpServer old = FakeTcpServer.start(socket -> {
                    socket.getInputStream().read(new byte[1_000]);
                    socket.getOutputStream().write(bytes(":7\r\n"));
                    socket.getInputStream().read(new byte[1_000]);
                    socket.getOutputStream().write(bytes("-ERR Unknown subcommand\r\n"));
                    socket.getInputStream().readAllBytes();
                });
                Servers servers = open(old.options(LONG))) {
            assertUnavailable(() -> servers.subscribe(Topics.changes("pc1:{")));
        }
    }

    /** What has begun must be whole in time, though each byte comes soon after the one before. */
    @Test
    void message_thatNeverEnds_endsTheSubscription() throws IOException {
        try (FakeTcpServer dripping = FakeTcpServer.start(socket -> {
                    socket.getInputStream().read(new byte[1_000]);
                    socket.getOutputStream().write(bytes("*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n"));
                    socket.getOutputStream().write(bytes("*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1000000\r\n"));
                    while (true) {
                        socket.getOutputStream().write('x');
                    }
                });
                Servers slow = open(dripping.options(Duration.ofMillis(200)));
                Subscription subscription = slow.subscribe("a")) {
            assertUnavailable(() -> subscription.read(MOMENT));
        }
    }

    @Test
    void subscribe_toASilentServer_isUnavailable() throws IOException {
        try (FakeTcpServer silent =
                        FakeTcpServer.start(socket -> socket.getInputStream().readAllBytes());
                Servers slow = open(silent.options(Duration.ofMillis(200)))) {
            assertUnavailable(() -> slow.subscribe("a"));
        }
    }

    @Test
    void subscribe_afterClose_isUnavailable() {
        servers.close();
        assertUnavailable(() -> servers.subscribe("a"));
    }
}
