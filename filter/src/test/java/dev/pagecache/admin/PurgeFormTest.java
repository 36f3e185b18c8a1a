package dev.pagecache.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.admin.PurgeOrder.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a form orders, and what it cannot mean. */
final class PurgeFormTest {

    private static PurgeOrder order(String body) {
        return PurgeForm.order(FormBody.parse(body));
    }

    @Test
    void order_allFields_areRead() {
        PurgeOrder order = order("url=%2Fa%3Fb%3D1&prefix=/c&tag=d&tag=e+f&all=true&mode=soft&");
        assertEquals(new PurgeOrder(Mode.SOFT, List.of("/a?b=1"), List.of("/c"), List.of("d", "e f"), true), order);
        assertEquals(5, order.size());
    }

    @Test
    void order_withoutMode_isHard() {
        assertEquals(Mode.HARD, order("tag=a").mode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                 | nothing is named
            mode=soft          | nothing is named
            &&                 | nothing is named
            tag=a&mode=Soft    | mode: it is "Soft"
            tag=a&mode         | mode: it is ""
            all=yes            | all: it is "yes"
            all                | all: it is ""
            tags=a             | no field "tags"
            Tag=a              | no field "Tag"
            =a                 | no field ""
            tag=%zz            | percent sign
            tag=%2             | percent sign
            tag=a&%=b          | percent sign
            """)
    void order_malformed_namesTheField(String body, String hint) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> order(body)).getMessage());
        assertTrue(message.contains(hint), message);
    }

    @Test
    void order_longField_isRepeatedInPartOnly() {
        String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> order("x".repeat(60_000) + "=a"))
                        .getMessage());
        assertTrue(message.length() < 150, message);
    }

    @Test
    void parse_fields_areBounded() {
        assertEquals(1_000, FormBody.parse("tag=a&".repeat(1_000)).fields().size());
        assertThrows(IllegalArgumentException.class, () -> FormBody.parse("tag=a&".repeat(1_001)));
    }
}
