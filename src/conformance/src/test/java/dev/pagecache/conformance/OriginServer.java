package dev.pagecache.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Plays any origin: a test says, byte for byte, what it answers, and sees what it was asked. It listens on an ephemeral
 * loopback port and takes one request from each connection, which ends with the script.
 */
final class OriginServer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final ServerSocket listener;
    private final Script script;
    private final List<OriginRequest> requests = new CopyOnWriteArrayList<>();

    private OriginServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    static OriginServer start(Script script) {
        try {
            ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            OriginServer server = new OriginServer(listener, script);
            Thread thread = new Thread(server::accept, "test-origin");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one whose first request gets the first of these answers, and so on; the last one for all that follow. */
    static OriginServer answering(String... answers) {
        return start((number, request, wire) -> wire.send(answers[Math.min(number, answers.length) - 1]));
    }

    /** A whole answer: the status line's end, field lines, and a body with its length; none with 204 and 304. */
    static String answer(String status, String body, String... fields) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        if (!status.startsWith("204") && !status.startsWith("304")) {
            head.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return head.append("\r\n").append(body).toString();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** What was asked so far, whole requests only. */
    List<OriginRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread thread = new Thread(() -> serve(socket), "test-origin-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (Socket socket = connection) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            OriginRequest request = read(socket.getInputStream());
            int number;
            synchronized (requests) {
                requests.add(request);
                number = requests.size();
            }
            script.play(number, request, new Wire(socket));
        } catch (IOException e) {
            // the gateway has gone; the test sees what came of it
        }
    }

    private static OriginRequest read(InputStream stream) throws IOException {
        WireReader in = new WireReader(stream);
        List<String> lines = in.lines();
        List<String> fields = lines.subList(1, lines.size());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (OriginRequest.values(fields, "Transfer-Encoding").contains("chunked")) {
            new ResponseBody.Chunked().copy(in, body);
        }
        List<String> length = OriginRequest.values(fields, "Content-Length");
        if (!length.isEmpty()) {
            new ResponseBody.Counted(Long.parseLong(length.get(0))).copy(in, body);
        }
        return new OriginRequest(lines.get(0), fields, body.toString(StandardCharsets.ISO_8859_1));
    }

    /** What the origin does with a request. It breaks off by returning. */
    @FunctionalInterface
    interface Script {
        /**
         * Answers one request.
         *
         * @param number which request it is, from 1
         */
        void play(int number, OriginRequest request, Wire wire) throws IOException;
    }

    /** The connection that a request came on. */
    static final class Wire {
        private final Socket socket;

        Wire(Socket socket) {
            this.socket = socket;
        }

        /** Sends characters up to 255 as they are. */
        void send(String raw) throws IOException {
            socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Breaks off so that the gateway sees a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
