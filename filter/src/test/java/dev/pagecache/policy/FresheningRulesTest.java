package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.entry.Lifetime;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.PageTraits;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.entry.Stamp;
import dev.pagecache.http.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FresheningRulesTest {
    private static final String DATE = "Date: Sun, 01 Mar 2026 12:00:00 GMT";

    /** Lines are written {@code Name: value} and split by a pilcrow. */
    private static Fields fields(@Nullable String lines) {
        List<String> namesAndValues = new ArrayList<>();
        for (String line : lines == null ? new String[0] : lines.split("¶", -1)) {
            int colon = line.indexOf(':');
            namesAndValues.add(line.substring(0, colon));
            namesAndValues.add(line.substring(colon + 1).strip());
        }
        return Fields.of(namesAndValues.toArray(String[]::new));
    }

    private static String lines(Fields fields) {
        List<String> lines = new ArrayList<>();
        fields.forEach((name, value) -> lines.add(name + ": " + value));
        return String.join("¶", lines);
    }

    private static Page page(String lines, boolean hasContentTag) {
        return new Page(
                SampleRecords.key("key"),
                200,
                fields(lines),
                new byte[1],
                0,
                new Lifetime(0, 0, 0),
                new PageTraits(false, false, hasContentTag),
                Stamp.foreign(0),
                List.of());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", quoteCharacter = '~', textBlock = """
            an entity tag                        ; ETag: "a"                          ; false ; If-None-Match: "a"
            a weak one stays weak                ; ETag: W/"a"                        ; false ; If-None-Match: W/"a"
            one that the cache made says nothing ; ETag: "a"                          ; true  ; -
            a modification date, as it was sent  ; Last-Modified: yesterday           ; false ; If-Modified-Since: yesterday
            the date beside the cache's own tag  ; ETag: "a"¶Last-Modified: yesterday ; true  ; If-Modified-Since: yesterday
            both                                 ; ETag: "a"¶Last-Modified: yesterday ; false ; If-None-Match: "a"¶If-Modified-Since: yesterday
            no validator, no condition           ; X-A: 1                             ; false ; -
            """)
    @DisplayName("RFC 9111 section 4.3.1: the conditions of a validation request")
    void conditions_ofPage(String sentence, String stored, boolean hasContentTag, @Nullable String expected) {
        assertEquals(lines(fields(expected)), lines(FresheningRules.conditions(page(stored, hasContentTag))), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", quoteCharacter = '~', textBlock = """
            what the 304 leaves out stays            ; X-A: 1¶X-B: 2                 ; -                       ; X-A: 1¶X-B: 2
            what it has replaces                     ; X-A: 1¶X-B: 2                 ; X-A: 3                  ; X-B: 2¶X-A: 3
            whatever the letter case                 ; X-A: 1                        ; x-a: 3                  ; x-a: 3
            all lines of a name                      ; X-A: 1¶X-A: 2                 ; X-A: 3                  ; X-A: 3
            by all lines of a name                   ; X-A: 1                        ; X-A: 3¶X-A: 4           ; X-A: 3¶X-A: 4
            what is new comes in                     ; X-A: 1                        ; X-C: 3                  ; X-A: 1¶X-C: 3
            Cache-Control replaces                   ; Cache-Control: max-age=1      ; Cache-Control: max-age=9; Cache-Control: max-age=9
            Content-Type replaces                    ; Content-Type: a/b             ; Content-Type: a/c       ; Content-Type: a/c
            Content-Length stays                     ; Content-Length: 5             ; Content-Length: 0       ; Content-Length: 5
            Content-Encoding stays                   ; Content-Encoding: gzip        ; Content-Encoding: br    ; Content-Encoding: gzip
            Content-Range stays                      ; Content-Range: a              ; Content-Range: b        ; Content-Range: a
            Content-MD5 stays                        ; Content-MD5: a                ; Content-MD5: b          ; Content-MD5: a
            the entity tag that was asked for stays  ; ETag: "a"                     ; ETag: "b"               ; ETag: "a"
            fields of the connection are none        ; X-A: 1                        ; Keep-Alive: 5           ; X-A: 1
            nor are those that Connection names      ; X-A: 1                        ; Connection: x-a¶X-A: 2  ; X-A: 1
            Age comes along                          ; X-A: 1                        ; Age: 7                  ; X-A: 1¶Age: 7
            a Date comes along                       ; Date: old¶X-A: 1              ; Date: new               ; X-A: 1¶Date: new
            without one the old Date goes            ; Date: old¶X-A: 1              ; -                       ; X-A: 1
            """)
    @DisplayName("RFC 9111 sections 3.2 and 4.3.4: a 304 freshens stored fields")
    void merge_byField(String sentence, String stored, @Nullable String notModified, String expected) {
        assertEquals(expected, lines(FresheningRules.merge(fields(stored), fields(notModified))), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            one that repeats max-age goes             ; Cache-Control: max-age=60 ; Sun, 01 Mar 2026 12:01:00 GMT ; - ; -
            off by a second, too                      ; Cache-Control: max-age=60 ; Sun, 01 Mar 2026 12:01:01 GMT ; - ; -
            one that says something else stays        ; Cache-Control: max-age=60 ; Sun, 01 Mar 2026 12:01:02 GMT ; - ; Sun, 01 Mar 2026 12:01:02 GMT
            one without max-age stays                 ; Cache-Control: public     ; Sun, 01 Mar 2026 12:01:00 GMT ; - ; Sun, 01 Mar 2026 12:01:00 GMT
            one that is no date stays                 ; Cache-Control: max-age=60 ; 0                             ; - ; 0
            one in the 304 counts                     ; Cache-Control: max-age=60 ; Sun, 01 Mar 2026 12:01:00 GMT ; 0 ; 0
            """)
    @DisplayName("An Expires that the cache added beside max-age is not left behind")
    void merge_expires(
            String sentence, String cacheControl, String stored, @Nullable String brought, @Nullable String expected) {
        Fields before = fields(DATE + "¶" + cacheControl + "¶Expires: " + stored);
        Fields notModified = fields(brought == null ? null : "Expires: " + brought);
        assertEquals(expected, FresheningRules.merge(before, notModified).first("Expires"), sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            nothing                  ; -                              ; false
            another field            ; ETag: x                        ; false
            Cache-Control            ; Cache-Control: public          ; true
            Expires                  ; Expires: 0                     ; true
            the targeted field       ; CDN-Cache-Control: max-age=1   ; true
            """)
    @DisplayName("RFC 9111 section 4.3.4: a 304 that says nothing of freshness leaves the lifetime as it was")
    void declaresLifetime_byField(String sentence, @Nullable String lines, boolean expected) {
        PagePolicy targeted = StoringSamples.policy("cdn-cache-control", null, null, List.of());
        assertEquals(expected, FresheningRules.declaresLifetime(fields(lines), targeted), sentence);
    }

    /** A charset comes with the content, so that a container has none for a 304. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            a/b;charset=utf-8, a/b,                    a/b;charset=utf-8
            a/b ; charset=x,   A/B,                    a/b ; charset=x
            a/b;charset=utf-8, a/b;charset=iso-8859-1, a/b;charset=iso-8859-1
            a/b;charset=utf-8, a/c,                    a/c
            a/b,               a/b;charset=utf-8,      a/b;charset=utf-8
            """)
    void merge_typeWithoutParameters_takesNoCharsetAway(String stored, String brought, String expected) {
        Fields merged = FresheningRules.merge(Fields.of("Content-Type", stored), Fields.of("Content-Type", brought));
        assertEquals(Fields.of("Content-Type", expected), merged);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", quoteCharacter = '~', textBlock = """
            a 304 without validators                 ; ETag: "a"               ; false ; -                       ; true
            one with the page's tag                  ; ETag: "a"               ; false ; ETag: "a"               ; true
            one with it as a weak one                ; ETag: "a"               ; false ; ETag: W/"a"             ; true
            one with another tag                     ; ETag: "a"               ; false ; ETag: "b"               ; false
            one with a tag that the page has not     ; X-A: 1                  ; false ; ETag: "a"               ; false
            one whose tag is the cache's by chance   ; ETag: "a"               ; true  ; ETag: "a"               ; false
            the same text that is no tag             ; ETag: a                 ; false ; ETag: a                 ; true
            another text that is none                ; ETag: a                 ; false ; ETag: "a"               ; false
            a text that is none, for a tag           ; ETag: "a"               ; false ; ETag: a                 ; false
            a matching tag counts before the date    ; ETag: "a"¶Last-Modified: Sun, 01 Mar 2026 12:00:00 GMT ; false ; ETag: "a"¶Last-Modified: Sun, 01 Mar 2026 13:00:00 GMT ; true
            the page's date                          ; Last-Modified: Sun, 01 Mar 2026 12:00:00 GMT ; false ; Last-Modified: Sun, 01 Mar 2026 12:00:00 GMT ; true
            the same date in another form            ; Last-Modified: Sun, 01 Mar 2026 12:00:00 GMT ; false ; Last-Modified: Sun Mar  1 12:00:00 2026 ; true
            another date                             ; Last-Modified: Sun, 01 Mar 2026 12:00:00 GMT ; false ; Last-Modified: Sun, 01 Mar 2026 11:00:00 GMT ; false
            what is no date                          ; Last-Modified: Sun, 01 Mar 2026 12:00:00 GMT ; false ; Last-Modified: yesterday ; false
            a date that the page has not             ; ETag: "a"               ; false ; Last-Modified: yesterday ; true
            """)
    @DisplayName("RFC 9111 section 4.3.4: which page a 304 is about")
    void confirms_byValidator(
            String sentence, String stored, boolean hasContentTag, @Nullable String notModified, boolean expected) {
        assertEquals(expected, FresheningRules.confirms(page(stored, hasContentTag), fields(notModified)), sentence);
    }
}
