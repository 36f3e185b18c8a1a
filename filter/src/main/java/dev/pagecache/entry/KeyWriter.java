package dev.pagecache.entry;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the parts of a canonical key, each behind its length, so that no two lists of parts give the same bytes.
 *
 * <p>Characters are written one by one as 1 to 3 bytes (unpaired surrogates too), which keeps different strings
 * different. Confined to one thread.
 */
final class KeyWriter {
    private static final int ABSENT = 0;
    private static final int PRESENT = 1;

    private byte[] bytes;
    private int size;

    KeyWriter(byte[] start, int capacity) {
        bytes = Arrays.copyOf(start, Math.max(capacity, start.length));
        size = start.length;
    }

    KeyWriter octet(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
        return this;
    }

    KeyWriter number(int value) {
        ensure(sizeOf(value));
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    KeyWriter text(String text) {
        int start = size;
        int length = text.length();
        number(length);
        ensure(length);
        if (copyAscii(text, length)) {
            return this;
        }
        size = start;
        int encoded = encodedLength(text);
        number(encoded);
        ensure(encoded);
        for (int i = 0; i < length; i++) {
            character(text.charAt(i));
        }
        return this;
    }

    KeyWriter optional(@Nullable String text) {
        return text == null ? octet(ABSENT) : octet(PRESENT).text(text);
    }

    /** Bytes that a number takes. */
    static int sizeOf(int number) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(number | 1);
        return (bits + 6) / 7;
    }

    /** Bytes that a text takes if all of it is ASCII; the writer grows for any other. */
    static int sizeOf(String text) {
        return sizeOf(text.length()) + text.length();
    }

    /** Bytes that a text or its absence takes if all of it is ASCII. */
    static int sizeOfOptional(@Nullable String text) {
        return text == null ? 1 : 1 + sizeOf(text);
    }

    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private static int encodedLength(String text) {
        int encoded = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                encoded += c >= 0x800 ? 2 : 1;
            }
        }
        return encoded;
    }

    /** Whether all of a text is ASCII, which nearly every one is; nothing is written otherwise. */
    private boolean copyAscii(String text, int length) {
        int any = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            any |= c;
            bytes[size + i] = (byte) c;
        }
        if (any >= 0x80) {
            return false;
        }
        size += length;
        return true;
    }

    private void character(char c) {
        if (c < 0x80) {
            bytes[size++] = (byte) c;
        } else if (c < 0x800) {
            bytes[size++] = (byte) (0xC0 | (c >> 6));
            bytes[size++] = (byte) (0x80 | (c & 0x3F));
        } else {
            bytes[size++] = (byte) (0xE0 | (c >> 12));
            bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
            bytes[size++] = (byte) (0x80 | (c & 0x3F));
        }
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
