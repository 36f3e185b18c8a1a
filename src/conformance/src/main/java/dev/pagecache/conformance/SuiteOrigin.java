package dev.pagecache.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The suite's own origin server on a free port, as a process that ends with this one. */
final class SuiteOrigin implements AutoCloseable {
    private static final String READY = "Listening on ";

    private final Process process;
    private final int port;

    private SuiteOrigin(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param target where its files go
     * @throws IOException if it ends before it listens
     */
    static SuiteOrigin start(Path suite, Path target) throws IOException {
        Path later = suite.resolve("test-engine");
        Path server =
                (Files.isDirectory(later) ? later : suite).resolve("server").resolve("server.mjs");
        ProcessBuilder builder = new ProcessBuilder("node", server.toString())
                .directory(target.toFile())
                .redirectError(target.resolve("origin-errors.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "npm_config_protocol",
                        "http",
                        "npm_config_port",
                        "0",
                        "npm_config_pidfile",
                        target.resolve("origin.pid").toString()));
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "origin-end"));
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = out.readLine();
        }
        if (line == null) {
            process.destroy();
            throw new IOException("the suite's origin server does not start");
        }
        drain(out, target.resolve("origin.log"));
        String url = line.strip();
        int end = url.length() - (url.endsWith("/") ? 1 : 0);
        return new SuiteOrigin(process, Integer.parseInt(url.substring(url.lastIndexOf(':') + 1, end)));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    /** What it prints is kept, so that it never waits for a reader. */
    private static void drain(BufferedReader out, Path log) {
        Thread reader = new Thread(
                () -> {
                    try (var writer = Files.newBufferedWriter(log, StandardCharsets.UTF_8)) {
                        out.transferTo(writer);
                    } catch (IOException e) {
                        // the process has ended
                    }
                },
                "origin-log");
        reader.setDaemon(true);
        reader.start();
    }
}
