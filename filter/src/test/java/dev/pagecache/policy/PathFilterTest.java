package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PathFilterTest {

    private static List<PathPattern> patterns(String text) {
        return Stream.of(text.split(" "))
                .filter(p -> !p.isEmpty())
                .map(PathPattern::of)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            ~~          ; ~~            ; /a      ; true
            /a/* /b/*   ; ~~            ; /a/x    ; true
            /a/* /b/*   ; ~~            ; /b/x    ; true
            /a/* /b/*   ; ~~            ; /c      ; false
            ~~          ; /a/*          ; /a/x    ; false
            ~~          ; /a/*          ; /b      ; true
            /a/*        ; /a/x /a/y     ; /a/y    ; false
            /a/*        ; /a/x /a/y     ; /a/z    ; true
            """)
    void accepts_path_needsIncludeAndNoExclude(String include, String exclude, String path, boolean expected) {
        assertEquals(expected, new PathFilter(patterns(include), patterns(exclude)).accepts(path));
    }

    @Test
    void all_anyPath_isAccepted() {
        assertTrue(PathFilter.ALL.accepts("/anything"));
    }
}
