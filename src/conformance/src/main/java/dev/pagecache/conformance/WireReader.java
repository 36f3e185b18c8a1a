package dev.pagecache.conformance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads lines and bytes of an HTTP/1.1 message within bounds. Confined to one thread. */
final class WireReader {
    /** Characters of all lines of one head together. */
    static final int MAX_HEAD_CHARS = 64 * 1024;

    private final InputStream in;

    WireReader(InputStream in) {
        this.in = new BufferedInputStream(in, 16 * 1024);
    }

    InputStream stream() {
        return in;
    }

    /**
     * The lines up to the empty one, without their ends.
     *
     * @throws OriginException where the connection ends before, or the lines are too long together
     */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        int left = MAX_HEAD_CHARS;
        String line = line(left);
        while (!line.isEmpty()) {
            lines.add(line);
            left -= line.length();
            line = line(left);
        }
        return lines;
    }

    /** One line without its end. */
    String line(int maxChars) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c != '\n') {
            if (c < 0) {
                throw new OriginException("the origin broke off in a line");
            }
            if (line.length() > maxChars) {
                throw new OriginException("a line of the origin is too long");
            }
            line.append((char) c);
            c = in.read();
        }
        int end = line.length();
        if (end > 0 && line.charAt(end - 1) == '\r') {
            line.setLength(end - 1);
        }
        return line.toString();
    }
}
