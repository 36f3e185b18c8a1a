package dev.pagecache.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A loopback server that treats every connection as the test says. */
final class FakeTcpServer implements AutoCloseable {

    /** Serves one connection on a thread of its own. */
    @FunctionalInterface
    interface Handler {
        void serve(Socket socket) throws IOException;
    }

    private final ServerSocket listener;
    private final Handler handler;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private FakeTcpServer(ServerSocket listener, Handler handler) {
        this.listener = listener;
        this.handler = handler;
        daemon(this::accept);
    }

    static FakeTcpServer start(Handler handler) {
        try {
            return new FakeTcpServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FakeTcpServer start(ServerSocket listener, Handler handler) {
        return new FakeTcpServer(listener, handler);
    }

    RedisOptions options(Duration timeout) {
        return options("127.0.0.1", timeout, null);
    }

    RedisOptions options(String host, Duration timeout, @Nullable RedisTls tls) {
        return TestOptions.single(host, listener.getLocalPort(), 0, null, null, tls, timeout, 4, "");
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            handler.serve(socket);
        } catch (IOException e) {
            // The client is gone, or the test is over.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fake-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
