package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The Redis client is an optional part: a JVM that lacks it caches in memory, and is told what Redis needs. */
final class WithoutJedisIT {

    @Test
    void memory_withoutTheClient_works() throws Exception {
        assertEquals("pagecache; hit; ttl=600", outputOf("memory://"));
    }

    @Test
    void redis_withoutTheClient_stopsTheStartAndSaysWhatToAdd() throws Exception {
        String output = outputOf("redis://127.0.0.1:6379");
        assertTrue(output.contains("add redis.clients:jedis"), output);
    }

    private static String outputOf(String location) throws IOException, InterruptedException {
        String java =
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "-cp", classPathWithoutJedis(), Application.class.getName(), location)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream printed = process.getInputStream()) {
            String output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String classPathWithoutJedis() {
        List<String> kept = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            String name = new File(entry).getName().toLowerCase(Locale.ROOT);
            if (!name.startsWith("jedis") && !name.startsWith("commons-pool")) {
                kept.add(entry);
            }
        }
        return String.join(File.pathSeparator, kept);
    }

    /** Serves one page twice and prints what the second answer says of the cache, or why it did not start. */
    static final class Application {
        private Application() {}

        public static void main(String[] arguments) {
            try (TestSite site = TestSite.with()
                    .contextParam("pagecache.caches.default.location", arguments[0])
                    .page("/p", View.numbered())
                    .start()) {
                site.get("/p");
                print(site.get("/p").cacheStatus());
            } catch (RuntimeException e) {
                print(String.valueOf(e.getMessage()) + e.getCause());
            }
            // A server that did not start leaves its threads behind.
            Runtime.getRuntime().halt(0);
        }

        private static void print(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            new PrintStream(new FileOutputStream(FileDescriptor.out)).write(bytes, 0, bytes.length);
        }
    }
}
