package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContentRangeTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            bytes 0-4/10                                      | 0 | 4 | 10
            bytes 9-9/10                                      | 9 | 9 | 10
            bytes 0-0/1                                       | 0 | 0 | 1
            bytes 0-4/*                                       | 0 | 4 | -1
            bytes */10                                        | - | - | 10
            bytes */0                                         | - | - | 0
            bytes 0-9223372036854775805/9223372036854775806   | 0 | 9223372036854775805 | 9223372036854775806
            """)
    @DisplayName("RFC 9110 section 14.4: Content-Range")
    void parse_valid_isReadAndWritten(String field, @Nullable Long first, @Nullable Long last, long length) {
        ByteRange range = first == null || last == null ? null : new ByteRange(first, last);
        assertEquals(new ContentRange(range, length), ContentRange.parse(field));
        assertEquals(field, new ContentRange(range, length).toFieldValue());
        assertEquals(new ContentRange(range, length), ContentRange.parse(field.toUpperCase(Locale.ROOT)));
    }

    @Test
    void parse_leadingZeros_areNone() {
        ContentRange range = ContentRange.parse("bytes 000-004/00000000000000000000010");
        assertNotNull(range);
        assertEquals("bytes 0-4/10", range.toFieldValue());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            nothing                               | ~~
            another unit                          | lines 0-4/10
            an equals sign as in Range            | bytes=0-4/10
            no unit                               | 0-4/10
            two spaces                            | bytes  0-4/10
            white space around                    | ~ bytes 0-4/10~
            white space at the end                | ~bytes 0-4/10 ~
            white space inside                    | bytes 0 - 4/10
            no length                             | bytes 0-4
            an empty length                       | bytes 0-4/
            a length that is no number            | bytes 0-4/x
            a length with a rest                  | bytes 0-4/*0
            neither range nor length              | bytes */*
            a star and no number                  | bytes */x
            no last position                      | bytes 0-/10
            no first position                     | bytes -4/10
            no hyphen                             | bytes 4/10
            a hyphen behind the slash             | bytes 4/1-0
            no range                              | bytes /10
            the last position before the first    | bytes 4-0/10
            the last position at the length       | bytes 0-10/10
            a part of nothing                     | bytes 0-0/0
            a position that is too large          | bytes 0-9223372036854775807/*
            a length that is too large            | bytes 0-4/9223372036854775807
            a position beyond 64 bits             | bytes 18446744073709551616-18446744073709551617/*
            two lines                             | bytes 0-4/10, bytes 0-4/10
            a sign                                | bytes 0-+4/10
            """)
    @DisplayName("RFC 9110 section 14.4: a Content-Range that is of no use")
    void parse_bad_isNull(String sentence, String field) {
        assertNull(ContentRange.parse(field), sentence);
    }

    @Test
    @DisplayName("RFC 9110 section 14.4: a range lies in its whole")
    void contentRange_outsideItsWhole_isNone() {
        ByteRange range = new ByteRange(0, 4);
        assertEquals(5, new ContentRange(range, 5).completeLength());
        assertThrows(IllegalArgumentException.class, () -> new ContentRange(range, 4));
        assertThrows(IllegalArgumentException.class, () -> new ContentRange(range, -2));
        assertThrows(IllegalArgumentException.class, () -> new ContentRange(null, ContentRange.UNKNOWN));
        assertThrows(IllegalArgumentException.class, () -> ContentRange.unsatisfied(-1));
        assertEquals("bytes */7", ContentRange.unsatisfied(7).toFieldValue());
    }
}
