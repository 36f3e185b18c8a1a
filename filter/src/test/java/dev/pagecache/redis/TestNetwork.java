package dev.pagecache.redis;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A network between a node and a loopback server: slow, narrow, torn or silent as it is told. Never loses a byte alone.
 * Safe for use by many threads.
 */
public final class TestNetwork implements AutoCloseable {
    private static final int BUFFER_BYTES = 8192;
    private static final int CONNECT_MILLIS = 1000;
    private static final long SILENT_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** How a connection is treated. */
    private record Weather(long delayNanos, long nanosPerByte, int cutEach, boolean isTrickling, boolean isSilent) {
        static final Weather FAIR = new Weather(0, 0, 0, false, false);
    }

    private final int target;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger pieces = new AtomicInteger();
    private volatile Weather weather = Weather.FAIR;

    /** A network to a port of the loopback address. */
    public TestNetwork(int target) {
        this.target = target;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** Where it takes connections, at the loopback address. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Well again. */
    public void clear() {
        weather = Weather.FAIR;
    }

    /** Each piece of data is so late. */
    public void delay(Duration time) {
        weather = new Weather(time.toNanos(), 0, 0, false, false);
    }

    /** Each connection takes so much, each way. */
    public void throttle(int bytesPerSecond) {
        weather = new Weather(0, TimeUnit.SECONDS.toNanos(1) / bytesPerSecond, 0, false, false);
    }

    /** Every so many pieces of data one is cut in the middle, and its connection closed. */
    public void cut(int each) {
        weather = new Weather(0, 0, each, false, false);
    }

    /** Data pass byte by byte. */
    public void trickle() {
        weather = new Weather(0, 0, 0, true, false);
    }

    /** Nothing passes until it clears, and nobody is told. */
    public void silence() {
        weather = new Weather(0, 0, 0, false, true);
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
                while (weather.isSilent() && !listener.isClosed()) {
                    LockSupport.parkNanos(SILENT_POLL_NANOS);
                }
                Weather now = weather;
                park(now.delayNanos() + n * now.nanosPerByte());
                if (now.cutEach() > 0 && pieces.incrementAndGet() % now.cutEach() == 0) {
                    out.write(buffer, 0, n / 2);
                    break;
                }
                int step = now.isTrickling() ? 1 : n;
                for (int i = 0; i < n; i += step) {
                    out.write(buffer, i, step);
                }
            }
        } catch (IOException e) {
            // One of both is gone, and so is the other now.
        }
        close(from, to);
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
        Thread thread = new Thread(task, "test network");
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
