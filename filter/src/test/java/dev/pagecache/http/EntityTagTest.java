package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntityTagTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            "a1"     ; false ; a1
            W/"a1"   ; true  ; a1
            ""       ; false ; ~~
            W/""     ; true  ; ~~
            "a,b"    ; false ; a,b
            "a\\"    ; false ; a\\
            "W/"     ; false ; W/
            "é"      ; false ; é
            """)
    @DisplayName("RFC 9110 section 8.8.3: entity tags")
    void parse_tag_isReadAndWritten(String text, boolean isWeak, String opaque) {
        EntityTag tag = EntityTag.parse(text);

        assertEquals(new EntityTag(isWeak, opaque), tag);
        assertEquals(text, String.valueOf(tag));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "a1",
                "\"a1",
                "a1\"",
                "w/\"a1\"",
                "W/a1",
                "W/",
                "\"",
                "\"a b\"",
                "\"a\"b",
                " \"a\"",
                "\"\u007f\"",
                "\"\u20ac\""
            })
    void parse_noTag_isNull(String text) {
        assertNull(EntityTag.parse(text));
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                Arguments.of(List.of(), ""),
                Arguments.of(List.of(""), ""),
                Arguments.of(List.of("\"a\""), "\"a\""),
                Arguments.of(List.of("\"a\", W/\"b\""), "\"a\" W/\"b\""),
                Arguments.of(List.of("\"a\",\"b\"", "\"c\""), "\"a\" \"b\" \"c\""),
                Arguments.of(List.of(",\t\"a\" , ,\"b\" ,"), "\"a\" \"b\""),
                Arguments.of(List.of("\"a,b\", \"c\""), "\"a,b\" \"c\""),
                Arguments.of(List.of("\"a\\\", \"b\""), "\"a\\\" \"b\""),
                Arguments.of(List.of("a, \"b\""), "\"b\""),
                Arguments.of(List.of("\"a\" x, \"b\""), "\"b\""),
                Arguments.of(List.of("\"a\"\"b\", \"c\""), "\"c\""),
                Arguments.of(List.of("w/\"a\", \"b\""), "\"b\""),
                Arguments.of(List.of("\"a", "\"b\""), "\"b\""),
                Arguments.of(List.of("*"), ""));
    }

    @ParameterizedTest
    @MethodSource("lists")
    @DisplayName("RFC 9110 section 13.1.2: lists of entity tags")
    void parseList_lines_areRead(List<String> lines, String expected) {
        List<String> tags =
                EntityTag.parseList(lines).stream().map(EntityTag::toString).toList();
        assertEquals(expected, String.join(" ", tags));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            W/"1" ; W/"1" ; false ; true
            W/"1" ; W/"2" ; false ; false
            W/"1" ; "1"   ; false ; true
            "1"   ; W/"1" ; false ; true
            "1"   ; "1"   ; true  ; true
            "1"   ; "2"   ; false ; false
            """)
    @DisplayName("RFC 9110 section 8.8.3.2: comparison")
    void matches_twoTags_isCompared(String one, String other, boolean strongly, boolean weakly) {
        EntityTag first = EntityTag.parseList(List.of(one)).get(0);
        EntityTag second = EntityTag.parseList(List.of(other)).get(0);

        assertEquals(strongly, first.matchesStrongly(second));
        assertEquals(weakly, first.matchesWeakly(second));
    }
}
