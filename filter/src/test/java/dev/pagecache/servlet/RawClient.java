package dev.pagecache.servlet;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An HTTP/1.1 client that sends what it is told, byte for byte, and shows what came back. One connection, kept alive
 * until it is closed.
 *
 * <p>Confined to one thread.
 */
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) {
        this(port, 0);
    }

    /**
     * A client into which little fits while it does not read.
     *
     * @param receiveBytes size of its socket's buffer, or 0 for the usual one
     */
    RawClient(int port, int receiveBytes) {
        socket = new Socket();
        try {
            if (receiveBytes > 0) {
                socket.setReceiveBufferSize(receiveBytes);
            }
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a request without a body and reads the answer.
     *
     * @param fields whole lines; a Host is added where there is none
     */
    public Reply send(String method, String target, String... fields) {
        write(head(method, target, fields));
        return read(method);
    }

    public static String head(String method, String target, String... fields) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        boolean hasHost = false;
        for (String field : fields) {
            hasHost |= field.toLowerCase(Locale.ROOT).startsWith("host:");
            head.append(field).append("\r\n");
        }
        if (!hasHost) {
            head.append("Host: site.test\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** Sends characters up to 255 as they are. */
    public void write(String raw) {
        try {
            socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the next final response. */
    public Reply read(String method) {
        try {
            String statusLine = line();
            List<String> fields = readFields();
            while (statusLine.startsWith("HTTP/1.1 1")) {
                statusLine = line();
                fields = readFields();
            }
            Reply head = new Reply(statusLine, fields, new byte[0], true);
            int status = head.status();
            if (method.equals("HEAD") || status == 204 || status == 304) {
                return head;
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            boolean complete = readBody(head, body);
            return new Reply(statusLine, fields, body.toByteArray(), complete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads status line and fields of a response, and leaves its body on the wire. */
    public Reply readHead() {
        try {
            String statusLine = line();
            return new Reply(statusLine, readFields(), new byte[0], true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the data of one chunk, and not the line end behind it, which may come with the next chunk only. */
    public String readChunk() {
        try {
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            String size = line();
            copy(Integer.parseInt(size.isEmpty() ? line() : size, 16), chunk);
            return chunk.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server has closed the connection; waits until it does or sends something. */
    public boolean isAtEnd() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Waits until the server closes the connection; an error if it sends something, or does neither for long. */
    public void awaitEnd() {
        try {
            if (in.read() >= 0) {
                throw new AssertionError("more came");
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection stays open", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes so that the server sees a reset. */
    public void abort() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean readBody(Reply head, ByteArrayOutputStream body) {
        try {
            if (head.has("Transfer-Encoding")) {
                readChunks(body);
            } else if (head.has("Content-Length")) {
                copy(Long.parseLong(head.one("Content-Length")), body);
            } else {
                in.transferTo(body);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void readChunks(ByteArrayOutputStream body) throws IOException {
        int size = Integer.parseInt(line(), 16);
        while (size > 0) {
            copy(size, body);
            line();
            size = Integer.parseInt(line(), 16);
        }
        readFields();
    }

    private void copy(long length, ByteArrayOutputStream body) throws IOException {
        byte[] buffer = new byte[8192];
        long left = length;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (n < 0) {
                throw new EOFException("cut");
            }
            body.write(buffer, 0, n);
            left -= n;
        }
    }

    private List<String> readFields() throws IOException {
        List<String> fields = new ArrayList<>();
        String line = line();
        while (!line.isEmpty()) {
            fields.add(line);
            line = line();
        }
        return fields;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c != '\n') {
            if (c < 0) {
                throw new EOFException("connection closed after: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
            c = in.read();
        }
        return line.toString();
    }
}
