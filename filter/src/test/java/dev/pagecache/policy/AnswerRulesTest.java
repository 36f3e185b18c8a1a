package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.pagecache.http.ByteRange;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.AnswerPlan.Part;
import dev.pagecache.policy.AnswerPlan.Parts;
import dev.pagecache.policy.AnswerPlan.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerRulesTest {
    private static final String NOV_5 = "Sat, 05 Nov 1994 08:49:37 GMT";
    private static final String NOV_6 = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final String NOV_7 = "Mon, 07 Nov 1994 08:49:37 GMT";

    /** Modified on the sixth, sent on the seventh. */
    private static final Fields PAGE = Fields.of("ETag", "\"a\"", "Last-Modified", NOV_6, "Date", NOV_7);

    private static String plan(TestRequest request, Fields page, long length) {
        AnswerPlan plan = AnswerRules.assess(request, 200, page, length);
        StringJoiner text = new StringJoiner(" ");
        if (plan instanceof Part part) {
            text.add(part.range().first() + "-" + part.range().last());
        } else if (plan instanceof Parts parts) {
            parts.ranges().forEach(range -> text.add(range.first() + "-" + range.last()));
        } else {
            text.add(plan.toString());
        }
        return text.toString();
    }

    private static TestRequest range(String range) {
        return TestRequest.get().with("Range", range);
    }

    /** A request whose fields stand in one text, separated by bars. */
    private static TestRequest request(String fields) {
        TestRequest request = TestRequest.get();
        for (String line : fields.split("\\|", -1)) {
            int colon = line.indexOf(':');
            request = request.with(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        return request;
    }

    @ParameterizedTest(name = "{0}: {1} against {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', nullValues = "-", textBlock = """
            the same tag                                     ; "a"              ; "a"   ; WHOLE
            another tag                                      ; "b"              ; "a"   ; PRECONDITION_FAILED
            strong comparison, the client's is weak          ; W/"a"            ; "a"   ; PRECONDITION_FAILED
            strong comparison, ours is weak                  ; "a"              ; W/"a" ; PRECONDITION_FAILED
            strong comparison, both are weak                 ; W/"a"            ; W/"a" ; PRECONDITION_FAILED
            one of a list                                    ; "x", "a" , "y"   ; "a"   ; WHOLE
            a weak one of a list                             ; "x", W/"a"       ; "a"   ; PRECONDITION_FAILED
            none of a list                                   ; "x","y"          ; "a"   ; PRECONDITION_FAILED
            any                                              ; *                ; "a"   ; WHOLE
            any, with white space                            ; ~ * ~            ; "a"   ; WHOLE
            any, though there is no tag                      ; *                ; -     ; WHOLE
            a tag where there is none                        ; "a"              ; -     ; PRECONDITION_FAILED
            a page's tag without quotes is none              ; a                ; a     ; PRECONDITION_FAILED
            an empty field has no tag                        ; ~~               ; "a"   ; PRECONDITION_FAILED
            """)
    @DisplayName("RFC 9110 section 13.1.1: If-Match")
    void assess_ifMatch(String sentence, String condition, @Nullable String etag, Plain expected) {
        Fields page = etag == null ? Fields.empty() : Fields.of("ETag", etag);
        for (TestRequest request : new TestRequest[] {TestRequest.get(), TestRequest.head()}) {
            assertEquals(expected, AnswerRules.assess(request.with("If-Match", condition), 200, page, 10), sentence);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            modified at that time              ; Sun, 06 Nov 1994 08:49:37 GMT  ; Sun, 06 Nov 1994 08:49:37 GMT ; WHOLE
            modified before                    ; Mon, 07 Nov 1994 08:49:37 GMT  ; Sun, 06 Nov 1994 08:49:37 GMT ; WHOLE
            modified after                     ; Sun, 06 Nov 1994 08:49:36 GMT  ; Sun, 06 Nov 1994 08:49:37 GMT ; PRECONDITION_FAILED
            after, in RFC 850 form             ; Saturday, 05-Nov-94 08:49:37 GMT ; Sun, 06 Nov 1994 08:49:37 GMT ; PRECONDITION_FAILED
            after, in asctime form             ; Sat Nov  5 08:49:37 1994       ; Sun, 06 Nov 1994 08:49:37 GMT ; PRECONDITION_FAILED
            a condition that is no date        ; yesterday                      ; Sun, 06 Nov 1994 08:49:37 GMT ; WHOLE
            no modification date               ; Sun, 06 Nov 1994 08:49:37 GMT  ; -                             ; WHOLE
            a Last-Modified that is no date    ; Sun, 06 Nov 1994 08:49:37 GMT  ; yesterday                     ; WHOLE
            """)
    @DisplayName("RFC 9110 section 13.1.4: If-Unmodified-Since")
    void assess_ifUnmodifiedSince(String sentence, String condition, @Nullable String lastModified, Plain expected) {
        Fields page = Fields.of("Date", NOV_7);
        page = lastModified == null ? page : page.with("Last-Modified", lastModified);
        TestRequest request = TestRequest.get().with("If-Unmodified-Since", condition);
        assertEquals(expected, AnswerRules.assess(request, 200, page, 10), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            Last-Modified counts                      ; Sun, 06 Nov 1994 08:49:37 GMT    ; Sun, 06 Nov 1994 08:49:37 GMT ; NOT_MODIFIED
            Last-Modified counts and not Date         ; Sat, 05 Nov 1994 08:49:37 GMT    ; Sun, 06 Nov 1994 08:49:37 GMT ; WHOLE
            without it Date counts, at its time       ; Mon, 07 Nov 1994 08:49:37 GMT    ; -                             ; NOT_MODIFIED
            without it Date counts, after it          ; Tue, 08 Nov 1994 08:49:37 GMT    ; -                             ; NOT_MODIFIED
            without it Date counts, before it         ; Mon, 07 Nov 1994 08:49:36 GMT    ; -                             ; WHOLE
            Date, in RFC 850 form                     ; Monday, 07-Nov-94 08:49:37 GMT   ; -                             ; NOT_MODIFIED
            Date, in asctime form                     ; Mon Nov  7 08:49:37 1994         ; -                             ; NOT_MODIFIED
            later than any clock, section 13.1.3      ; Fri, 31 Dec 9999 23:59:59 GMT    ; Sun, 06 Nov 1994 08:49:37 GMT ; NOT_MODIFIED
            no date                                   ; 0                                ; Sun, 06 Nov 1994 08:49:37 GMT ; WHOLE
            two dates                                 ; Mon, 07 Nov 1994 08:49:37 GMT, Mon, 07 Nov 1994 08:49:37 GMT ; - ; WHOLE
            a bad Last-Modified hides Date            ; Mon, 07 Nov 1994 08:49:37 GMT    ; yesterday                     ; WHOLE
            """)
    @DisplayName("RFC 9111 section 4.3.2: If-Modified-Since against a stored page")
    void assess_ifModifiedSince(String sentence, String condition, @Nullable String lastModified, Plain expected) {
        Fields page = Fields.of("Date", NOV_7);
        page = lastModified == null ? page : page.with("Last-Modified", lastModified);
        TestRequest request = TestRequest.get().with("If-Modified-Since", condition);
        assertEquals(expected, AnswerRules.assess(request, 200, page, 10), sentence);
        assertEquals(expected, AnswerRules.assess(request.withMethod("HEAD"), 200, page, 10), sentence);
    }

    @Test
    @DisplayName("RFC 9110 section 13.1.3: a page without a date is not known to be unmodified")
    void assess_ifModifiedSinceWithoutDates_isWhole() {
        TestRequest request = TestRequest.get().with("If-Modified-Since", NOV_7);
        assertEquals(Plain.WHOLE, AnswerRules.assess(request, 200, Fields.empty(), 10));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            If-Match decides before If-Unmodified-Since, true   ; If-Match: "a"|If-Unmodified-Since: Sat, 05 Nov 1994 08:49:37 GMT ; WHOLE
            If-Match decides before If-Unmodified-Since, false  ; If-Match: "b"|If-Unmodified-Since: Mon, 07 Nov 1994 08:49:37 GMT ; PRECONDITION_FAILED
            If-Match false, If-None-Match matches               ; If-Match: "b"|If-None-Match: "a"          ; PRECONDITION_FAILED
            If-Match true, If-None-Match matches                ; If-Match: "a"|If-None-Match: "a"          ; NOT_MODIFIED
            If-Unmodified-Since false, If-None-Match matches    ; If-Unmodified-Since: Sat, 05 Nov 1994 08:49:37 GMT|If-None-Match: "a" ; PRECONDITION_FAILED
            If-Unmodified-Since true, If-Modified-Since false   ; If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT|If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT ; NOT_MODIFIED
            If-None-Match decides before If-Modified-Since      ; If-None-Match: "b"|If-Modified-Since: Mon, 07 Nov 1994 08:49:37 GMT ; WHOLE
            a list without a tag decides as well                ; If-None-Match: x|If-Modified-Since: Mon, 07 Nov 1994 08:49:37 GMT ; WHOLE
            If-None-Match matches, whatever the date            ; If-None-Match: "a"|If-Modified-Since: 0 ; NOT_MODIFIED
            a 304 comes before a 206                            ; If-None-Match: "a"|Range: bytes=0-1       ; NOT_MODIFIED
            a 304 comes before a 416                            ; If-None-Match: "a"|Range: bytes=10-       ; NOT_MODIFIED
            a 412 comes before a 416                            ; If-Match: "b"|Range: bytes=10-            ; PRECONDITION_FAILED
            conditions that let a range through                 ; If-Match: "a"|If-None-Match: "b"|Range: bytes=0-1 ; 0-1
            If-Range without Range says nothing                 ; If-Range: "b"                             ; WHOLE
            """)
    @DisplayName("RFC 9110 section 13.2.2: precedence")
    void assess_several_inTheOrderOfTheRfc(String sentence, String fields, String expected) {
        assertEquals(expected, plan(request(fields), PAGE, 10), sentence);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            no If-Range                            ; -                              ; 0-1
            the tag                                ; "a"                            ; 0-1
            another tag                            ; "b"                            ; WHOLE
            a weak tag, strong comparison          ; W/"a"                          ; WHOLE
            a list is no validator                 ; "a", "b"                       ; WHOLE
            a star is no validator                 ; *                              ; WHOLE
            a tag without quotes                   ; a                              ; WHOLE
            the very date                          ; Sun, 06 Nov 1994 08:49:37 GMT  ; 0-1
            the very date in RFC 850 form          ; Sunday, 06-Nov-94 08:49:37 GMT ; 0-1
            the very date in asctime form          ; Sun Nov  6 08:49:37 1994       ; 0-1
            a later date                           ; Mon, 07 Nov 1994 08:49:37 GMT  ; WHOLE
            an earlier date                        ; Sat, 05 Nov 1994 08:49:37 GMT  ; WHOLE
            no date                                ; yesterday                      ; WHOLE
            """)
    @DisplayName("RFC 9110 section 13.1.5: If-Range")
    void assess_ifRange(String sentence, @Nullable String ifRange, String expected) {
        TestRequest request = range("bytes=0-1");
        request = ifRange == null ? request : request.with("If-Range", ifRange);
        assertEquals(expected, plan(request, PAGE, 10), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            sent a second later                    ; Sun, 06 Nov 1994 08:49:38 GMT  ; 0-1
            sent in the same second                ; Sun, 06 Nov 1994 08:49:37 GMT  ; WHOLE
            sent before                            ; Sun, 06 Nov 1994 08:49:36 GMT  ; WHOLE
            sent at no known time                  ; -                              ; WHOLE
            sent at no valid time                  ; yesterday                      ; WHOLE
            """)
    @DisplayName("RFC 9110 section 8.8.2.2: a Last-Modified that is a strong validator")
    void assess_ifRangeByDate_needsAStrongOne(String sentence, @Nullable String date, String expected) {
        Fields page = Fields.of("Last-Modified", NOV_6);
        page = date == null ? page : page.with("Date", date);
        assertEquals(expected, plan(range("bytes=0-1").with("If-Range", NOV_6), page, 10), sentence);
    }

    @ParameterizedTest(name = "{0} against {1}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            "a"                           ; W/"a"
            W/"a"                         ; W/"a"
            "a"                           ; -
            "a"                           ; a
            Sun, 06 Nov 1994 08:49:37 GMT ; -
            """)
    @DisplayName("RFC 9110 section 13.1.5: a page without the validator that is asked for is sent whole")
    void assess_ifRangeWithoutStrongValidator_isWhole(String ifRange, @Nullable String etag) {
        Fields page = etag == null ? Fields.of("Date", NOV_7) : Fields.of("ETag", etag, "Date", NOV_7);
        assertEquals("WHOLE", plan(range("bytes=0-1").with("If-Range", ifRange), page, 10));
        assertEquals("UNSATISFIABLE", plan(range("bytes=10-"), page, 10));
    }

    @ParameterizedTest(name = "{0}: {1} of {2} bytes")
    @CsvSource(delimiter = '|', textBlock = """
            first and last                                    | bytes=2-4             | 10  | 2-4
            open                                              | bytes=7-              | 10  | 7-9
            suffix                                            | bytes=-2              | 10  | 8-9
            all of it is a part, too                          | bytes=0-              | 10  | 0-9
            one byte                                          | bytes=-1              | 1   | 0-0
            past the end, section 15.5.17                     | bytes=10-             | 10  | UNSATISFIABLE
            a suffix of nothing                               | bytes=-0              | 10  | UNSATISFIABLE
            all of several past the end                       | bytes=10-,20-30       | 10  | UNSATISFIABLE
            an empty page has no byte                         | bytes=0-              | 0   | UNSATISFIABLE
            the last of nothing is the whole of it            | bytes=-5              | 0   | WHOLE
            bad syntax is ignored                             | bytes=4-2             | 10  | WHOLE
            a foreign unit is ignored                         | lines=0-1             | 10  | WHOLE
            several                                           | bytes=0-1,4-5         | 10  | 0-1 4-5
            several in the order of the request               | bytes=4-5,0-1,-1      | 10  | 4-5 0-1 9-9
            one left over is sent alone                       | bytes=0-1,20-30       | 10  | 0-1
            adjacent ones are joined                          | bytes=0-1,2-3         | 10  | 0-3
            adjacent ones in the other order are joined       | bytes=2-3,0-1         | 10  | 0-3
            overlapping ones are joined                       | bytes=0-2,2-4         | 10  | 0-4
            a later one joins two                             | bytes=0-1,4-5,2-3     | 10  | 0-5
            joined ones stand where the first of them stood   | bytes=6-6,0-0,8-8,1-1 | 10  | 6-6 0-1 8-8
            one that joins all around another                 | bytes=8-8,0-0,5-5,1-4 | 10  | 8-8 0-5
            two overlaps are let pass                         | bytes=0-2,2-3,3-4,8-8 | 10  | 0-4 8-8
            more overlaps are not                             | bytes=0-2,2-3,3-4,4-5 | 100 | WHOLE
            the same three times                              | bytes=0-0,0-0,0-0     | 100 | WHOLE
            as long as the page together                      | bytes=0-4,6-9,0-0     | 10  | 0-4 6-9
            longer than the page together                     | bytes=0-4,6-9,0-1     | 10  | WHOLE
            twice the page                                    | bytes=0-,0-           | 10  | WHOLE
            """)
    @DisplayName("RFC 9110 sections 14.2 and 15.3.7: ranges")
    void assess_range(String sentence, String range, long length, String expected) {
        assertEquals(expected, plan(range(range), PAGE, length), sentence);
    }

    @Test
    @DisplayName("RFC 9110 section 17.15: many ranges get the whole page")
    void assess_manyRanges_areBounded() {
        StringBuilder field = new StringBuilder("bytes=");
        List<ByteRange> expected = new ArrayList<>();
        for (int i = 0; i < AnswerRules.MAX_RANGES; i++) {
            field.append(3 * i).append('-').append(3 * i).append(',');
            expected.add(new ByteRange(3L * i, 3L * i));
        }
        assertEquals(new Parts(expected), AnswerRules.assess(range(field.toString()), 200, PAGE, 1000), "at the bound");
        assertEquals(
                new Parts(expected),
                AnswerRules.assess(range(field + "1000-"), 200, PAGE, 1000),
                "one that is not satisfiable does not count");
        assertEquals("WHOLE", plan(range(field + "999-"), PAGE, 1000));
    }

    @Test
    @DisplayName("RFC 9110 section 9.3.2: HEAD has no ranges")
    void assess_rangeOfHead_isIgnored() {
        assertEquals("WHOLE", plan(range("bytes=0-1").withMethod("HEAD"), PAGE, 10));
        assertEquals("WHOLE", plan(range("bytes=10-").withMethod("HEAD"), PAGE, 10));
    }

    @ParameterizedTest(name = "Accept-Ranges: {0}")
    @CsvSource({"none, WHOLE", "' None ', WHOLE", "bytes, 0-1", "x, 0-1"})
    @DisplayName("RFC 9110 section 14.3: a page that has no ranges")
    void assess_rangeOfPageWithAcceptRanges(String acceptRanges, String expected) {
        assertEquals(expected, plan(range("bytes=0-1"), PAGE.with("Accept-Ranges", acceptRanges), 10));
    }

    @Test
    @DisplayName("RFC 9110 section 14.2: ranges are of the coded bytes; a multipart of them has no name for its coding")
    void assess_rangesOfCodedPage() {
        Fields coded = PAGE.with("Content-Encoding", "gzip");
        assertEquals("0-1", plan(range("bytes=0-1"), coded, 10));
        assertEquals("0-3", plan(range("bytes=0-1,2-3"), coded, 10));
        assertEquals("WHOLE", plan(range("bytes=0-1,4-5"), coded, 10));
    }

    @ParameterizedTest
    @ValueSource(ints = {203, 204, 206, 299})
    @DisplayName("RFC 9110 section 13.2.1: other successes know preconditions only")
    void assess_otherSuccess_canFail(int status) {
        assertEquals(Plain.PRECONDITION_FAILED, assess(status, "If-Match: \"b\""));
        assertEquals(Plain.WHOLE, assess(status, "If-Match: \"a\"|If-None-Match: \"a\""));
        assertEquals(Plain.WHOLE, assess(status, "Range: bytes=0-1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 300, 301, 404, 410, 412, 500})
    @DisplayName("RFC 9110 section 13.2.1: conditions are for successes")
    void assess_otherStatus_isWhole(int status) {
        assertEquals(Plain.WHOLE, assess(status, "If-Match: \"b\"|If-Unmodified-Since: " + NOV_5));
        assertEquals(Plain.WHOLE, assess(status, "If-None-Match: \"a\"|Range: bytes=0-1"));
    }

    private static AnswerPlan assess(int status, String fields) {
        return AnswerRules.assess(request(fields), status, PAGE, 10);
    }

    @Test
    void assess_plainHit_asksOnceForEachFieldAndMakesNothing() {
        List<String> asked = new ArrayList<>();
        RequestFacts request = new AskedRequest(TestRequest.get(), asked);
        assertSame(Plain.WHOLE, AnswerRules.assess(request, 200, PAGE, 10));
        assertEquals(List.of("If-Match", "If-Unmodified-Since", "If-None-Match", "If-Modified-Since", "Range"), asked);
        RequestRules.assess(request, PolicyBuilder.defaults());
        assertEquals(List.of("Upgrade", "Authorization"), asked.subList(5, asked.size()));
    }

    @Test
    void assess_allFields_asksOnceForEach() {
        List<String> asked = new ArrayList<>();
        RequestFacts request = new AskedRequest(
                request("If-Match: \"a\"|If-Unmodified-Since: x|If-None-Match: \"b\"|If-Modified-Since: x"
                        + "|Range: bytes=0-1|If-Range: \"a\""),
                asked);
        AnswerRules.assess(request, 200, PAGE, 10);
        assertEquals(List.of("If-Match", "If-None-Match", "Range", "If-Range"), asked);
    }

    @ParameterizedTest
    @CsvSource({"Content-Digest, false", "content-md5, false", "Repr-Digest, true", "ETag, true", "Content-Type, true"})
    @DisplayName("RFC 9530 section 2: a digest of the content is not one of its parts")
    void belongsToPart_names(String name, boolean expected) {
        assertEquals(expected, AnswerRules.belongsToPart(name));
    }

    /** Notes what is asked of a request. */
    private record AskedRequest(TestRequest request, List<String> asked) implements RequestFacts {
        @Override
        public String method() {
            return request.method();
        }

        @Override
        public String scheme() {
            return request.scheme();
        }

        @Override
        public String host() {
            return request.host();
        }

        @Override
        public int port() {
            return request.port();
        }

        @Override
        public String rawPath() {
            return request.rawPath();
        }

        @Override
        public String mappedPath() {
            return request.mappedPath();
        }

        @Override
        public @Nullable String query() {
            return request.query();
        }

        @Override
        public boolean hasContent() {
            return request.hasContent();
        }

        @Override
        public @Nullable String field(String name) {
            asked.add(name);
            return request.field(name);
        }
    }
}
