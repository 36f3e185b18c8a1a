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

    /** Lines of a Sentinel's configuration; empty for a server of data. */
    private final List<String> sentinelLines;

    private final Thread shutdownHook = new Thread(this::destroy);
    private volatile @Nullable Process process;
    private int port;
    private boolean hasRun;

    private RedisTestServer(List<String> options, List<String> sentinelLines) throws IOException {
        this.directory = Files.createTempDirectory("pagecache-redis-");
        this.executable = executable(directory);
        this.options = options;
        this.sentinelLines = sentinelLines;
    }

    /** A running server with options such as {@code "--maxmemory", "1mb"} besides its own. */
    public static RedisTestServer start(String... options) {
        return started(prepare(options));
    }

    /** A running Sentinel with lines such as {@code "sentinel monitor name 127.0.0.1 6379 2"}. */
    public static RedisTestServer startSentinel(String... lines) {
        return started(prepare(List.of(), List.of(lines)));
    }

    private static RedisTestServer started(RedisTestServer server) {
        for (int attempt = 1; ; attempt++) {
            if (server.tryStart()) {
                return server;
            }
            if (attempt == START_ATTEMPTS) {
                String log = server.log();
                server.close();
                throw new IllegalStateException("redis-server does not start: " + log);
            }
            server.port = server.freePort();
        }
    }

    /** A server with a port that is not started yet; {@link #restart} starts it. */
    public static RedisTestServer prepare(String... options) {
        return prepare(List.of(options), List.of());
    }

    private static RedisTestServer prepare(List<String> options, List<String> sentinelLines) {
        try {
            RedisTestServer server = new RedisTestServer(options, sentinelLines);
            server.port = server.freePort();
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
        return TestOptions.single("127.0.0.1", port, 0, null, password(), null, timeout, poolSize, keyPrefix);
    }

    /** The text of a section of INFO. */
    public String info(String section) {
        byte[] info = (byte[]) Objects.requireNonNull(exec("INFO", section));
        return new String(info, StandardCharsets.US_ASCII);
    }

    /** What it knows of its cluster. */
    String clusterInfo() {
        byte[] info = (byte[]) Objects.requireNonNull(exec("CLUSTER", "INFO"));
        return new String(info, StandardCharsets.US_ASCII);
    }

    /** Whether it answers, and has a text in a section of INFO. */
    public boolean says(String section, String text) {
        try {
            return info(section).contains(text);
        } catch (JedisException e) {
            return false;
        }
    }

    /** A number of its replication, or -1 if it has none. */
    long offset(String name) {
        String info = info("replication");
        int from = info.indexOf(name) + name.length();
        return from < name.length() ? -1 : Long.parseLong(info.substring(from, info.indexOf('\r', from)));
    }

    /** Where it listens, in the words of the product. */
    public RedisAddress address() {
        return new RedisAddress("127.0.0.1", port);
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

    /** The keys of all records: not those of the ledger, of leases and of the probe. */
    public List<byte[]> records() {
        List<byte[]> records = new ArrayList<>();
        for (Object key : (List<?>) Objects.requireNonNull(exec("KEYS", "*"))) {
            String text = new String((byte[]) key, StandardCharsets.UTF_8);
            if (!text.endsWith("{ledger}") && !text.endsWith("{probe}") && !text.endsWith(":lease")) {
                records.add((byte[]) key);
            }
        }
        return records;
    }

    /** Whether a record contains a text, uncompressed. */
    public boolean holds(String text) {
        return records().stream()
                .map(record -> execBytes("GET", record))
                .anyMatch(value ->
                        value instanceof byte[] bytes && new String(bytes, StandardCharsets.UTF_8).contains(text));
    }

    /** Deletes all records. The ledger stays: without it a living node drops what it rendered by the old one. */
    public void clearRecords() {
        records().forEach(record -> execBytes("DEL", record));
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
        List<String> command = command();
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

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(executable));
        if (sentinelLines.isEmpty()) {
            command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", ""));
            command.addAll(List.of("--appendonly", "no", "--dir", directory.toString()));
            command.addAll(options);
        } else {
            Path file = directory.resolve("sentinel.conf");
            if (!hasRun) {
                writeConfiguration(file);
            }
            command.addAll(List.of(file.toString(), "--sentinel"));
        }
        return command;
    }

    /** A Sentinel keeps in it what it learns, which it needs when it is started again. */
    private void writeConfiguration(Path file) {
        List<String> lines = new ArrayList<>(List.of("port " + port, "bind 127.0.0.1", "dir " + directory));
        lines.addAll(sentinelLines);
        try {
            Files.write(file, lines);
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
                hasRun |= started.isAlive();
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

    /** The bus of a cluster listens on a port of its own, which is higher by 10,000. */
    private int freePort() {
        boolean isCluster = options.contains("--cluster-enabled");
        while (true) {
            int free = freeLoopbackPort(0);
            if (!isCluster || (free < 55_000 && freeLoopbackPort(free + 10_000) > 0)) {
                return free;
            }
        }
    }

    /** A port that nobody listens on: the wanted one, or any if that is 0; 0 if the wanted one is taken. */
    static int freeLoopbackPort(int wanted) {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            if (wanted == 0) {
                throw new UncheckedIOException(e);
            }
            return 0;
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
