package dev.pagecache.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/**
 * A real {@code redis-server} of its own on a free loopback port: the one on PATH, else the one that a test dependency
 * carries. The system property {@code test.redis} ({@code path} or {@code carried}) forces one. It keeps nothing on
 * disk but its log, in a directory that goes with it, and does not outlive this JVM.
 */
public final class RedisTestServer implements AutoCloseable {
    private static final int START_ATTEMPTS = 5;
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Path directory;
    private final String executable;
    private final List<String> options;
    private final Thread shutdownHook = new Thread(this::destroy);
    private volatile @Nullable Process process;
    private int port;

    private RedisTestServer(List<String> options) throws IOException {
        this.directory = Files.createTempDirectory("pagecache-redis-");
        this.executable = executable(directory);
        this.options = options;
    }

    /** A running server with options such as {@code "--maxmemory", "1mb"} besides its own. */
    public static RedisTestServer start(String... options) {
        RedisTestServer server = prepare(options);
        for (int attempt = 1; ; attempt++) {
            server.port = freePort();
            if (server.tryStart()) {
                return server;
            }
            if (attempt == START_ATTEMPTS) {
                String log = server.log();
                server.close();
                throw new IllegalStateException("redis-server does not start: " + log);
            }
        }
    }

    /** A server with a port that is not started yet; {@link #restart} starts it. */
    public static RedisTestServer prepare(String... options) {
        try {
            RedisTestServer server = new RedisTestServer(List.of(options));
            server.port = freePort();
            Runtime.getRuntime().addShutdownHook(server.shutdownHook);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its port on the loopback address. */
    public int port() {
        return port;
    }

    /** Its location, without a password. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Options of the product that lead here. */
    public RedisOptions options(Duration timeout, int poolSize, String keyPrefix) {
        return new RedisOptions("127.0.0.1", port, 0, null, password(), false, timeout, poolSize, keyPrefix);
    }

    /** Stops it without closing its sockets. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void thaw() {
        signal("-CONT");
    }

    /** Ends it at once, as by {@code kill -9}. */
    public void kill() {
        destroy();
    }

    /** Starts it, empty, on the same port. */
    public void restart() {
        destroy();
        if (!tryStart()) {
            throw new IllegalStateException("redis-server does not start again: " + log());
        }
    }

    /** The reply to a command on a connection of its own: {@code byte[]}, Long, List or null. */
    public @Nullable Object exec(String... command) {
        byte[][] arguments = new byte[command.length - 1][];
        for (int i = 1; i < command.length; i++) {
            arguments[i - 1] = command[i].getBytes(StandardCharsets.UTF_8);
        }
        return execBytes(command[0], arguments);
    }

    /** The reply to a command with binary arguments. */
    public @Nullable Object execBytes(String name, byte[]... arguments) {
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder().serverDefaultProtocol().timeoutMillis(20_000);
        String password = password();
        if (password != null) {
            config.password(password);
        }
        byte[] command = name.getBytes(StandardCharsets.US_ASCII);
        try (Connection connection = new Connection(new HostAndPort("127.0.0.1", port), config.build())) {
            connection.sendCommand(() -> command, arguments);
            return connection.getOne();
        }
    }

    /** The keys of all records: not the ledger's, nor that of the probe. */
    public List<byte[]> records() {
        List<byte[]> records = new ArrayList<>();
        for (Object key : (List<?>) Objects.requireNonNull(exec("KEYS", "*"))) {
            String text = new String((byte[]) key, StandardCharsets.UTF_8);
            if (!text.endsWith("{ledger}") && !text.endsWith("{probe}")) {
                records.add((byte[]) key);
            }
        }
        return records;
    }

    @Override
    public void close() {
        destroy();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The JVM is ending and runs the hook itself.
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean tryStart() {
        List<String> command = new ArrayList<>(List.of(executable, "--port", Integer.toString(port)));
        command.addAll(
                List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", directory.toString()));
        command.addAll(options);
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            process = started;
            return awaitAnswer(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it answers; false if it ended, most likely because the port was taken meanwhile. */
    private boolean awaitAnswer(Process started) {
        long begin = System.nanoTime();
        while (started.isAlive() && System.nanoTime() - begin < START_NANOS) {
            try {
                exec("PING");
                return started.isAlive();
            } catch (JedisException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
        destroy();
        return false;
    }

    private void destroy() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroyForcibly();
        boolean isInterrupted = false;
        while (running.isAlive()) {
            try {
                running.waitFor();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void signal(String signal) {
        try {
            String pid = Long.toString(Objects.requireNonNull(process).pid());
            int status = new ProcessBuilder("kill", signal, pid).start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill " + signal + " gave " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private @Nullable String password() {
        int at = options.indexOf("--requirepass");
        return at < 0 ? null : options.get(at + 1);
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String executable(Path directory) throws IOException {
        String forced = System.getProperty("test.redis", "");
        if (!forced.equals("carried")) {
            for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
                Path candidate = Path.of(folder, "redis-server");
                if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                    return candidate.toString();
                }
            }
        }
        if (forced.equals("path")) {
            throw new IllegalStateException("no redis-server on PATH");
        }
        return ExecutableProvider.newJarResourceProvider(directory.toFile())
                .get()
                .getPath();
    }
}
