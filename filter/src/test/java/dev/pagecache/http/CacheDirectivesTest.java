package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CacheDirectivesTest {

    /** The field lines of a row are separated by a pilcrow. */
    private static CacheDirectives parse(String lines) {
        return CacheDirectives.parse(List.of(lines.split("¶")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            private                        ; private    ; true
            PRIVATE                        ; private    ; true
            max-age=60, Private            ; private    ; true
            private="Set-Cookie"           ; private    ; true
            private=x                      ; private    ; true
            max-age=60¶private             ; private    ; true
            x="private"                    ; private    ; false
            x="a, private, b"              ; private    ; false
            x="a\\", private"              ; private    ; false
            x-private                      ; private    ; false
            No-Store                       ; no-store   ; true
            no-cache="a,b"                 ; no-cache   ; true
            public                         ; public     ; true
            x="public                      ; public     ; false
            max-age=60                     ; private    ; false
            """)
    @DisplayName("RFC 9111 section 5.2: directives by name, qualified or not")
    void has_directive_isFound(String lines, String name, boolean expected) {
        assertEquals(expected, parse(lines).has(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x=\"a, private",
                "x=\"a private",
                "x=\"a\\\", private",
                "x=\"a¶b\", private\"",
                "x=\"a¶y=\", private, z=\"",
                "x=a\"b, private",
                "private max-age=60",
                "max-age=60 private",
                "no-transform;private",
                "private =x",
                "private=",
                "private=\"x",
                "=private",
                "\"private\"",
            })
    void isPrivate_malformedPiece_isTakenAtItsStrictest(String lines) {
        assertTrue(parse(lines).isPrivate());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            max-age=60                          ; 60         ; true
            Max-Age=60                          ; 60         ; true
            max-age="60"                        ; 60         ; true
            max-age=2147483648                  ; 2147483648 ; true
            max-age=60, max-age=60              ; 60         ; true
            max-age=60, max-age=10              ; 10         ; true
            max-age=10, max-age=60              ; 10         ; true
            max-age=10¶max-age=60               ; 10         ; true
            x="max-age=3600", max-age=1         ; 1          ; true
            x="a, max-age=3600", max-age=1      ; 1          ; true
            max-age=60, max-age=x               ; 0          ; false
            max-age=x, max-age=60               ; 0          ; false
            max-age                             ; 0          ; false
            max-age=                            ; 0          ; false
            max-age=-1                          ; 0          ; false
            max-age=1.5                         ; 0          ; false
            max-age='60'                        ; 0          ; false
            max-age =60                         ; 0          ; false
            max-age= 60                         ; 0          ; false
            max-age:60                          ; 0          ; false
            x="a, max-age=60                    ; 0          ; false
            x="a, max-age=60¶max-age=60         ; 0          ; false
            """)
    @DisplayName("RFC 9111 section 4.2.1: max-age, several ones, malformed ones")
    void maxAge_field_isRead(String lines, long seconds, boolean isValid) {
        assertEquals(new DeltaSeconds(seconds, isValid), parse(lines).maxAge());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "public", "x=\"max-age=5\"", "x=\"a,max-age=5\"", "xmax-age=5", "s-maxage=5"})
    void maxAge_absent_isNull(String lines) {
        assertNull(parse(lines).maxAge());
    }

    @Test
    void seconds_minFreshTwice_takesTheLarger() {
        assertEquals(
                new DeltaSeconds(9, true), parse("min-fresh=9, min-fresh=3").seconds("min-fresh"));
        assertEquals(
                new DeltaSeconds(9, true), parse("min-fresh=3, min-fresh=9").seconds("min-fresh"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', nullValues = "null", textBlock = """
            max-stale             ; max-stale ; null
            max-stale=5           ; max-stale ; 5
            public                ; max-stale ; null
            no-cache="A, B"       ; no-cache  ; A, B
            x="a\\"b"             ; x         ; a"b
            x=1, x=2              ; x         ; 1
            x=a b                 ; x         ; a b
            """)
    void argument_ofFirst_isUnquoted(String lines, String name, @Nullable String expected) {
        assertEquals(expected, parse(lines).argument(name));
    }

    @Test
    void conveniences_eachDirective_isReported() {
        CacheDirectives all = parse("public, private, no-store, no-cache, must-revalidate, proxy-revalidate,"
                + " must-understand, only-if-cached, s-maxage=7");

        assertTrue(all.isPublic());
        assertTrue(all.isPrivate());
        assertTrue(all.noStore());
        assertTrue(all.noCache());
        assertTrue(all.mustRevalidate());
        assertTrue(all.proxyRevalidate());
        assertTrue(all.mustUnderstand());
        assertTrue(all.onlyIfCached());
        assertEquals(new DeltaSeconds(7, true), all.sMaxAge());
        assertFalse(all.isEmpty());
    }

    @Test
    void conveniences_nothingThere_reportNothing() {
        CacheDirectives none = CacheDirectives.parse(List.of());

        assertTrue(none.isEmpty());
        assertTrue(parse(" , ,").isEmpty());
        assertFalse(none.isPublic());
        assertFalse(none.isPrivate());
        assertFalse(none.noStore());
        assertFalse(none.noCache());
        assertFalse(none.mustRevalidate());
        assertFalse(none.proxyRevalidate());
        assertFalse(none.mustUnderstand());
        assertFalse(none.onlyIfCached());
        assertNull(none.sMaxAge());
        assertEquals("", none.toFieldValue());
    }

    static Stream<Arguments> edits() {
        return Stream.of(
                Arguments.of("spelling and order stay", parse("Foo=\"a,b\" ,PUBLIC"), "Foo=\"a,b\", PUBLIC"),
                Arguments.of("lines are joined", parse("a¶b"), "a, b"),
                Arguments.of("a new one comes last", parse("a").with("private"), "a, private"),
                Arguments.of(
                        "one that is there is replaced", parse("A=1, b, a=2").with("a"), "a, b"),
                Arguments.of("an argument is added", parse("public").with("max-age", "60"), "public, max-age=60"),
                Arguments.of("an argument is replaced", parse("max-age=9, x").with("max-age", "60"), "max-age=60, x"),
                Arguments.of("an argument is quoted", parse("").with("no-cache", "A, \"B"), "no-cache=\"A, \\\"B\""),
                Arguments.of("a backslash is escaped", parse("").with("x", "a\\b"), "x=\"a\\\\b\""),
                Arguments.of("an empty argument is quoted", parse("").with("x", ""), "x=\"\""),
                Arguments.of("all of a name go", parse("Public, a, public=x").without("public"), "a"),
                Arguments.of("letter case does not matter", parse("public, a").without("PUBLIC"), "a"),
                Arguments.of("an open quote comes last", parse("x=\"a¶b").with("no-store"), "b, no-store, x=\"a"),
                Arguments.of(
                        "what a malformed piece restricts stays",
                        parse("s-maxage=60, max-age=5 must-revalidate").with("max-age", "30"),
                        "s-maxage=60, max-age=30, max-age=5 must-revalidate"),
                Arguments.of(
                        "a malformed piece does not go with its name",
                        parse("a=1, a=private x, a=2").without("a"),
                        "a=private x"),
                Arguments.of(
                        "several open quotes are not written",
                        parse("ext=\"¶must-revalidate=\"¶b¶max-age=\"private"),
                        "b, max-age=, must-revalidate=, private"),
                Arguments.of(
                        "what an open quote made suspect stays",
                        parse("y=\"private\"¶x=\"z").without("y"),
                        "private, x=\"z"),
                Arguments.of("several open quotes show nothing that they quote", parse("ext=\"¶b\", public"), ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edits")
    void toFieldValue_edited_keepsTheRest(String cause, CacheDirectives edited, String expected) {
        assertEquals(expected, edited.toFieldValue(), cause);
        assertEquals(expected, edited.toString());
    }

    @Test
    void without_malformedPiece_staysStrict() {
        assertTrue(parse("x=\"a, private").without("private").isPrivate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s-maxage=60, max-age=5 must-revalidate",
                "max-age=5 must-revalidate, max-age=7",
                "ext=\"¶must-revalidate=\"",
                "ext=\"¶must-revalidate=\"¶y=\"",
                "ext=\"\\¶must-revalidate=\"",
                "ext=\"must-revalidate\"¶x=\"¶y=\"",
            })
    @DisplayName("RFC 9111 section 5.2.2.2: a suspected must-revalidate is still one when written, and permits nothing")
    void toFieldValue_suspectedRestriction_isReadAgain(String lines) {
        for (CacheDirectives edited : List.of(
                parse(lines), parse(lines).with("max-age", "30"), parse(lines).without("max-age"))) {
            CacheDirectives again = parse(edited.toFieldValue());
            assertTrue(edited.mustRevalidate() && again.mustRevalidate(), edited.toFieldValue());
            assertTrue(again.without("must-revalidate").mustRevalidate(), edited.toFieldValue());
        }
    }

    @Test
    void with_nameOfMalformedPiece_countsFirst() {
        assertEquals("c", parse("x=a b, y").with("x", "c").argument("x"));
    }

    @Test
    void with_badNameOrArgument_isRefused() {
        CacheDirectives none = parse("");
        assertThrows(IllegalArgumentException.class, () -> none.with("a b"));
        assertThrows(IllegalArgumentException.class, () -> none.with("a,", "1"));
        assertThrows(IllegalArgumentException.class, () -> none.with("a", "1\r\nX: y"));
    }

    @Test
    void equals_sameDirectives_areEqual() {
        assertEquals(parse("a, b=1"), parse("a¶b=1"));
        assertEquals(parse("a, b=1").hashCode(), parse("a¶b=1").hashCode());
        assertFalse(parse("a").equals(parse("b")));
        assertFalse(parse("a").equals((Object) "a"));
        assertFalse(parse("x=\"a¶y=\", private, z=\"").equals(parse("x=\"a").with("y", ", private, z=")));
    }

    @Test
    void parse_anyText_neverThrowsAndNeverHidesPrivate() {
        long seed = 20_261_122L;
        Random random = new Random(seed);
        String[] parts = {"\"", "\\", ",", "=", " ", "private", "max-age", "60", ";", "\u00e4", "a"};
        for (int round = 0; round < 20_000; round++) {
            List<String> lines = new ArrayList<>();
            for (int line = random.nextInt(3); line >= 0; line--) {
                StringBuilder text = new StringBuilder();
                for (int part = random.nextInt(9); part >= 0; part--) {
                    text.append(parts[random.nextInt(parts.length)]);
                }
                lines.add(text.toString());
            }
            lines.add(random.nextInt(lines.size() + 1), "Private");
            CacheDirectives directives = CacheDirectives.parse(lines);
            directives.maxAge();
            directives.argument("max-age");
            CacheDirectives again = CacheDirectives.parse(List.of(directives.toFieldValue()));
            assertTrue(directives.isPrivate() && again.isPrivate(), "seed " + seed + ", lines " + lines);
        }
    }
}
