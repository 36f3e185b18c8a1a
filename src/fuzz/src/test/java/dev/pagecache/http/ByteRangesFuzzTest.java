package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Range fields (RFC 9110 section 14.1.2). Lines: the length of the representation, the field. */
final class ByteRangesFuzzTest {
    @Seeds("byte-ranges")
    @FuzzTest
    void parse(byte[] bytes) {
        FuzzInput.run(bytes, ByteRangesFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        long length = input.number(0) & Long.MAX_VALUE;
        String field = input.line(1);
        ByteRanges ranges = input.bounded(() -> ByteRanges.parse(field));
        List<ByteRange> expected = expected(field, length);
        assertEquals(expected != null, ranges != null);
        if (ranges == null || expected == null) {
            return;
        }
        assertEquals(expected, ranges.resolve(length));
        assertTrue(expected.isEmpty() || ranges.isSatisfiable(length));
        assertTrue(ranges.size() >= expected.size() && ranges.size() <= ByteRanges.MAX_MEMBERS);
        for (ByteRange range : expected) {
            assertTrue(range.first() >= 0 && range.last() < length, range.toString());
        }
    }

    /** The ranges by another reading than the one that is tested; null if the field is to be ignored. */
    private static @Nullable List<ByteRange> expected(String field, long length) {
        String text = FieldSyntax.trim(field, 0, field.length());
        if (!text.toLowerCase(Locale.ROOT).startsWith("bytes=")) {
            return null;
        }
        List<ByteRange> ranges = new ArrayList<>();
        int members = 0;
        for (String member : FuzzInput.split(text.substring("bytes=".length()), ',')) {
            String spec = FieldSyntax.trim(member, 0, member.length());
            if (spec.isEmpty()) {
                continue;
            }
            members++;
            List<String> ends = FuzzInput.split(spec, '-');
            if (ends.size() != 2 || spec.equals("-") || !areDigits(ends.get(0)) || !areDigits(ends.get(1))) {
                return null;
            }
            if (!add(ends.get(0), ends.get(1), BigInteger.valueOf(length), ranges)) {
                return null;
            }
        }
        return members == 0 || members > ByteRanges.MAX_MEMBERS ? null : ranges;
    }

    private static boolean add(String from, String to, BigInteger length, List<ByteRange> ranges) {
        BigInteger end = length.subtract(BigInteger.ONE);
        BigInteger last = to.isEmpty() || from.isEmpty() ? end : new BigInteger(to);
        BigInteger first =
                from.isEmpty() ? length.subtract(new BigInteger(to)).max(BigInteger.ZERO) : new BigInteger(from);
        if (!from.isEmpty() && !to.isEmpty() && last.compareTo(first) < 0) {
            return false;
        }
        if (first.compareTo(length) < 0) {
            ranges.add(new ByteRange(first.longValueExact(), last.min(end).longValueExact()));
        }
        return true;
    }

    private static boolean areDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
