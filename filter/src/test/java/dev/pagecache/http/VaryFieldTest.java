package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VaryFieldTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            Cookie                     ; cookie
            Cookie, Accept             ; accept cookie
            Cookie¶Accept              ; accept cookie
            B, a, b, A                 ; a b
            ~ , Cookie ,,\tAccept , ~  ; accept cookie
            ~~                         ; ~~
            ~ , ~                      ; ~~
            *                          ; *
            ~ * ~                      ; *
            *, *                       ; *
            ~, *~                      ; *
            Foo, *                     ; *
            *, Foo                     ; *
            Foo¶*                      ; *
            Foo¶Bar,\t*                ; *
            a b                        ; *
            ~a;b~                      ; *
            "a"                        ; *
            é                          ; *
            """)
    @DisplayName("RFC 9110 section 12.5.5: Vary")
    void parse_lines_namesOrAny(String lines, String expected) {
        VaryField vary = VaryField.parse(List.of(lines.split("¶")));

        assertEquals(expected, vary.isAny() ? "*" : String.join(" ", vary.names()));
        assertEquals(vary.isAny(), vary.isAny() && vary.names().isEmpty());
    }

    @Test
    void parse_noLines_namesNothing() {
        assertEquals(new VaryField(false, List.of()), VaryField.parse(List.of()));
    }
}
