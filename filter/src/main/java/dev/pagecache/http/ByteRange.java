package dev.pagecache.http;

/**
 * A part of a representation, in bytes (RFC 9110 section 14.1.2): both ends belong to it.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param first position of its first byte, 0 or more
 * @param last position of its last byte, not before the first
 */
public record ByteRange(long first, long last) {

    /**
     * Checks that the range has a byte.
     *
     * @throws IllegalArgumentException if the first position is negative or behind the last one
     */
    public ByteRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("no range: " + first + " to " + last);
        }
    }

    /**
     * Number of bytes.
     *
     * @return 1 or more
     */
    public long length() {
        return last - first + 1;
    }

    /**
     * Whether all bytes of another range are in this one.
     *
     * @param other another range
     * @return true if they are
     */
    public boolean contains(ByteRange other) {
        return first <= other.first && other.last <= last;
    }

    /**
     * Whether a byte is in both ranges.
     *
     * @param other another range
     * @return true if there is one
     */
    public boolean overlaps(ByteRange other) {
        return first <= other.last && other.first <= last;
    }

    /**
     * Whether both ranges together are one, because they overlap or one begins where the other ends.
     *
     * @param other another range
     * @return true if no byte lies between them
     */
    public boolean touches(ByteRange other) {
        return first - 1 <= other.last && other.first - 1 <= last;
    }

    /**
     * The smallest range that both are in.
     *
     * @param other another range
     * @return a range without further bytes if they touch
     */
    public ByteRange span(ByteRange other) {
        return new ByteRange(Math.min(first, other.first), Math.max(last, other.last));
    }
}
