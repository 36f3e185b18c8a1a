package dev.pagecache.entry;

import java.util.Arrays;
import java.util.Objects;

/**
 * The content of a page: a range of an array, so that a page read from a remote store is sent from the very bytes that
 * came.
 *
 * <p>Immutable as long as nobody writes to the array, which nobody may; safe for use by many threads.
 */
public final class Body {
    private final byte[] array;
    private final int offset;
    private final int length;

    private Body(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /**
     * A whole array.
     *
     * @param bytes the content, shared: not changed afterwards
     * @return the body
     */
    public static Body of(byte[] bytes) {
        return new Body(bytes, 0, bytes.length);
    }

    /**
     * A range of an array.
     *
     * @param array shared: not changed afterwards
     * @param offset where the content starts
     * @param length its length in bytes
     * @return the body
     * @throws IndexOutOfBoundsException if the array has no such range
     */
    static Body of(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return new Body(array, offset, length);
    }

    /**
     * The array in which the content stands, for writing it out without a copy.
     *
     * @return shared: not to be changed
     */
    public byte[] array() {
        return array;
    }

    /**
     * Where in the array the content starts.
     *
     * @return 0 or more
     */
    public int offset() {
        return offset;
    }

    /**
     * Length of the content.
     *
     * @return bytes, 0 or more
     */
    public int length() {
        return length;
    }

    /**
     * A copy of the content.
     *
     * @return new bytes
     */
    public byte[] toBytes() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** Bytes of memory that it holds, the rest of the array included. */
    int retainedBytes() {
        return array.length;
    }
}
