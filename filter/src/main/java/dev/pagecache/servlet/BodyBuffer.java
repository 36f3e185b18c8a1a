package dev.pagecache.servlet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Bytes that were written, and in what pieces. A container frames a response by the pieces it is given, so that what is
 * not stored is handed on in the pieces in which it came.
 *
 * <p>Confined to one exchange.
 */
final class BodyBuffer {
    private static final int FIRST_CAPACITY = 4096;

    /** Pieces up to this many bytes are joined: containers collect those themselves. */
    private static final int JOINED_BYTES = 1024;

    private byte[] bytes = new byte[0];
    private int size;
    private int[] ends = new int[8];
    private int pieces;
    private int pieceStart;

    int size() {
        return size;
    }

    void append(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
        endPiece(length);
    }

    void append(int octet) {
        ensure(1);
        bytes[size++] = (byte) octet;
        endPiece(1);
    }

    void clear() {
        size = 0;
        pieces = 0;
        pieceStart = 0;
    }

    /** Clears, and keeps no memory for what may come. */
    void drop() {
        clear();
        bytes = new byte[0];
        ends = new int[8];
    }

    /** Bytes of memory that are kept. */
    int capacity() {
        return bytes.length;
    }

    /** By how many bytes that grows when so many more are appended, 0 or more. */
    int growth(int more) {
        return bytes.length - size >= more ? 0 : grown(more) - bytes.length;
    }

    /** The bytes, in an array of their length; the buffer is not used afterwards. */
    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    void replay(OutputStream out) throws IOException {
        int from = 0;
        for (int i = 0; i < pieces; i++) {
            out.write(bytes, from, ends[i] - from);
            from = ends[i];
        }
    }

    /** A small piece right behind a small one becomes one with it. */
    private void endPiece(int length) {
        if (pieces > 0 && length <= JOINED_BYTES && size - pieceStart <= JOINED_BYTES) {
            ends[pieces - 1] = size;
            return;
        }
        if (pieces == ends.length) {
            ends = Arrays.copyOf(ends, pieces * 2);
        }
        pieceStart = size - length;
        ends[pieces++] = size;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, grown(more));
        }
    }

    private int grown(int more) {
        return Math.max(Math.max(FIRST_CAPACITY, bytes.length * 2), size + more);
    }
}
