package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.http.FormQuery.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormQueryTest {

    private static String show(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> parameter.name() + '>' + parameter.value())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~            | ~~          | nothing
            a=1           | a>1         | one parameter
            a=1&b=2&a=3   | a>1 b>2 a>3 | several, in order
            a             | a>          | no value
            a=            | a>          | an empty value
            =1            | >1          | an empty name
            =             | >           | both empty
            &&a=1&&b=2&   | a>1 b>2     | empty pieces are none
            a=b=c         | a>b=c       | the first equals sign separates
            a%3Db=c       | a=b>c       | an encoded one does not
            a=1%26b=2     | a>1&b=2     | nor does an encoded ampersand
            a;b=1         | a;b>1       | nor does a semicolon
            """)
    @DisplayName("WHATWG URL section 5.1: names and values")
    void parse_query_givesParameters(String query, String expected, String cause) {
        assertEquals(expected, show(FormQuery.parse(query)), cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            ~~|~~
            a+b|a b
            %41+%2B%61|A +a
            %c3%A9|é
            %F0%9F%98%80|😀
            %EF%BB%BFa|\uFEFFa
            %|%
            a%|a%
            %4|%4
            %4g%g4%|%4g%g4%
            %%41|%A
            %25%34%31|%41
            %+41|% 41
            %f6|\uFFFD
            %C3|\uFFFD
            %C3a|\uFFFDa
            %C0%AF|\uFFFD\uFFFD
            %E2%82a|\uFFFDa
            %ED%A0%80|\uFFFD\uFFFD\uFFFD
            a%ED%BF%BFb|a\uFFFD\uFFFD\uFFFDb
            %ED%A0a|\uFFFD\uFFFDa
            %ED%9F%BF|\uD7FF
            %EE%80%80|\uE000
            %ED%C3%A9|\uFFFDé
            %ED|\uFFFD
            %F4%90%80%80|\uFFFD\uFFFD\uFFFD\uFFFD
            """)
    @DisplayName("WHATWG URL section 1.3 and Encoding section 8.1.1: percent-decoding and UTF-8")
    void decode_text_isDecoded(String text, String expected) {
        assertEquals(expected, FormQuery.decode(text));
    }

    @Test
    @DisplayName("WHATWG URL section 5.2: serializing")
    void serialize_parameters_areEncoded() {
        List<Parameter> parameters = List.of(
                new Parameter("a b", "*-._~"), new Parameter("", "&=+%"), new Parameter("?/\u00e9", "\uD83D\uDE00\n"));

        assertEquals("a+b=*-._%7E&=%26%3D%2B%25&%3F%2F%C3%A9=%F0%9F%98%80%0A", FormQuery.serialize(parameters));
    }

    @Test
    void serialize_anyParameters_areReadBackAsTheyWere() {
        long seed = 20_260_203;
        Random random = new Random(seed);
        String[] pieces = {"a", "&", "=", "+", " ", "%", "%41", "é", "😀", "\uFFFD", "", "*-._", "\u0000"};
        for (int round = 0; round < 20_000; round++) {
            List<Parameter> parameters = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                String name = pieces[random.nextInt(pieces.length)] + pieces[random.nextInt(pieces.length)];
                parameters.add(new Parameter(name, pieces[random.nextInt(pieces.length)]));
            }
            assertEquals(parameters, FormQuery.parse(FormQuery.serialize(parameters)), "seed " + seed);
        }
    }
}
