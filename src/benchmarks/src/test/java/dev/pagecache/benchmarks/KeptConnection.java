package dev.pagecache.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection of HTTP/1.1 to the loopback address, on which one request follows the other. Confined to one thread. */
final class KeptConnection implements AutoCloseable {
    private static final int READ_MILLIS = 30_000;
    private static final int BUFFER_BYTES = 1 << 15;
    private static final String OK = "HTTP/1.1 200 ";
    private static final String LENGTH = "\r\ncontent-length:";
    private static final String HIT = "\r\ncache-status: pagecache; hit";

    private final Socket socket;
    private final InputStream in;
    private final int port;
    private final StringBuilder head = new StringBuilder();

    KeptConnection(int port) throws IOException {
        this.port = port;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    }

    /**
     * Asks for a page and reads all of it.
     *
     * @return whether it is a hit
     * @throws IllegalStateException if it is no page
     */
    boolean isHit(String target) throws IOException {
        String request = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String fields = head();
        if (!fields.startsWith(OK.toLowerCase(Locale.ROOT))) {
            throw new IllegalStateException("the answer to " + target + " is " + fields);
        }
        int at = fields.indexOf(LENGTH);
        if (at < 0) {
            throw new IllegalStateException("an answer without Content-Length: " + fields);
        }
        int from = at + LENGTH.length();
        in.skipNBytes(Long.parseLong(
                fields.substring(from, fields.indexOf('\r', from)).strip()));
        return fields.contains(HIT);
    }

    /** Up to the empty line, in lower case. */
    private String head() throws IOException {
        head.setLength(0);
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the server closed a connection");
            }
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
            head.append((char) next);
        }
        return head.toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
