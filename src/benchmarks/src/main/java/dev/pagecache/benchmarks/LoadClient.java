package dev.pagecache.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Sends one request again and again over kept connections, on each the next one when the answer is complete. One
 * thread, so that the server gets the rest of the machine. Confined to one thread.
 */
final class LoadClient implements AutoCloseable {
    /** Where this stands in a request's head, each request has another number of as many digits. */
    static final String NUMBER = "##########";

    private static final int READ_BYTES = 1 << 18;

    /** How long the last answers may take after the end. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Selector selector;
    private final List<Line> lines = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
    private final ByteBuffer request;
    private final int numberAt;
    private long number;

    /**
     * Connects.
     *
     * @param server where to
     * @param head the request's head, lines ended by CR LF, with the empty line
     * @param status status of every answer
     * @param connections number of connections, 1 or more
     */
    LoadClient(InetSocketAddress server, String head, int status, int connections) throws IOException {
        byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
        request = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        numberAt = head.indexOf(NUMBER);
        selector = Selector.open();
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Line line = new Line(channel, new AnswerReader(status));
            channel.register(selector, SelectionKey.OP_READ, line);
            lines.add(line);
        }
    }

    /** A connection and what reads from it. */
    private record Line(SocketChannel channel, AnswerReader reader) {}

    /**
     * Number of answers and the time that they took.
     *
     * @param answers complete answers
     * @param nanos from the first request to the last answer
     */
    record Load(long answers, long nanos) {}

    /** Runs for a time; every request that was sent is answered when it returns. */
    Load run(Duration time) {
        try {
            long start = System.nanoTime();
            long end = start + time.toNanos();
            for (Line line : lines) {
                send(line);
            }
            long answers = 0;
            int waiting = lines.size();
            while (waiting > 0) {
                long left = end + GRACE.toNanos() - System.nanoTime();
                if (left <= 0 || selector.select(1 + left / 1_000_000) == 0) {
                    throw new IllegalStateException(waiting + " answers did not come");
                }
                boolean goesOn = System.nanoTime() < end;
                for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                    Line line = (Line) keys.next().attachment();
                    keys.remove();
                    if (!read(line)) {
                        continue;
                    }
                    answers++;
                    if (goesOn) {
                        send(line);
                    } else {
                        waiting--;
                    }
                }
            }
            return new Load(answers, System.nanoTime() - start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(Line line) throws IOException {
        request.flip();
        if (numberAt >= 0) {
            count();
        }
        line.channel.write(request);
        if (request.hasRemaining()) {
            throw new IOException("a request did not fit into the socket's buffer");
        }
    }

    private void count() {
        long rest = ++number;
        for (int i = numberAt + NUMBER.length() - 1; i >= numberAt; i--) {
            request.put(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    private boolean read(Line line) throws IOException {
        in.clear();
        if (line.channel.read(in) < 0) {
            throw new IOException("the server closed a connection");
        }
        return line.reader.take(in.flip());
    }

    @Override
    public void close() throws IOException {
        for (Line line : lines) {
            line.channel.close();
        }
        selector.close();
    }
}
