package dev.pagecache.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A network between a node and a loopback server, as good or poor as it is told. Safe for use by many threads. */
final class PoorNetwork implements AutoCloseable {
    private static final int BUFFER_BYTES = 8192;
    private static final int CONNECT_MILLIS = 1000;
    private static final long SILENT_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** How data pass, each way. */
    enum Weather {
        FAIR("well", Duration.ZERO, 0),
        LATE_20("20 ms late each way", Duration.ofMillis(20), 0),
        LATE_80("80 ms late each way", Duration.ofMillis(80), 0),
        NARROW("64 kbit/s a connection", Duration.ZERO, 8_000),
        TRICKLING("byte by byte", Duration.ZERO, 0),
        SILENT("a black hole", Duration.ZERO, 0);

        private final String words;
        private final long delayNanos;
        private final long nanosPerByte;

        Weather(String words, Duration delay, int bytesPerSecond) {
            this.words = words;
            this.delayNanos = delay.toNanos();
            this.nanosPerByte = bytesPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
        }

        String words() {
            return words;
        }
    }

    private final int target;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Weather weather = Weather.FAIR;

    /** A network to a port of the loopback address. */
    PoorNetwork(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void become(Weather next) {
        weather = next;
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                daemon(() -> connect(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        sockets.add(client);
        sockets.add(server);
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
        } catch (IOException e) {
            close(client, server);
            return;
        }
        daemon(() -> pump(client, server));
        pump(server, client);
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                while (weather == Weather.SILENT && !listener.isClosed()) {
                    LockSupport.parkNanos(SILENT_POLL_NANOS);
                }
                pass(buffer, n, out);
            }
        } catch (IOException e) {
            // One of both is gone, and so is the other now.
        }
        close(from, to);
    }

    private void pass(byte[] buffer, int bytes, OutputStream out) throws IOException {
        Weather now = weather;
        park(now.delayNanos + bytes * now.nanosPerByte);
        if (now != Weather.TRICKLING) {
            out.write(buffer, 0, bytes);
            return;
        }
        for (int i = 0; i < bytes; i++) {
            out.write(buffer[i]);
        }
    }

    /** Not shorter than it says, unlike one call of parkNanos. */
    private static void park(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void close(Socket... both) {
        for (Socket socket : both) {
            sockets.remove(socket);
            try {
                socket.close();
            } catch (IOException e) {
                // It is given up in any case.
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "poor network");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close(sockets.toArray(new Socket[0]));
    }
}
