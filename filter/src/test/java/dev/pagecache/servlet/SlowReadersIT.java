package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.store.Poll;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many clients that do not read the large page they asked for, in a small heap: the page is in memory once for all. */
final class SlowReadersIT {
    private static final int CLIENTS = 24;

    /** More than fits into the buffers of both sockets; for all clients, more than fits into the heap. */
    private static final int LARGE = 8 << 20;

    @Test
    void clientsThatReadNothing_ofAHit_shareItsBytes() throws Exception {
        try (ForkedJvm server = ForkedJvm.start(Site.class, List.of("-Xmx96m"))) {
            int port = Integer.parseInt(server.line());
            try (RawClient client = new RawClient(port)) {
                assertEquals(200, client.send("GET", "/large").status());
                assertTrue(client.send("GET", "/large").isHit());
            }
            List<RawClient> readers = new ArrayList<>();
            try {
                for (int i = 0; i < CLIENTS; i++) {
                    RawClient reader = new RawClient(port, 4096);
                    readers.add(reader);
                    reader.write(RawClient.head("GET", "/large"));
                }
                Poll.until("all are held up", () -> server.ask("waiting").equals(String.valueOf(CLIENTS)));
                for (RawClient reader : readers) {
                    Reply reply = reader.read("GET");
                    assertTrue(reply.isHit(), reply::toString);
                    assertEquals(LARGE, reply.body().length);
                }
            } finally {
                readers.forEach(RawClient::close);
            }
        }
    }

    /** The server, in a JVM of its own. */
    static final class Site {
        private Site() {}

        public static void main(String[] arguments) throws IOException {
            View large = (request, response) -> {
                byte[] body = new byte[LARGE];
                Arrays.fill(body, (byte) '1');
                response.getOutputStream().write(body);
            };
            TestSite site = TestSite.with()
                    .param("maxBody", "8MiB")
                    .page("/large", large)
                    .start();
            ForkedJvm.tell(String.valueOf(site.port()));
            ForkedJvm.answer(question -> String.valueOf(HeldUp.below(PageSender.class)));
        }
    }
}
