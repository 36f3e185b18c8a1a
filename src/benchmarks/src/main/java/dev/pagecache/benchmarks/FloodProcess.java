package dev.pagecache.benchmarks;

import dev.pagecache.benchmarks.Edition.Flood;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A {@link UrlFlood} in a JVM of its own, whose heap is little larger than what the flood may take. */
public final class FloodProcess {
    private static final long MIB = 1 << 20;

    /** What pages and all that is remembered besides may take beyond the bound of the pages. */
    static final long ALLOWED_BEYOND_BYTES = 32 * MIB;

    /** What a collector needs to work in. */
    private static final long SLACK_BYTES = 32 * MIB;

    private FloodProcess() {}

    /**
     * Sends a flood.
     *
     * @param args number of URLs, bound of the memory in bytes, number of hot pages
     */
    public static void main(String[] args) {
        UrlFlood flood = new UrlFlood(Long.parseLong(args[1]), Integer.parseInt(args[2]));
        System.out.println(flood.run(Long.parseLong(args[0])).toLine());
    }

    /**
     * Sends a flood in another process.
     *
     * @throws IOException if that fails, for want of memory for example
     */
    static UrlFlood.Result run(Flood flood) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + (flood.maxBytes() + ALLOWED_BEYOND_BYTES + SLACK_BYTES),
                        "-XX:+UseSerialGC",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        FloodProcess.class.getName(),
                        String.valueOf(flood.urls()),
                        String.valueOf(flood.maxBytes()),
                        String.valueOf(flood.hotPages()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.US_ASCII)) {
            String line = out.readLine();
            if (line == null) {
                throw new IOException("the flooded process ended without a result");
            }
            return UrlFlood.Result.parse(line);
        } finally {
            process.destroyForcibly();
        }
    }
}
