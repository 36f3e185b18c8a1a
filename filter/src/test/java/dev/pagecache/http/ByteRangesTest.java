package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.StringJoiner;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ByteRangesTest {
    private static ByteRanges parse(String field) {
        ByteRanges ranges = ByteRanges.parse(field);
        assertNotNull(ranges, field);
        return ranges;
    }

    private static String resolved(ByteRanges ranges, long length) {
        StringJoiner text = new StringJoiner(" ");
        ranges.resolve(length).forEach(range -> text.add(range.first() + "-" + range.last()));
        return text.toString();
    }

    @ParameterizedTest(name = "{0}: {1} of {2} bytes")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            first and last                               | bytes=0-4                  | 10 | 0-4
            one byte                                     | bytes=9-9                  | 10 | 9-9
            a last position past the end                 | bytes=5-10                 | 10 | 5-9
            no last position                             | bytes=4-                   | 10 | 4-9
            a suffix                                     | bytes=-3                   | 10 | 7-9
            a suffix longer than the whole               | bytes=-11                  | 10 | 0-9
            the unit in another letter case              | BYTES=0-4                  | 10 | 0-4
            white space around the field                 | ~ bytes=0-4\t~             | 10 | 0-4
            white space around members                   | ~bytes= 0-1 ,\t3-4\t, -1 ~ | 10 | 0-1 3-4 9-9
            empty members, section 5.6.1                 | bytes=,0-1,, ,3-4,         | 10 | 0-1 3-4
            members in any order                         | bytes=5-6,0-1              | 10 | 5-6 0-1
            leading zeros                                | bytes=0000000000000000000000001-2 | 10 | 1-2
            a last position beyond 64 bits               | bytes=1-99999999999999999999999   | 10 | 1-9
            a suffix beyond 64 bits                      | bytes=-18446744073709551617       | 10 | 0-9
            the largest 64-bit number                    | bytes=2-9223372036854775807       | 10 | 2-9
            those that are not satisfiable are left out  | bytes=10-,0-0,-0,30-40     | 10 | 0-0
            a page of one byte                           | bytes=0-,-1,0-0            | 1  | 0-0 0-0 0-0
            """)
    @DisplayName("RFC 9110 sections 14.1.2 and 14.2: satisfiable ranges")
    void resolve_satisfiable(String sentence, String field, long length, String expected) {
        ByteRanges ranges = parse(field);
        assertEquals(expected, resolved(ranges, length), sentence);
        assertTrue(ranges.isSatisfiable(length), sentence);
    }

    @ParameterizedTest(name = "{0}: {1} of {2} bytes")
    @CsvSource(delimiter = '|', textBlock = """
            the end is no byte                           | bytes=10-            | 10 | false
            past the end                                 | bytes=10-20,30-      | 10 | false
            a suffix of nothing                          | bytes=-0             | 10 | false
            a first position beyond 64 bits              | bytes=18446744073709551616- | 10 | false
            both positions beyond 64 bits                | bytes=18446744073709551616-18446744073709551617 | 10 | false
            nothing has no first byte                    | bytes=0-             | 0  | false
            nothing has no suffix of nothing             | bytes=-0             | 0  | false
            a suffix of nothing is satisfiable           | bytes=0-0,-1         | 0  | true
            """)
    @DisplayName("RFC 9110 section 14.1.2: ranges of no bytes")
    void resolve_noBytes(String sentence, String field, long length, boolean isSatisfiable) {
        ByteRanges ranges = parse(field);
        assertEquals("", resolved(ranges, length), sentence);
        assertEquals(isSatisfiable, ranges.isSatisfiable(length), sentence);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            nothing                                      | ~~
            no unit                                      | 0-4
            another unit                                 | lines=0-4
            a unit that only starts the same             | bytesx=0-4
            no equals sign                               | bytes 0-4
            white space before the equals sign           | bytes =0-4
            no member                                    | bytes=
            empty members only                           | bytes=, ,
            a hyphen alone                               | bytes=-
            a number alone                               | bytes=5
            the last position before the first           | bytes=5-4
            the same beyond 64 bits                      | bytes=99999999999999999999998-99999999999999999999997
            the same with more digits                    | bytes=10000000000000000000000-9999999999999999999999
            the same but for zeros                       | bytes=5-0000000000000000000000004
            one bad member among good ones               | bytes=0-1,x,3-4
            a sign                                       | bytes=+1-2
            a second hyphen                              | bytes=1--2
            two hyphens in front                         | bytes=--2
            letters                                      | bytes=a-b
            letters after the hyphen                     | bytes=1-b
            a space inside                               | bytes=0 -4
            a hexadecimal number                         | bytes=0-0x4
            digits that are not ASCII                    | bytes=\u0660-\u0664
            two lines                                    | bytes=0-1, bytes=3-4
            a semicolon                                  | bytes=0-1;3-4
            """)
    @DisplayName("RFC 9110 section 14.2: what is no valid range of bytes is ignored")
    void parse_bad_isNull(String sentence, String field) {
        assertNull(ByteRanges.parse(field), sentence);
    }

    @Test
    @DisplayName("RFC 9110 section 17.15: many ranges are bounded")
    void parse_manyMembers_isBounded() {
        String atBound = "bytes=" + "0-0,".repeat(ByteRanges.MAX_MEMBERS);
        assertEquals(ByteRanges.MAX_MEMBERS, parse(atBound).size());
        assertNull(ByteRanges.parse(atBound + "0-0"));
    }

    @Test
    @DisplayName("RFC 9110 section 14.4: where the length is unknown only ranges with both ends lie within")
    void resolve_unknownLength_leavesOpenRangesWide() {
        ByteRange stored = new ByteRange(0, 99);
        assertTrue(stored.contains(parse("bytes=10-20").resolve(Long.MAX_VALUE).get(0)));
        assertFalse(stored.contains(parse("bytes=10-").resolve(Long.MAX_VALUE).get(0)));
        assertFalse(stored.contains(parse("bytes=-10").resolve(Long.MAX_VALUE).get(0)));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(textBlock = """
            0-4, 0-4, true,  true,  true
            0-4, 1-3, true,  true,  true
            0-4, 0-5, false, true,  true
            1-4, 0-4, false, true,  true
            0-4, 4-8, false, true,  true
            4-8, 0-4, false, true,  true
            0-4, 5-8, false, false, true
            5-8, 0-4, false, false, true
            0-4, 6-8, false, false, false
            6-8, 0-4, false, false, false
            0-0, 0-0, true,  true,  true
            """)
    void ranges_areCompared(String one, String other, boolean contains, boolean overlaps, boolean touches) {
        ByteRange range = parse("bytes=" + one).resolve(100).get(0);
        ByteRange second = parse("bytes=" + other).resolve(100).get(0);
        assertEquals(contains, range.contains(second));
        assertEquals(overlaps, range.overlaps(second));
        assertEquals(touches, range.touches(second));
        ByteRange span = range.span(second);
        assertTrue(span.contains(range) && span.contains(second));
        assertEquals(
                Math.max(range.last(), second.last()) - Math.min(range.first(), second.first()) + 1, span.length());
    }

    @ParameterizedTest
    @CsvSource({"-1, 4", "5, 4", "-2, -1"})
    void range_withoutAByte_isNone(long first, long last) {
        assertThrows(IllegalArgumentException.class, () -> new ByteRange(first, last));
    }
}
