package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FieldSyntaxTest {

    static Stream<Arguments> tokens() {
        return Stream.of(
                Arguments.of("max-age", true),
                Arguments.of("!#$%&'*+-.^_`|~", true),
                Arguments.of("X9", true),
                Arguments.of("", false),
                Arguments.of("a b", false),
                Arguments.of("a,b", false),
                Arguments.of("\"a\"", false),
                Arguments.of("a=b", false),
                Arguments.of("a/b", false),
                Arguments.of("a\u007f", false),
                Arguments.of("\u00e4", false));
    }

    @ParameterizedTest
    @MethodSource("tokens")
    @DisplayName("RFC 9110 section 5.6.2: token")
    void isToken_text_isRecognised(String text, boolean expected) {
        assertEquals(expected, FieldSyntax.isToken(text));
    }

    static Stream<Arguments> fieldValues() {
        return Stream.of(
                Arguments.of("", true),
                Arguments.of("a\tb c", true),
                Arguments.of("gr\u00fcn", true),
                Arguments.of("\u00ff", true),
                Arguments.of("\u0100", false),
                Arguments.of("a\rb", false),
                Arguments.of("a\nb", false),
                Arguments.of("a\0b", false),
                Arguments.of("a\u007fb", false));
    }

    @ParameterizedTest
    @MethodSource("fieldValues")
    @DisplayName("RFC 9110 section 5.5: field value")
    void isFieldValue_text_isRecognised(String text, boolean expected) {
        assertEquals(expected, FieldSyntax.isFieldValue(text));
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                Arguments.of(List.of(), List.of()),
                Arguments.of(List.of("a,b"), List.of("a", "b")),
                Arguments.of(List.of(" a ,\tb\t"), List.of("a", "b")),
                Arguments.of(List.of("a", "b,c"), List.of("a", "b", "c")),
                Arguments.of(List.of(",a,, ,b,"), List.of("a", "b")),
                Arguments.of(List.of("x=\"a,b\", c"), List.of("x=\"a,b\"", "c")),
                Arguments.of(List.of("x=\"a\\\",b\", c"), List.of("x=\"a\\\",b\"", "c")),
                Arguments.of(List.of("x=\"a, b", "c"), List.of("x=\"a, b", "c")),
                Arguments.of(List.of("x=\"a\\"), List.of("x=\"a\\")),
                Arguments.of(List.of("a\\,b"), List.of("a\\", "b")));
    }

    @ParameterizedTest
    @MethodSource("lists")
    @DisplayName("RFC 9110 section 5.6.1: lists")
    void listMembers_lines_areSplit(List<String> lines, List<String> expected) {
        assertEquals(expected, FieldSyntax.listMembers(lines));
    }
}
