package dev.pagecache.conformance;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** One request to the origin, on a connection of its own. Confined to one thread. */
final class OriginConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final String authority;
    private final WireReader in;

    /**
     * Connects.
     *
     * @param authority what Host says where the client sent none
     * @throws OriginException where nobody listens
     */
    OriginConnection(InetSocketAddress address, String authority) throws OriginException {
        this.authority = authority;
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(READ_MILLIS);
            socket.connect(address, CONNECT_MILLIS);
            in = new WireReader(socket.getInputStream());
        } catch (IOException e) {
            close();
            throw new OriginException(e);
        }
    }

    /**
     * Sends what the client sent: its fields in their letter case but for those of its connection, and its body. An
     * origin that stops taking the body may have answered all the same.
     *
     * @param announced further fields
     * @throws OriginException where the origin does not take the head
     * @throws IOException where the client breaks off
     */
    void send(HttpServletRequest request, List<Field> announced) throws IOException {
        List<Field> received = fields(request);
        boolean isChunked = received.stream().anyMatch(field -> field.is("Transfer-Encoding"));
        List<Field> fields = HopByHop.without(received);
        fields.addAll(announced);
        if (!write(head(request, fields, isChunked).getBytes(StandardCharsets.ISO_8859_1))) {
            throw new OriginException("the origin closed the connection");
        }
        if (isChunked || request.getContentLengthLong() > 0) {
            sendBody(request.getInputStream(), isChunked);
        }
    }

    WireReader in() {
        return in;
    }

    /** The next response on the connection. */
    ResponseHead read() throws OriginException {
        try {
            return ResponseHead.read(in);
        } catch (OriginException e) {
            throw e;
        } catch (IOException e) {
            throw new OriginException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // nobody needs the connection any more
        }
    }

    private static List<Field> fields(HttpServletRequest request) {
        List<Field> fields = new ArrayList<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                fields.add(new Field(name, value));
            }
        }
        return fields;
    }

    private String head(HttpServletRequest request, List<Field> fields, boolean isChunked) {
        StringBuilder head = new StringBuilder(request.getMethod()).append(' ').append(request.getRequestURI());
        if (request.getQueryString() != null) {
            head.append('?').append(request.getQueryString());
        }
        head.append(" HTTP/1.1\r\n");
        if (fields.stream().noneMatch(field -> field.is("Host"))) {
            head.append("Host: ").append(authority).append("\r\n");
        }
        for (Field field : fields) {
            if (!isChunked || !field.is("Content-Length")) {
                head.append(field.name()).append(": ").append(field.value()).append("\r\n");
            }
        }
        if (isChunked) {
            head.append("Transfer-Encoding: chunked\r\n");
        }
        return head.append("Connection: close\r\n\r\n").toString();
    }

    private void sendBody(InputStream body, boolean isChunked) throws IOException {
        byte[] buffer = new byte[8192];
        int n = body.read(buffer);
        boolean isTaken = true;
        while (n >= 0 && isTaken) {
            if (n > 0) {
                isTaken = write(isChunked ? chunk(buffer, n) : Arrays.copyOf(buffer, n));
            }
            n = body.read(buffer);
        }
        if (isChunked && isTaken) {
            write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static byte[] chunk(byte[] data, int length) {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(length + 16);
        chunk.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        chunk.write(data, 0, length);
        chunk.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        return chunk.toByteArray();
    }

    private boolean write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
