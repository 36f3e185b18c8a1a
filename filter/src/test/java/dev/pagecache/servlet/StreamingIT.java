package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies on their way: large ones, slow ones, and those that never arrive whole. */
final class StreamingIT {
    private static final int PIECES = 300;

    @ParameterizedTest
    @CsvSource({"1000,1000,true", "1000,1001,false", "1KiB,1024,true", "1KiB,1025,false", "64KiB,70000,false"})
    void body_overMaxBody_streamsThroughUnstored(String maxBody, int length, boolean isStored) {
        byte[] body = bytes(length);
        View view = (request, response) -> {
            for (int i = 0; i < body.length; i += 100) {
                response.getOutputStream().write(body, i, Math.min(100, body.length - i));
            }
        };
        try (TestSite site =
                TestSite.with().param("maxBody", maxBody).page("/p", view).start()) {
            for (int i = 0; i < 2; i++) {
                Reply reply = site.get("/p");
                assertArrayEquals(body, reply.body());
                assertEquals(i == 1 && isStored, reply.isHit(), reply::toString);
            }
        }
    }

    @Test
    void length_declaredOverMaxBody_isKept() {
        byte[] body = bytes(100_000);
        View view = (request, response) -> {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        };
        try (TestSite site =
                TestSite.with().param("maxBody", "64KiB").page("/p", view).start()) {
            Reply reply = site.getNeverStored("/p");
            assertEquals("100000", reply.one("Content-Length"));
            assertArrayEquals(body, reply.body());
        }
    }

    @Test
    void flush_beforeTheEnd_reachesTheClient() {
        CountDownLatch seen = new CountDownLatch(1);
        View view = (request, response) -> {
            response.setContentType("text/plain");
            response.getWriter().write("first");
            response.flushBuffer();
            Latches.await(seen);
            response.getWriter().write("second");
        };
        try (TestSite site = TestSite.with().page("/p", view).start();
                RawClient client = site.client()) {
            client.write(RawClient.head("GET", "/p"));
            Reply head = client.readHead();
            assertEquals("chunked", head.one("Transfer-Encoding"));
            assertEquals("first", client.readChunk());
            seen.countDown();
            assertEquals("second", client.readChunk());
            assertEquals("", client.readChunk());
            site.getHit("firstsecond", "/p");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void flush_beforeAnyOutput_losesNothingOfTheStoredPage(boolean isText) {
        View view = (request, response) -> {
            response.flushBuffer();
            if (isText) {
                response.getWriter().write("page");
            } else {
                response.getOutputStream().print("page");
            }
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertEquals("page", site.get("/p").text());
            site.getHit("page", "/p");
        }
    }

    @Test
    void output_overTheWindow_reachesTheClientBeforeTheEnd() {
        CountDownLatch seen = new CountDownLatch(1);
        View view = (request, response) -> {
            response.getOutputStream().write(bytes(200_000));
            Latches.await(seen);
            response.getOutputStream().write('.');
        };
        try (TestSite site = TestSite.with().page("/p", view).start();
                RawClient client = site.client()) {
            client.write(RawClient.head("GET", "/p"));
            Reply head = client.readHead();
            assertEquals(200, head.status());
            assertFalse(client.readChunk().isEmpty());
            seen.countDown();
        }
    }

    /** What is flushed and not to be stored is not held back either. */
    @ParameterizedTest
    @ValueSource(strings = {"private", "no-store"})
    void flush_onPrivatePage_reachesTheClient(String cacheControl) {
        CountDownLatch seen = new CountDownLatch(1);
        View view = (request, response) -> {
            response.setHeader("Cache-Control", cacheControl);
            response.getWriter().write("first");
            response.flushBuffer();
            Latches.await(seen);
            response.getWriter().write("second");
        };
        try (TestSite site = TestSite.with().page("/p", view).start();
                RawClient client = site.client()) {
            client.write(RawClient.head("GET", "/p"));
            client.readHead();
            assertEquals("first", client.readChunk());
            seen.countDown();
            assertEquals("second", client.readChunk());
        }
    }

    @Test
    void client_goneInMidBody_leavesNothingPartial() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        byte[] body = bytes(900_000);
        View view = (request, response) -> {
            boolean isFirst = TestSite.render(request) == 1;
            try {
                response.getOutputStream().write(body, 0, 100_000);
                if (isFirst) {
                    started.countDown();
                    Latches.await(gone);
                }
                response.getOutputStream().write(body, 100_000, 800_000);
            } finally {
                ended.countDown();
            }
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            RawClient client = site.client();
            client.write(RawClient.head("GET", "/p"));
            client.readHead();
            Latches.await(started);
            client.abort();
            gone.countDown();
            Latches.await(ended);

            assertArrayEquals(body, site.get("/p").body());
            assertArrayEquals(body, site.get("/p").body());
        }
    }

    /** An application may notice a client's end only as a failed write, and swallow it. */
    @ParameterizedTest
    @ValueSource(strings = {"writer", "stream", "stop at exception", "stop at checkError", "stop at flush"})
    void client_goneAndApplicationGoesOn_leavesNoHoles(String way) {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        View view = (request, response) -> {
            if (TestSite.render(request) == 1) {
                started.countDown();
                Latches.await(gone);
            }
            try {
                writePieces(response, way);
            } finally {
                ended.countDown();
            }
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            RawClient client = site.client();
            client.write(RawClient.head("GET", "/p"));
            Latches.await(started);
            client.abort();
            gone.countDown();
            Latches.await(ended);

            for (int i = 0; i < 3; i++) {
                assertEquals(PIECES * 1000, site.get("/p").body().length);
            }
        }
    }

    private static void writePieces(HttpServletResponse response, String way) throws IOException {
        for (int i = 0; i < PIECES; i++) {
            String piece = "0123456789".repeat(100);
            if (way.startsWith("stream") || way.equals("stop at exception")) {
                try {
                    response.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    if (way.startsWith("stop")) {
                        return;
                    }
                }
            } else {
                response.getWriter().print(piece);
            }
            if (way.equals("stop at checkError") && response.getWriter().checkError()) {
                return;
            }
            if (way.equals("stop at flush")) {
                try {
                    response.flushBuffer();
                } catch (IOException e) {
                    return;
                }
            }
        }
    }

    @Test
    void exception_afterCommit_leavesNothingPartial() {
        View view = (request, response) -> {
            response.getOutputStream().write(bytes(50_000));
            if (TestSite.render(request) == 1) {
                throw new IOException("broken off");
            }
            response.getOutputStream().write(bytes(50_000));
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            Reply cut = site.get("/p");
            assertFalse(cut.isComplete(), "a body broken off is not ended as if it were whole");
            assertEquals(100_000, site.get("/p").body().length);
            assertEquals(2, site.renders("/p"));
        }
    }

    @ParameterizedTest
    @CsvSource({"10,5", "5,10", "0,5", "100000,50000", "50000,100000"})
    void length_thatDoesNotFit_isNeverStored(int declared, int written) {
        View view = (request, response) -> {
            response.setContentLength(declared);
            response.getOutputStream().write(bytes(written));
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            site.get("/p");
            Reply second = site.get("/p");
            assertFalse(second.isHit(), second::toString);
            assertEquals(2, site.renders("/p"));
        }
    }

    /** No byte of one request's body may stand in another's (Varnish VSV00004). */
    @Test
    void body_afterAnAbortedOne_isItsOwn() {
        View view = (request, response) -> {
            String letter = request.getQueryString();
            response.getWriter().write(letter.repeat(20_000));
            if (letter.equals("a")) {
                throw new IllegalStateException("aborted");
            }
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            for (int i = 0; i < 3; i++) {
                assertEquals(500, site.get("/p?a").status());
                assertEquals("b".repeat(20_000), site.get("/p?b").text());
            }
        }
    }

    /** Static files go past writers and buffers where a container finds a shorter way. */
    @ParameterizedTest
    @CsvSource({"20,true", "40000,true", "300000,true", "3000000,false"})
    void file_ofTheContainersServlet_isWholeAndStoredIfSmall(int length, boolean isStored, @TempDir Path folder)
            throws IOException {
        byte[] body = bytes(length);
        Files.write(folder.resolve("f.bin"), body);
        TestSite.Builder builder = TestSite.with().files("/*", folder);
        try (TestSite site = builder.start();
                TestSite plain = builder.startPlain()) {
            Reply expected = plain.get("/f.bin");
            for (int i = 0; i < 3; i++) {
                Reply reply = site.get("/f.bin");
                assertArrayEquals(body, reply.body());
                assertEquals(expected.statusLine(), reply.statusLine());
                assertEquals(expected.field("Last-Modified"), reply.field("Last-Modified"));
                assertEquals(expected.field("Content-Type"), reply.field("Content-Type"));
                assertEquals(isStored && i > 0, reply.isHit(), reply::toString);
            }
            Reply conditional = site.get("/f.bin", "If-Modified-Since: " + expected.one("Last-Modified"));
            assertEquals(304, conditional.status());
            assertArrayEquals(body, site.get("/f.bin").body());
        }
    }

    @Test
    void hit_ofALargePage_isWholeOnOneConnection() {
        byte[] body = bytes(1_000_000);
        View view = (request, response) -> response.getOutputStream().write(body);
        try (TestSite site = TestSite.with().page("/p", view).start();
                RawClient client = site.client()) {
            for (int i = 0; i < 5; i++) {
                Reply reply = client.send("GET", "/p");
                assertTrue(reply.isComplete());
                assertArrayEquals(body, reply.body());
            }
            assertEquals(1, site.renders("/p"));
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
