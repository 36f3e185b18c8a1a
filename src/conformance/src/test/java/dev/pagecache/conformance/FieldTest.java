package dev.pagecache.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Field lines as RFC 9112 section 5 has them. */
final class FieldTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "X-Foo: bar;X-Foo;bar",
                "x-fOO:bar;x-fOO;bar",
                "X-Foo:\t bar baz \t;X-Foo;bar baz",
                "X-Foo :bar;X-Foo;bar",
                "X-Foo:;X-Foo;''",
                "X-Foo: a:b;X-Foo;a:b",
                "!#$%&'*+-.^_`|~09: ü;!#$%&'*+-.^_`|~09;ü"
            })
    void parse_understoodLine_keepsNameAndValue(String line, String name, String value) throws OriginException {
        assertEquals(new Field(name, value), Field.parse(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no colon", ": no name", " folded: line", "two words: x", "X: a\u0000", "X: a\rb", "X: \u007f"})
    void parse_lineAgainstTheSyntax_isRefused(String line) {
        assertThrows(OriginException.class, () -> Field.parse(line));
    }
}
