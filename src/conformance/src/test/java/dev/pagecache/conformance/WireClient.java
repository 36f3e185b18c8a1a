package dev.pagecache.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that sends what it is told, byte for byte. Confined to one thread. */
final class WireClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final WireReader in;

    WireClient(int port) {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            in = new WireReader(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String head(String method, String target, String... fields) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: site.test\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** Sends characters up to 255 as they are. */
    void send(String raw) {
        try {
            socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of the next head, be it final or interim. */
    List<String> readHead() {
        try {
            return in.lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next final response with the interim ones before it. */
    Reply read(String method) {
        List<List<String>> interim = new ArrayList<>();
        List<String> lines = readHead();
        while (lines.get(0).startsWith("HTTP/1.1 1")) {
            interim.add(lines);
            lines = readHead();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean isComplete = true;
        try {
            body(method, lines).copy(in, body);
        } catch (IOException e) {
            isComplete = false;
        }
        return new Reply(interim, lines, body.toString(StandardCharsets.ISO_8859_1), isComplete);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ResponseBody body(String method, List<String> lines) throws IOException {
        List<Field> fields = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            fields.add(Field.parse(line));
        }
        int status = Integer.parseInt(lines.get(0).substring(9, 12));
        return ResponseBody.of(method, new ResponseHead(status, fields));
    }
}
