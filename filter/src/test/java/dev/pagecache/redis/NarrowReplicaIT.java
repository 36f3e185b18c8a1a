package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.pagecache.store.Poll;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A replica behind a network through which short replies come in time, and pages do not. */
class NarrowReplicaIT {
    private static final int READS_TO_OPEN = 5;

    private final AtomicInteger pageReads = new AtomicInteger();

    private void serve(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
            String command = command(in);
            String reply = "";
            if (command.startsWith("GETRANGE") && !command.contains("{probe}")) {
                pageReads.incrementAndGet();
            } else if (command.startsWith("GETRANGE")) {
                reply = "$0\r\n\r\n";
            } else {
                reply = command.startsWith("PING") ? "+PONG\r\n" : "+OK\r\n";
            }
            socket.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String command(DataInputStream in) throws IOException {
        StringBuilder command = new StringBuilder();
        int parts = number(in);
        for (int i = 0; i < parts; i++) {
            byte[] part = new byte[number(in) + 2];
            in.readFully(part);
            command.append(new String(part, StandardCharsets.UTF_8).strip()).append(' ');
        }
        return command.toString();
    }

    /** The number in a line such as {@code $12}. */
    private static int number(DataInputStream in) throws IOException {
        in.readByte();
        StringBuilder digits = new StringBuilder();
        for (int next = in.readByte(); next != '\n'; next = in.readByte()) {
            digits.append((char) next);
        }
        return Integer.parseInt(digits.toString().strip());
    }

    /** Otherwise each probe would send requests into the deadline again. */
    @Test
    void replica_thatServesNoPage_isProbedByPages() throws IOException {
        try (RedisTestServer primary = RedisTestServer.start();
                FakeTcpServer replica = FakeTcpServer.start(this::serve)) {
            RedisTopology.Single first = new RedisTopology.Single(primary.address(), RedisLogin.NONE);
            RedisTopology.Single second = (RedisTopology.Single)
                    replica.options(Duration.ofSeconds(1)).topology();
            RedisOptions options = new RedisOptions(
                    new RedisTopology.Replicated(first, List.of(second)), null, Duration.ofMillis(300), 4, "");
            try (RedisRemoteStore store = RedisRemoteStore.open(options)) {
                byte[] value = {1, 2, 3};
                store.put("{a}", value, Duration.ofMinutes(1));
                for (int i = 0; i < READS_TO_OPEN; i++) {
                    assertArrayEquals(value, store.get("{a}", 100));
                }
                Poll.until("two probes have asked for a page", () -> pageReads.get() >= READS_TO_OPEN + 2);
            }
        }
    }
}
