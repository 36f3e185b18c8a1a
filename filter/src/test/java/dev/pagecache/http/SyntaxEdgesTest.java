package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is one character away from what is allowed. */
final class SyntaxEdgesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun,_06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 xx:49:37 GMT",
                "Sun, 06 Nov 1994 08:xx:37 GMT",
                "Sun, 06 Nov 1994 08:49:xx GMT",
                "Sun, 06 Nov 1994 0/:49:37 GMT",
                "Sun, 06 Nov 1994 0::49:37 GMT",
                "Sun, 06 Nov 1994 08.49:37 GMT",
                "Sun, 06 Nov 1994 08:49.37 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Sun, 06 Nov 1994 08:60:00 GMT",
                "Sun, 06 Nov 1994 08:49:61 GMT"
            })
    @DisplayName("RFC 9110 section 5.6.7: a date with one character wrong is none")
    void parse_dateWithOneWrongCharacter_isNone(String text) {
        assertNull(HttpDate.parse(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            Zone    ; Zone
            zone    ; zone
            @a      ; "@a"
            [a      ; "[a"
            `a      ; "`a"
            {a      ; "{a"
            a\u007f ; "a?"
            a\u0019b ; "a?b"
            """)
    @DisplayName("RFC 9651 section 3.3.4: where letters begin and end")
    void toFieldValue_nameOnTheEdge_isTokenOrString(String name, String expected) {
        CacheStatus status = new CacheStatus(true, null, 0, false, false, CacheStatus.NO_TTL, null, null);
        assertEquals(expected + "; hit", status.toFieldValue(name));
    }

    @Test
    @DisplayName("RFC 9110 section 5.6.4: quotes and backslashes are escaped")
    void with_argumentThatNeedsQuotes_isEscaped() {
        CacheDirectives directives = CacheDirectives.parse(List.of()).with("x", "a\\b\"c d");
        assertEquals("x=\"a\\\\b\\\"c d\"", directives.toFieldValue());
        assertEquals("a\\b\"c d", directives.argument("x"));
    }

    @Test
    @SuppressWarnings("EqualsIncompatibleType") // values may be compared with anything
    void equals_directives_countWhatIsSuspected() {
        CacheDirectives plain = CacheDirectives.parse(List.of("a"));
        CacheDirectives suspicious = CacheDirectives.parse(List.of("x=1 private, a"));
        assertNotEquals(plain, suspicious);
        assertNotEquals(plain, CacheDirectives.parse(List.of("b")));
        assertEquals(plain, CacheDirectives.parse(List.of(" a ")));
        assertEquals(plain.hashCode(), CacheDirectives.parse(List.of("a")).hashCode());
        assertFalse(plain.equals("a"));
    }
}
