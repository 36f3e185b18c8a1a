package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathPatternTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            /*           ; /a/b         ; true
            /            ; /a/b         ; true
            /*           ; ~~           ; true
            /a           ; /a           ; true
            /a           ; /A           ; false
            /a           ; /a/          ; false
            /a           ; /ab          ; false
            /a/*         ; /a           ; true
            /a/*         ; /a/          ; true
            /a/*         ; /a/b/c       ; true
            /a/*         ; /ab          ; false
            /a/*         ; /b/a/c       ; false
            *.html       ; /a.html      ; true
            *.html       ; /a/b.html    ; true
            *.html       ; /a.html/b    ; false
            *.html       ; /a.htm       ; false
            *.html       ; /ahtml       ; false
            *.tar.gz     ; /a.tar.gz    ; true
            /a/*/c       ; /a/b/c       ; true
            /a/*/c       ; /a//c        ; true
            /a/*/c       ; /a/b/d/c     ; false
            /a/**/c      ; /a/b/d/c     ; true
            /a/**/c      ; /a/b/d       ; false
            /a*          ; /a           ; true
            /a*          ; /abc         ; true
            /a*          ; /abc/d       ; false
            /a**         ; /abc/d       ; true
            /*/x/*       ; /a/x/b       ; true
            /*/x/*       ; /a/b/x/c     ; false
            /*.html      ; /a.html      ; true
            /*.html      ; /a/b.html    ; false
            **.html      ; /a/b.html    ; true
            **/x         ; /a/b/x       ; true
            **/x         ; /x           ; true
            /a***b       ; /a/x/b       ; true
            /*a*b        ; /xaxbxb      ; true
            /*a*b        ; /xaxbxc      ; false
            /a*          ; ~~           ; false
            """)
    void matches_path_followsThePattern(String pattern, String path, boolean expected) {
        assertEquals(expected, PathPattern.of(pattern).matches(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a/*", "*", "*a", "*/a", "*.a/b", "*.a*"})
    void of_patternThatNeverMatches_isRefused(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> PathPattern.of(pattern));
    }

    /** With backtracking this would take some 10^20 steps, so that the test would not end. */
    @Test
    void matches_hostilePath_isWalkedOnce() {
        PathPattern pattern = PathPattern.of("/" + "**a".repeat(20) + "**b");

        assertFalse(pattern.matches("/" + "a".repeat(2_000)));
    }

    @Test
    void equals_samePattern_isEqual() {
        assertEquals(PathPattern.of("/a/*"), PathPattern.of("/a/*"));
        assertEquals(PathPattern.of("/a/*").hashCode(), PathPattern.of("/a/*").hashCode());
        assertNotEquals(PathPattern.of("/a/*"), PathPattern.of("/b/*"));
        assertNotEquals(PathPattern.of("/a/*"), "/a/*");
        assertEquals("/a/*", PathPattern.of("/a/*").toString());
    }

    @Test
    @SuppressWarnings("EqualsIncompatibleType") // patterns may be compared with anything
    void equals_anythingElse_isDifferent() {
        assertFalse(PathPattern.of("/a").equals("/a"));
    }
}
