package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.metrics.PageCacheMXBean;
import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.store.ThreadKind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.JMX;
import javax.management.ObjectName;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many clients, more pages than the heap has room for, and the settings as they come: every answer is right, and the
 * memory of the cache stays within its part of the heap. On virtual threads the cache pins none below for long.
 */
@Tag("jetty") // which can run requests on either kind of threads
final class LittleMemoryIT {
    private static final int CLIENTS = 200;
    private static final int REQUESTS = 40;

    /** Of 24 KiB each: 96 MiB. */
    private static final int PAGES = 4_000;

    private static final int PAGE_BYTES = 24 * 1024;

    /** What becomes of Redis. */
    enum Remote {
        /** There is none. */
        NONE,
        /** It is well. */
        WELL,
        /** It stands still after half of the requests. */
        FROZEN
    }

    static Stream<Arguments> rows() {
        return ThreadKind.present().stream()
                .flatMap(kind -> Stream.of(Remote.values()).map(remote -> Arguments.of(kind.name(), remote)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void smallHeap_manyThreadsOverManyPages_areAnsweredWithinIt(String threads, Remote remote) throws Exception {
        List<String> options =
                List.of("-Xmx64m", "-D" + JettyContainer.VIRTUAL_THREADS + "=" + threads.equals("virtual"));
        try (RedisTestServer redis = RedisTestServer.start();
                ForkedJvm server =
                        ForkedJvm.start(Site.class, options, remote == Remote.NONE ? "memory://" : redis.uri())) {
            int port = Integer.parseInt(server.line());
            warmUp(port);
            assertEquals("ok", server.ask("record"));
            CountDownLatch half = new CountDownLatch(CLIENTS);
            CountDownLatch hasHappened = new CountDownLatch(1);
            List<FutureTask<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                clients.add(Latches.start(() -> load(port, client, half, hasHappened)));
            }
            // A JVM without memory has ended, which the question tells.
            assertTrue(
                    half.await(5, TimeUnit.MINUTES), () -> "half is not answered, of a heap of " + server.ask("heap"));
            if (remote == Remote.FROZEN) {
                redis.freeze();
            }
            hasHappened.countDown();
            for (FutureTask<Integer> client : clients) {
                assertEquals(REQUESTS, client.get(5, TimeUnit.MINUTES));
            }
            redis.thaw();
            assertTrue(server.ask("thread").startsWith(threads.equals("virtual") ? "VirtualThread" : "Thread"));
            long heap = Long.parseLong(server.ask("heap"));
            long kept = Long.parseLong(server.ask("kept"));
            assertTrue(kept > heap / 8 && kept <= heap / 4, "kept of " + heap + ": " + kept);
            assertEquals("[]", server.ask("pinned"));
        }
    }

    /** Who waits for another thread to initialize a class is pinned meanwhile, once. */
    private static void warmUp(int port) {
        try (RawClient connection = new RawClient(port)) {
            for (int i = 0; i < REQUESTS; i++) {
                assertEquals(200, connection.send("GET", "/p/" + i % 4).status());
            }
        }
    }

    /** Counts the answers that are right, of pages that all clients ask for in an order of their own. */
    private static int load(int port, int client, CountDownLatch half, CountDownLatch hasHappened) {
        Random random = new Random(client);
        try (RawClient connection = new RawClient(port)) {
            int count = 0;
            for (int i = 0; i < REQUESTS; i++) {
                if (i == REQUESTS / 2) {
                    half.countDown();
                    Latches.await(hasHappened);
                }
                int page = random.nextInt(PAGES);
                Reply reply = connection.send("GET", "/p/" + page);
                assertEquals(200, reply.status(), reply::toString);
                assertArrayEquals(body(page), reply.body());
                count++;
            }
            return count;
        }
    }

    private static byte[] body(int page) {
        byte[] body = new byte[PAGE_BYTES];
        new Random(page).nextBytes(body);
        return body;
    }

    /** The server, in a JVM of its own. */
    static final class Site {
        private volatile String thread = "none";

        private Site() {}

        public static void main(String[] arguments) throws Exception {
            new Site().run(arguments[0]);
        }

        private void run(String location) throws Exception {
            View view = (request, response) -> {
                thread = Thread.currentThread().toString();
                int page = Integer.parseInt(
                        Objects.requireNonNull(request.getPathInfo()).substring(1));
                response.getOutputStream().write(body(page));
            };
            TestSite site = TestSite.with()
                    .contextParam("pagecache.caches.default.location", location)
                    .page("/p/*", view)
                    .start();
            try (Recording recording = new Recording()) {
                if (ThreadKind.hasVirtual()) {
                    recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ofMillis(20));
                }
                ForkedJvm.tell(String.valueOf(site.port()));
                ForkedJvm.answer(question -> switch (question) {
                    case "record" -> start(recording);
                    case "thread" -> thread;
                    case "heap" -> String.valueOf(Runtime.getRuntime().maxMemory());
                    case "kept" -> String.valueOf(kept());
                    default -> pinned(recording);
                });
            }
        }

        private static long kept() {
            try {
                ObjectName name = new ObjectName("dev.pagecache:type=PageCache,context=/,cache=default");
                return JMX.newMXBeanProxy(ManagementFactory.getPlatformMBeanServer(), name, PageCacheMXBean.class)
                        .getMemoryBytes();
            } catch (javax.management.MalformedObjectNameException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String start(Recording recording) {
            recording.start();
            return "ok";
        }

        /** Where our code pinned a thread, and not the container or the JDK on its own, each in one line. */
        private static String pinned(Recording recording) {
            try {
                recording.stop();
                Path file = Files.createTempFile("pinned", ".jfr");
                recording.dump(file);
                List<String> pinned = new ArrayList<>();
                for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                    if (event.getEventType().getName().equals("jdk.VirtualThreadPinned") && isOurs(event)) {
                        pinned.add(event.toString().replace('\n', ' '));
                    }
                }
                Files.delete(file);
                return pinned.toString();
            } catch (IOException e) {
                return e.toString();
            }
        }

        private static boolean isOurs(RecordedEvent event) {
            if (event.getStackTrace() == null) {
                return true;
            }
            for (RecordedFrame frame : event.getStackTrace().getFrames()) {
                String name = frame.getMethod().getType().getName();
                if (!name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun.")) {
                    return name.startsWith("dev.pagecache.") || name.startsWith("redis.clients.");
                }
            }
            return false;
        }
    }
}
