package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Many large bodies at once in a small heap: all of them arrive whole, and few of their bytes are held meanwhile. */
final class EndlessBodiesIT {
    private static final int CLIENTS = 100;

    /** What is written before anybody goes on: just what may be stored, so that it would be held to the last byte. */
    private static final int BEFORE = 1 << 20;

    private static final int PIECE = 16 * 1024;

    /** All bodies together. */
    private static final int BODY = 8 << 20;

    @Test
    void bodies_farOverMaxBody_passWholeAndHoldBoundedMemory() throws Exception {
        try (ForkedJvm server = ForkedJvm.start(Site.class, List.of("-Xmx96m"))) {
            int port = Integer.parseInt(server.line());
            List<FutureTask<Long>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String target = "/endless/" + i;
                clients.add(Latches.start(() -> checksum(port, target)));
            }
            for (int i = 0; i < CLIENTS; i++) {
                assertEquals(expected(i), clients.get(i).get(100, TimeUnit.SECONDS), "body " + i);
            }
            long heap = Long.parseLong(server.ask("heap"));
            long most = Long.parseLong(server.ask("most"));
            assertTrue(most > heap / 8, "held at a time: " + most);
            assertTrue(most <= heap / 4, "held at a time: " + most);
            assertEquals("0", server.ask("held"));

            try (RawClient client = new RawClient(port)) {
                assertFalse(client.send("GET", "/small").isHit());
                assertTrue(client.send("GET", "/small").isHit());
            }
        }
    }

    private static long checksum(int port, String target) {
        try (RawClient client = new RawClient(port)) {
            client.write(RawClient.head("GET", target));
            Reply head = client.readHead();
            assertEquals(200, head.status());
            CRC32 sum = new CRC32();
            for (String chunk = client.readChunk(); !chunk.isEmpty(); chunk = client.readChunk()) {
                sum.update(chunk.getBytes(StandardCharsets.US_ASCII));
            }
            return sum.getValue();
        }
    }

    private static long expected(int number) {
        CRC32 sum = new CRC32();
        byte[] piece = piece(number);
        for (int i = 0; i < BODY; i += PIECE) {
            sum.update(piece);
        }
        return sum.getValue();
    }

    private static byte[] piece(int number) {
        return ("page " + number + "\n").repeat(PIECE).substring(0, PIECE).getBytes(StandardCharsets.US_ASCII);
    }

    /** The server, in a JVM of its own. */
    static final class Site {
        private final CountDownLatch together = new CountDownLatch(CLIENTS);
        private final AtomicLong most = new AtomicLong();

        private Site() {}

        public static void main(String[] arguments) throws IOException {
            new Site().run();
        }

        private void run() throws IOException {
            View endless = (request, response) -> {
                byte[] piece = piece(Integer.parseInt(
                        Objects.requireNonNull(request.getPathInfo()).substring(1)));
                ServletOutputStream out = response.getOutputStream();
                for (int i = 0; i < BODY; i += PIECE) {
                    if (i == BEFORE) {
                        together.countDown();
                        Latches.await(together);
                        most.accumulateAndGet(
                                budget(request.getServletContext()).takenBytes(), Math::max);
                    }
                    out.write(piece);
                }
            };
            TestSite site = TestSite.with()
                    .page("/endless/*", endless)
                    .page("/small", View.text("small"))
                    .start();
            ForkedJvm.tell(String.valueOf(site.port()));
            ForkedJvm.answer(question -> switch (question) {
                case "heap" -> String.valueOf(Runtime.getRuntime().maxMemory());
                case "most" -> String.valueOf(most.get());
                default -> String.valueOf(budget(site.context()).takenBytes());
            });
        }

        private static CaptureBudget budget(jakarta.servlet.ServletContext context) {
            return ((OpenCaches) Objects.requireNonNull(context.getAttribute(OpenCaches.ATTRIBUTE))).captureBudget();
        }
    }
}
