package dev.pagecache.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/**
 * A Redis of its own on a free port of the loopback interface, without persistence: the one on the path, else the one
 * that a Maven artifact carries. Confined to one thread.
 */
final class RedisProcess implements AutoCloseable {
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final int port;
    private final @Nullable Process process;
    private final @Nullable RedisServer embedded;

    /** Starts the server and waits until it takes connections. */
    RedisProcess() throws IOException {
        port = freePort();
        Path onPath = onPath();
        if (onPath == null) {
            process = null;
            embedded = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .soutListener(line -> {})
                    .build();
            embedded.start();
        } else {
            embedded = null;
            process = start(onPath);
        }
        awaitStart();
    }

    int port() {
        return port;
    }

    private Process start(Path executable) throws IOException {
        return new ProcessBuilder(
                        executable.toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static @Nullable Path onPath() {
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
            Path file = Path.of(folder, "redis-server");
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        return null;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitStart() throws IOException {
        long end = System.nanoTime() + START_NANOS;
        while (!isListening()) {
            if (System.nanoTime() - end > 0) {
                close();
                throw new IOException("redis-server did not start");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (embedded != null) {
            embedded.stop();
        }
        if (process != null) {
            process.destroy();
        }
    }
}
