package dev.pagecache.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Finds the end of answers with Content-Length or none, such as 304. Their content is counted and dropped. Confined to
 * one connection.
 */
final class AnswerReader {
    private static final int MAX_HEAD = 16_384;
    private static final byte[] END = {'\r', '\n', '\r', '\n'};
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final byte[] head = new byte[MAX_HEAD];
    private final int expectedStatus;
    private int headBytes;
    private int matched;
    private long missing;

    AnswerReader(int expectedStatus) {
        this.expectedStatus = expectedStatus;
    }

    /**
     * Takes what came.
     *
     * @return true if the answer is complete with it
     * @throws IllegalStateException if it is not the answer expected, or more than one
     */
    boolean take(ByteBuffer in) {
        while (matched < END.length) {
            if (!in.hasRemaining()) {
                return false;
            }
            if (headBytes == MAX_HEAD) {
                throw new IllegalStateException("the head of an answer is too long");
            }
            byte next = in.get();
            head[headBytes++] = next;
            matched = next == END[matched] ? matched + 1 : next == END[0] ? 1 : 0;
            if (matched == END.length) {
                missing = contentLength();
            }
        }
        if (in.remaining() > missing) {
            throw new IllegalStateException("an answer is longer than it says");
        }
        missing -= in.remaining();
        in.position(in.limit());
        if (missing > 0) {
            return false;
        }
        headBytes = 0;
        matched = 0;
        return true;
    }

    private long contentLength() {
        int status = (head[STATUS_AT] - '0') * 100 + (head[STATUS_AT + 1] - '0') * 10 + head[STATUS_AT + 2] - '0';
        if (status != expectedStatus) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "the answer is %d and not %d: %s", status, expectedStatus, text()));
        }
        for (int i = 0; i < headBytes; i++) {
            if (head[i] == '\n' && isLength(i + 1)) {
                return number(i + 1 + LENGTH.length);
            }
        }
        if (status == 304) {
            return 0;
        }
        throw new IllegalStateException("the answer has no Content-Length: " + text());
    }

    private String text() {
        return new String(head, 0, headBytes, StandardCharsets.ISO_8859_1);
    }

    private boolean isLength(int at) {
        if (at + LENGTH.length >= headBytes) {
            return false;
        }
        for (int i = 0; i < LENGTH.length; i++) {
            int c = head[at + i];
            if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    private long number(int at) {
        long number = 0;
        for (int i = at; head[i] != '\r'; i++) {
            if (head[i] != ' ') {
                number = number * 10 + head[i] - '0';
            }
        }
        return number;
    }
}
