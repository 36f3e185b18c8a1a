package dev.pagecache.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * The socket of one connection, with the deadline of the call that uses it. Of call and watch, whoever changes the
 * deadline first has won: an ended call is not cut off, and a call that was cut off knows that its socket is closed.
 *
 * <p>Used by one caller at a time and by the watch.
 */
final class GuardedSocket implements JedisSocketFactory {
    private static final long NO_CALL = Long.MAX_VALUE;
    private static final long CLOSED = -1;

    private final RedisAddress address;
    private final int timeoutMillis;
    private final @Nullable Supplier<SSLSocketFactory> tlsSockets;
    private final DeadlineWatch watch;

    /** Time of the watch at which the call is over, or one of the two above. */
    private final AtomicLong deadlineNanos = new AtomicLong(NO_CALL);

    private volatile @Nullable Socket raw;

    /**
     * A socket that is not connected yet.
     *
     * @param timeoutMillis longest time that one read may take, more than 0
     * @param tlsSockets what encrypts, or null to speak plainly
     */
    GuardedSocket(
            RedisAddress address,
            int timeoutMillis,
            @Nullable Supplier<SSLSocketFactory> tlsSockets,
            DeadlineWatch watch) {
        this.address = address;
        this.timeoutMillis = timeoutMillis;
        this.tlsSockets = tlsSockets;
        this.watch = watch;
    }

    /** Longest time that one read of a reply may take. */
    int timeoutMillis() {
        return timeoutMillis;
    }

    /** A call begins. A socket that is closed by now stays so. */
    void begin(long deadline) {
        if (deadlineNanos.compareAndSet(NO_CALL, deadline)) {
            watch.expect(deadline);
        }
    }

    /** A call ends; returns whether the socket is still open. */
    boolean end() {
        long deadline = deadlineNanos.get();
        return deadline != CLOSED && deadlineNanos.compareAndSet(deadline, NO_CALL);
    }

    boolean isClosed() {
        return deadlineNanos.get() == CLOSED;
    }

    /** Closes it if its call is over time; returns when to look again. */
    long closeIfDue(long nowNanos) {
        long deadline = deadlineNanos.get();
        if (deadline == CLOSED || deadline > nowNanos) {
            return deadline == CLOSED ? NO_CALL : deadline;
        }
        if (deadlineNanos.compareAndSet(deadline, CLOSED)) {
            closeQuietly(raw);
        }
        return NO_CALL;
    }

    /** Closes the TCP socket under a TLS one too, since saying good-bye in TLS could block. */
    void close() {
        deadlineNanos.set(CLOSED);
        closeQuietly(raw);
    }

    @Override
    public Socket createSocket() {
        try {
            Socket plain = connect();
            return tlsSockets == null ? plain : encrypt(plain, tlsSockets.get());
        } catch (IOException e) {
            close();
            throw new JedisConnectionException("cannot connect", e);
        }
    }

    private Socket connect() throws IOException {
        IOException last = new IOException("no address");
        for (InetAddress found : HostResolver.resolve(address.host(), nanosLeft())) {
            Socket socket = new Socket();
            try {
                open(socket, new InetSocketAddress(found, address.port()));
                return socket;
            } catch (IOException e) {
                closeQuietly(socket);
                last = e;
            }
        }
        throw last;
    }

    private void open(Socket socket, InetSocketAddress target) throws IOException {
        raw = socket;
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        // A discarded connection is reset at once; nothing of it is worth waiting for.
        socket.setSoLinger(true, 0);
        socket.setSoTimeout(timeoutMillis);
        socket.connect(target, (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanosLeft())));
    }

    private Socket encrypt(Socket plain, SSLSocketFactory factory) throws IOException {
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, address.host(), address.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        // Without this a trusted certificate of any other host would do.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private long nanosLeft() throws SocketTimeoutException {
        long deadline = deadlineNanos.get();
        long left = deadline == CLOSED ? 0 : deadline - watch.nowNanos();
        if (left <= 0) {
            throw new SocketTimeoutException("the deadline has passed");
        }
        return left;
    }

    private static void closeQuietly(@Nullable Socket socket) {
        if (socket == null) {
            return;
        }
        try {
            socket.close();
        } catch (IOException e) {
            // It is given up in any case.
        }
    }
}
