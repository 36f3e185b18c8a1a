package dev.pagecache.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON that nothing in a value can leave. */
final class JsonTest {

    @Test
    void object_empty_isOne() {
        assertEquals("{}", new Json().toString());
    }

    @Test
    void object_members_keepTheirOrder() {
        Json inner = new Json().put("b", false);
        assertEquals(
                "{\"s\":\"x\",\"n\":-5,\"o\":{\"b\":false}}",
                new Json().put("s", "x").put("n", -5).put("o", inner).toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a"b       | a\\"b
            a\\b      | a\\\\b
            </script> | \\u003c/script\\u003e
            a&b       | a\\u0026b
            é         | \\u00e9
            日        | \\u65e5
            ~a\r\nb~  | a\\u000d\\u000ab
            """)
    void string_harmful_isEscaped(String value, String expected) {
        assertEquals("{\"v\":\"" + expected + "\"}", new Json().put("v", value).toString());
        assertEquals("{\"" + expected + "\":1}", new Json().put(value, 1).toString());
    }

    @Test
    void string_everyCharacter_isPrintableAscii() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            all.append((char) c);
        }
        String json = new Json().put("v", all.toString()).toString();
        assertEquals(0, json.chars().filter(c -> c < ' ' || c > '~').count());
    }
}
