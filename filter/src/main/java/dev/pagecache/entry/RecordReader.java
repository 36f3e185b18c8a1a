package dev.pagecache.entry;

import dev.pagecache.http.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Reads the parts of a record from bytes that may be anything. Every length is held against what is left before it is
 * believed; the first wrong one makes the reader bad for good, after which it gives zeros and empty things. Confined to
 * one call of the codec.
 */
final class RecordReader {
    private final byte[] in;
    private final int end;
    private int at;
    private boolean isBad;

    RecordReader(byte[] in, int start, int end) {
        this.in = in;
        this.at = start;
        this.end = end;
    }

    /** Whether everything was right and nothing is left. */
    boolean isAtGoodEnd() {
        return !isBad && at == end;
    }

    private void spoil() {
        isBad = true;
    }

    int unsignedByte() {
        return take(1) ? in[at - 1] & 0xFF : 0;
    }

    int unsignedShort() {
        return take(2) ? (in[at - 2] & 0xFF) << 8 | (in[at - 1] & 0xFF) : 0;
    }

    int int32() {
        return unsignedShort() << 16 | unsignedShort();
    }

    /** A length, which is never negative. */
    int length() {
        int length = int32();
        if (length < 0) {
            spoil();
            return 0;
        }
        return length;
    }

    long int64() {
        long high = int32();
        return high << 32 | Integer.toUnsignedLong(int32());
    }

    /** A number that must be between 0 and the bound. */
    long boundedLong(long max) {
        long value = int64();
        if (value < 0 || value > max) {
            spoil();
            return 0;
        }
        return value;
    }

    boolean isNext(byte[] expected) {
        return take(expected.length) && Arrays.equals(in, at - expected.length, at, expected, 0, expected.length);
    }

    /**
     * The content, from these very bytes. One that is the smaller part of them is copied, so that a page in memory
     * never holds more than twice what it shows.
     */
    Body body(int length) {
        if (!take(length)) {
            return Body.of(new byte[0]);
        }
        return length < in.length / 2
                ? Body.of(Arrays.copyOfRange(in, at - length, at))
                : Body.of(in, at - length, length);
    }

    Fields fields() {
        int count = count(3);
        String[] lines = new String[2 * count];
        for (int i = 0; i < lines.length; i += 2) {
            String known = FieldNames.nameOf(unsignedByteOrSpoil());
            lines[i] = known == null ? text(1, RecordText::isTokenChar) : known;
            lines[i + 1] = text(0, RecordText::isValueChar);
            if (isBad) {
                return Fields.empty();
            }
        }
        return Fields.of(lines);
    }

    List<String> names() {
        int count = count(3);
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count && !isBad; i++) {
            names.add(text(1, RecordText::isVisibleChar));
        }
        return names;
    }

    List<String> tags() {
        int count = count(2);
        if (count == 0) {
            return List.of();
        }
        List<String> tags = new ArrayList<>(count);
        int start = at - 2;
        for (int i = 0; i < count && !isBad; i++) {
            int length = unsignedShort();
            if (at - start + length > RecordText.MAX_TAG_BYTES) {
                spoil();
            }
            tags.add(take(length) ? new String(in, at - length, length, StandardCharsets.UTF_8) : "");
        }
        return tags;
    }

    /** A number of things that take at least so many bytes each, so that lists are never larger than the input. */
    private int count(int bytesEach) {
        int count = unsignedShort();
        if (isBad || count > RecordText.MAX_LINES || count > (end - at) / bytesEach) {
            spoil();
            return 0;
        }
        return count;
    }

    /** The number of a field name; one that a later release added has no name here. */
    private int unsignedByteOrSpoil() {
        int number = unsignedByte();
        if (number != FieldNames.SPELLED_OUT && FieldNames.nameOf(number) == null) {
            spoil();
        }
        return number;
    }

    private String text(int minLength, IntPredicate allowed) {
        int length = unsignedShort();
        if (length < minLength || !take(length)) {
            spoil();
            return "";
        }
        for (int i = at - length; i < at; i++) {
            if (!allowed.test(in[i] & 0xFF)) {
                spoil();
                return "";
            }
        }
        return new String(in, at - length, length, StandardCharsets.ISO_8859_1);
    }

    private boolean take(int length) {
        if (isBad || length > end - at) {
            isBad = true;
            return false;
        }
        at += length;
        return true;
    }
}
