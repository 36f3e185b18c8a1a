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
        ensure(5);
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    KeyWriter text(String text) {
        int length = text.length();
        int encoded = encodedLength(text);
        number(encoded);
        ensure(encoded);
        if (encoded == length) {
            copyAscii(text, length);
            return this;
        }
        for (int i = 0; i < length; i++) {
            character(text.charAt(i));
        }
        return this;
    }

    KeyWriter optional(@Nullable String text) {
        return text == null ? octet(ABSENT) : octet(PRESENT).text(text);
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

    private void copyAscii(String text, int length) {
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) text.charAt(i);
        }
        size += length;
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
