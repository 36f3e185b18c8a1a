package dev.pagecache.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Inputs as one line of text, and back: what the seeds are written in, and what a finding is shown as. UTF-8, where
 * {@code \n} is a line feed, {@code \t} a tab, {@code \\} a backslash and {@code \xHH} any byte.
 */
final class SeedText {
    private SeedText() {}

    static byte[] bytesOf(String line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(line.length());
        for (int i = 0; i < line.length(); ) {
            int next = line.indexOf('\\', i);
            int end = next < 0 ? line.length() : next;
            bytes.writeBytes(line.substring(i, end).getBytes(StandardCharsets.UTF_8));
            i = end < line.length() ? escape(line, end, bytes) : end;
        }
        return bytes.toByteArray();
    }

    /** Writes the byte of the escape that starts at a place; returns where it ends. */
    private static int escape(String line, int at, ByteArrayOutputStream bytes) {
        char kind = at + 1 < line.length() ? line.charAt(at + 1) : ' ';
        switch (kind) {
            case 'n' -> bytes.write('\n');
            case 't' -> bytes.write('\t');
            case '\\' -> bytes.write('\\');
            case 'x' -> {
                bytes.write(Integer.parseInt(line.substring(at + 2, at + 4), 16));
                return at + 4;
            }
            default -> throw new IllegalArgumentException("no escape at " + at + ": " + line);
        }
        return at + 2;
    }

    static String lineOf(byte[] bytes) {
        StringBuilder line = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xFF);
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\t' -> line.append("\\t");
                case '\\' -> line.append("\\\\");
                default -> {
                    boolean isPlain = c > ' ' && c < 0x7F && (c != '#' || i > 0);
                    boolean isInnerSpace = c == ' ' && i > 0 && i < bytes.length - 1;
                    line.append(
                            isPlain || isInnerSpace
                                    ? String.valueOf(c)
                                    : String.format(Locale.ROOT, "\\x%02X", (int) c));
                }
            }
        }
        return line.toString();
    }
}
