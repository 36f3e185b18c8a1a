package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.http.Fields;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConditionRulesTest {
    private static final String NOV_6 = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final String NOV_7 = "Mon, 07 Nov 1994 08:49:37 GMT";

    @ParameterizedTest(name = "{0}: {1} against {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', nullValues = "-", textBlock = """
            the same tag                                     ; "a"              ; "a"   ; true
            another tag                                      ; "b"              ; "a"   ; false
            weak comparison, the client's is weak            ; W/"a"            ; "a"   ; true
            weak comparison, ours is weak                    ; "a"              ; W/"a" ; true
            one of a list                                    ; "x", W/"a" , "y" ; "a"   ; true
            none of a list                                   ; "x","y"          ; "a"   ; false
            a comma inside a tag                             ; "x,a"            ; "a"   ; false
            any                                              ; *                ; "a"   ; true
            any, with white space                            ; ~ * ~            ; "a"   ; true
            any, though there is no tag                      ; *                ; -     ; true
            a star in a list is no tag                       ; "x", *           ; "a"   ; false
            a tag where there is none                        ; "a"              ; -     ; false
            a tag without quotes is none                     ; a                ; a     ; false
            an empty field has no tag                        ; ~~               ; "a"   ; false
            """)
    @DisplayName("RFC 9110 section 13.1.2: If-None-Match")
    void isNotModified_ifNoneMatch(String sentence, String condition, @Nullable String etag, boolean expected) {
        Fields response = etag == null ? Fields.empty() : Fields.of("ETag", etag);
        assertEquals(
                expected,
                ConditionRules.isNotModified(Map.of("If-None-Match", condition)::get, 200, response),
                sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            modified at that time                            ; Sun, 06 Nov 1994 08:49:37 GMT   ; Sun, 06 Nov 1994 08:49:37 GMT ; true
            modified before                                  ; Mon, 07 Nov 1994 08:49:37 GMT   ; Sun, 06 Nov 1994 08:49:37 GMT ; true
            modified after                                   ; Sun, 06 Nov 1994 08:49:37 GMT   ; Mon, 07 Nov 1994 08:49:37 GMT ; false
            a condition in RFC 850 form                      ; Sunday, 06-Nov-94 08:49:37 GMT  ; Sun, 06 Nov 1994 08:49:37 GMT ; true
            a condition in asctime form                      ; Sun Nov  6 08:49:37 1994        ; Sun, 06 Nov 1994 08:49:37 GMT ; true
            a condition that is no date                      ; yesterday                       ; Sun, 06 Nov 1994 08:49:37 GMT ; false
            a Last-Modified that is no date                  ; Sun, 06 Nov 1994 08:49:37 GMT   ; yesterday                     ; false
            no Last-Modified                                 ; Sun, 06 Nov 1994 08:49:37 GMT   ; -                             ; false
            no condition                                     ; -                               ; Sun, 06 Nov 1994 08:49:37 GMT ; false
            """)
    @DisplayName("RFC 9110 section 13.1.3: If-Modified-Since")
    void isNotModified_ifModifiedSince(
            String sentence, @Nullable String condition, @Nullable String lastModified, boolean expected) {
        Map<String, String> request = new HashMap<>();
        if (condition != null) {
            request.put("If-Modified-Since", condition);
        }
        Fields response = lastModified == null ? Fields.empty() : Fields.of("Last-Modified", lastModified);
        assertEquals(expected, ConditionRules.isNotModified(request::get, 200, response), sentence);
    }

    @Test
    @DisplayName("RFC 9110 section 13.2.2: If-None-Match decides alone")
    void isNotModified_bothConditions_theTagDecides() {
        Fields response = Fields.of("ETag", "\"a\"", "Last-Modified", NOV_6);
        assertEquals(
                false,
                ConditionRules.isNotModified(
                        Map.of("If-None-Match", "\"b\"", "If-Modified-Since", NOV_7)::get, 200, response));
        assertEquals(
                true,
                ConditionRules.isNotModified(
                        Map.of("If-None-Match", "\"a\"", "If-Modified-Since", "0")::get, 200, response));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 301, 304, 404, 410, 500})
    @DisplayName("RFC 9110 section 13.2.1: conditions are for what would be a 200")
    void isNotModified_otherStatus_isNever(int status) {
        Fields response = Fields.of("ETag", "\"a\"", "Last-Modified", NOV_6);
        assertEquals(false, ConditionRules.isNotModified(Map.of("If-None-Match", "\"a\"")::get, status, response));
        assertEquals(false, ConditionRules.isNotModified(Map.of("If-Modified-Since", NOV_7)::get, status, response));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            Cache-Control,    true
            CONTENT-LOCATION, true
            date,             true
            ETag,             true
            Expires,          true
            Last-Modified,    true
            Vary,             true
            Content-Type,     false
            Content-Length,   false
            Content-Encoding, false
            X-Other,          false
            """)
    @DisplayName("RFC 9110 section 15.4.5: fields of a 304")
    void belongsToNotModified_names(String name, boolean expected) {
        assertEquals(expected, ConditionRules.belongsToNotModified(name));
    }
}
