package dev.pagecache.http;

import org.jspecify.annotations.Nullable;

/**
 * A {@code Content-Range} in bytes (RFC 9110 section 14.4).
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param range the part that is sent, or null if no part could be
 * @param completeLength length of the whole in bytes, or {@link #UNKNOWN}
 */
public record ContentRange(@Nullable ByteRange range, long completeLength) {

    /** The length of the whole is not known. */
    public static final long UNKNOWN = -1;

    private static final String UNIT = "bytes ";

    /**
     * Checks that the range lies in the whole.
     *
     * @throws IllegalArgumentException if it does not, or if neither range nor length is known
     */
    public ContentRange {
        boolean isUnknown = completeLength == UNKNOWN;
        if (range == null ? completeLength < 0 : !isUnknown && completeLength <= range.last()) {
            throw new IllegalArgumentException("no range of " + completeLength + " bytes: " + range);
        }
    }

    /**
     * Says that no range asked for could be satisfied.
     *
     * @param completeLength length of the whole in bytes, 0 or more
     * @return for a 416
     * @throws IllegalArgumentException if the length is negative
     */
    public static ContentRange unsatisfied(long completeLength) {
        return new ContentRange(null, completeLength);
    }

    /**
     * Reads a field.
     *
     * @param field for example {@code bytes 0-4/10}, {@code bytes 0-4/*} or {@code bytes *}{@code /10}
     * @return null if it is of no use: for its syntax, another unit, a range outside its whole, or numbers that are too
     *     large
     */
    public static @Nullable ContentRange parse(String field) {
        int slash = field.indexOf('/');
        if (slash < 0 || !field.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return null;
        }
        boolean isUnknown = field.startsWith("*", slash + 1) && slash + 2 == field.length();
        long length = isUnknown ? UNKNOWN : position(field, slash + 1, field.length());
        if (!isUnknown && length == Positions.NONE) {
            return null;
        }
        int from = UNIT.length();
        if (field.startsWith("*/", from)) {
            return isUnknown ? null : unsatisfied(length);
        }
        int hyphen = field.indexOf('-', from);
        long first = position(field, from, hyphen);
        long last = position(field, hyphen + 1, slash);
        boolean isRange = first != Positions.NONE && last >= first && (isUnknown || last < length);
        return isRange ? new ContentRange(new ByteRange(first, last), length) : null;
    }

    private static long position(String field, int from, int to) {
        long position = Positions.parse(field, from, to);
        return position == Long.MAX_VALUE ? Positions.NONE : position;
    }

    /**
     * The field's value.
     *
     * @return for example {@code bytes 0-4/10}
     */
    public String toFieldValue() {
        StringBuilder value = new StringBuilder(UNIT);
        if (range == null) {
            value.append('*');
        } else {
            value.append(range.first()).append('-').append(range.last());
        }
        value.append('/');
        return (completeLength == UNKNOWN ? value.append('*') : value.append(completeLength)).toString();
    }
}
