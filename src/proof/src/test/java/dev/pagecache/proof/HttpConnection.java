package dev.pagecache.proof;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One connection to a node, kept open from answer to answer: what is left of one would be the beginning of the next.
 *
 * <p>Confined to one thread.
 */
final class HttpConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int MAX_LINE = 16_384;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final byte[] buffer = new byte[16_384];
    private int at;
    private int end;
    private boolean isReusable = true;

    HttpConnection(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        in = socket.getInputStream();
    }

    /** Whether another request may be sent on it. */
    boolean isReusable() {
        return isReusable;
    }

    /** Sends a request and reads the answer, or what comes of it. */
    Answer exchange(String request) {
        return exchange(request, true);
    }

    /** Sends a request whose answer has no body, whatever its fields say. */
    Answer exchangeHead(String request) {
        return exchange(request, false);
    }

    private Answer exchange(String request, boolean hasBody) {
        long start = System.nanoTime();
        int status = 0;
        boolean isWhole = false;
        Map<String, String> fields = new HashMap<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream(4096);
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            status = readHead(fields);
            if (hasBody) {
                readBody(status, fields, body);
            }
            isWhole = true;
        } catch (IOException e) {
            fields.put("error", e.toString());
        }
        isReusable = isWhole && !"close".equalsIgnoreCase(fields.getOrDefault("connection", ""));
        return new Answer(status, fields, body.toByteArray(), isWhole, System.nanoTime() - start);
    }

    /** Sends a request, reads one piece of the answer or nothing of it, and is gone without a word. */
    void hangUp(String request, int bytes) throws IOException {
        isReusable = false;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        if (bytes > 0 && in.read(buffer, 0, Math.min(bytes, buffer.length)) < 0) {
            throw new EOFException("closed");
        }
        socket.setSoLinger(true, 0);
        close();
    }

    private int readHead(Map<String, String> fields) throws IOException {
        String statusLine = line();
        if (!statusLine.startsWith("HTTP/1.1 ") || statusLine.length() < 12) {
            throw new IOException("no status line: " + statusLine);
        }
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("no field: " + line);
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            fields.merge(name, line.substring(colon + 1).trim(), (first, next) -> first + ", " + next);
        }
        return number(statusLine.substring(9, 12), 10);
    }

    private void readBody(int status, Map<String, String> fields, ByteArrayOutputStream body) throws IOException {
        String length = fields.get("content-length");
        if (status == 304 || status == 204) {
            return;
        }
        if (fields.containsKey("transfer-encoding")) {
            for (int size = number(line(), 16); size > 0; size = number(line(), 16)) {
                copy(size, body);
                expectEmpty(line());
            }
            expectEmpty(line());
        } else if (length != null) {
            copy(number(length, 10), body);
        } else {
            throw new IOException("neither length nor chunks");
        }
    }

    private static void expectEmpty(String line) throws IOException {
        if (!line.isEmpty()) {
            throw new IOException("no end of a chunk: " + line);
        }
    }

    private static int number(String digits, int radix) throws IOException {
        try {
            return Integer.parseInt(digits, radix);
        } catch (NumberFormatException e) {
            throw new IOException("no number: " + digits, e);
        }
    }

    private void copy(int length, ByteArrayOutputStream body) throws IOException {
        for (int left = length; left > 0; ) {
            int n = Math.min(left, available());
            body.write(buffer, at, n);
            at += n;
            left -= n;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < MAX_LINE) {
            available();
            byte c = buffer[at++];
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append((char) (c & 0xFF));
            }
        }
        throw new IOException("a line without end");
    }

    /** Bytes that can be taken from the buffer, at least 1. */
    private int available() throws IOException {
        if (at == end) {
            int n = in.read(buffer);
            if (n < 0) {
                throw new EOFException("closed");
            }
            at = 0;
            end = n;
        }
        return end - at;
    }

    @Override
    public void close() {
        isReusable = false;
        try {
            socket.close();
        } catch (IOException e) {
            // It is given up in any case.
        }
    }
}
