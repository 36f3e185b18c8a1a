package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pagecache.http.Fields;
import dev.pagecache.policy.PartialRules.Excerpt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PartialRulesTest {
    private static @Nullable Excerpt assess(String range, int status, String contentRange, long contentLength) {
        return PartialRules.assess(
                TestRequest.get().with("Range", range),
                status,
                Fields.of("Content-Range", contentRange, "ETag", "\"a\""),
                contentLength);
    }

    @ParameterizedTest(name = "{0}: {1} of {2}")
    @CsvSource(delimiter = '|', textBlock = """
            the very part                               | bytes=10-19   | bytes 10-19/100 | 10 | 0 | bytes 10-19/100
            its start                                   | bytes=10-12   | bytes 10-19/100 | 10 | 0 | bytes 10-12/100
            its middle                                  | bytes=12-14   | bytes 10-19/100 | 10 | 2 | bytes 12-14/100
            its end                                     | bytes=19-19   | bytes 10-19/100 | 10 | 9 | bytes 19-19/100
            open, of a part up to the end               | bytes=95-     | bytes 90-99/100 | 10 | 5 | bytes 95-99/100
            past the end, of a part up to the end       | bytes=95-200  | bytes 90-99/100 | 10 | 5 | bytes 95-99/100
            a suffix, of a part up to the end           | bytes=-3      | bytes 90-99/100 | 10 | 7 | bytes 97-99/100
            within what came of a longer part           | bytes=12-13   | bytes 10-19/100 | 4  | 2 | bytes 12-13/100
            a part that is all                          | bytes=0-      | bytes 0-9/10    | 10 | 0 | bytes 0-9/10
            a whole of unknown length                   | bytes=12-14   | bytes 10-19/*   | 10 | 2 | bytes 12-14/*
            one member among empty ones                 | bytes=,12-14, | bytes 10-19/100 | 10 | 2 | bytes 12-14/100
            """)
    @DisplayName("RFC 9111 section 3.3: a range within a stored part")
    void assess_within(String sentence, String range, String contentRange, long length, long offset, String expected) {
        Excerpt excerpt = assess(range, 206, contentRange, length);
        assertNotNull(excerpt, sentence);
        assertEquals(offset, excerpt.offset());
        assertEquals(expected, excerpt.contentRange().toFieldValue());
    }

    @ParameterizedTest(name = "{0}: {1} of {2}")
    @CsvSource(delimiter = '|', textBlock = """
            before it                                   | bytes=9-12    | bytes 10-19/100 | 10 | 206
            behind it                                   | bytes=15-20   | bytes 10-19/100 | 10 | 206
            around it                                   | bytes=0-99    | bytes 10-19/100 | 10 | 206
            elsewhere                                   | bytes=50-60   | bytes 10-19/100 | 10 | 206
            open, of a part in the middle               | bytes=12-     | bytes 10-19/100 | 10 | 206
            a suffix, of a part in the middle           | bytes=-3      | bytes 10-19/100 | 10 | 206
            a suffix that is longer than the part       | bytes=-11     | bytes 90-99/100 | 10 | 206
            open, of a whole of unknown length          | bytes=12-     | bytes 10-19/*   | 10 | 206
            a suffix, of a whole of unknown length      | bytes=-3      | bytes 10-19/*   | 10 | 206
            not satisfiable                             | bytes=100-    | bytes 10-19/100 | 10 | 206
            several ranges                              | bytes=10-11,14-15 | bytes 10-19/100 | 10 | 206
            a range that is ignored                     | bytes=14-12   | bytes 10-19/100 | 10 | 206
            another unit                                | lines=12-14   | bytes 10-19/100 | 10 | 206
            a Content-Range of no use                   | bytes=12-14   | bytes 10-19     | 10 | 206
            a Content-Range of another unit             | bytes=12-14   | lines 10-19/100 | 10 | 206
            a Content-Range without a part              | bytes=12-14   | bytes */100     | 10 | 206
            behind what came of it                      | bytes=12-14   | bytes 10-19/100 | 4  | 206
            a suffix of which not all came              | bytes=-3      | bytes 90-99/100 | 9  | 206
            nothing came                                | bytes=10-10   | bytes 10-19/100 | 0  | 206
            content longer than its range               | bytes=12-14   | bytes 10-19/100 | 11 | 206
            a whole page                                | bytes=12-14   | bytes 10-19/100 | 10 | 200
            """)
    @DisplayName("RFC 9111 section 3.3: a range that a stored part does not answer")
    void assess_notWithin_isNull(String sentence, String range, String contentRange, long length, int status) {
        assertNull(assess(range, status, contentRange, length), sentence);
    }

    @Test
    @DisplayName("RFC 9111 section 3.3: a request without Range wants the whole")
    void assess_noRange_isNull() {
        assertNull(PartialRules.assess(TestRequest.get(), 206, Fields.of("Content-Range", "bytes 0-9/10"), 10));
    }

    @Test
    @DisplayName("RFC 9110 section 14.4: a part says which it is, once")
    void assess_noOrTwoContentRanges_isNull() {
        TestRequest request = TestRequest.get().with("Range", "bytes=0-1");
        assertNull(PartialRules.assess(request, 206, Fields.empty(), 10));
        Fields two = Fields.of("Content-Range", "bytes 0-9/10", "Content-Range", "bytes 0-9/10");
        assertNull(PartialRules.assess(request, 206, two, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"b\"", "W/\"a\"", "Sun, 06 Nov 1994 08:49:37 GMT"})
    @DisplayName("RFC 9110 section 13.1.5: If-Range that does not hold wants the whole")
    void assess_ifRangeThatFails_isNull(String ifRange) {
        TestRequest request = TestRequest.get().with("Range", "bytes=0-1");
        Fields part = Fields.of("Content-Range", "bytes 0-9/10", "ETag", "\"a\"");
        assertNull(PartialRules.assess(request.with("If-Range", ifRange), 206, part, 10));
        assertNotNull(PartialRules.assess(request.with("If-Range", "\"a\""), 206, part, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-None-Match", "If-Modified-Since"})
    @DisplayName("RFC 9110 section 13.2.2: conditions come before Range")
    void assess_condition_isNull(String name) {
        TestRequest request = TestRequest.get().with("Range", "bytes=0-1").with(name, "\"a\"");
        Fields part = Fields.of("Content-Range", "bytes 0-9/10", "ETag", "\"a\"");
        assertNull(PartialRules.assess(request, 206, part, 10));
    }
}
