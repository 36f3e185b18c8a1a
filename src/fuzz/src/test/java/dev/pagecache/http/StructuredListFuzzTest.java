package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.util.List;
import java.util.stream.Collectors;

/** Lists of structured fields: strict, and read again as they are written (RFC 9651 section 4). */
final class StructuredListFuzzTest {
    @Seeds("structured-list")
    @FuzzTest
    void parse(byte[] bytes) {
        FuzzInput.run(bytes, StructuredListFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        String text = String.join(", ", input.lines());
        List<StructuredValue> members = input.bounded(() -> StructuredList.parse(text));
        if (members == null) {
            return;
        }
        assertTrue(text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7F)));
        String written = members.stream().map(StructuredListFuzzTest::write).collect(Collectors.joining(", "));
        assertEquals(members, StructuredList.parse(written));
        assertEquals(members, StructuredList.parse("  " + written + " "));
        assertNull(StructuredList.parse(written + ","));
        assertNull(StructuredList.parse("\t" + written + ", a b"));
    }

    private static String write(StructuredValue value) {
        return switch (value.kind()) {
            case INTEGER, TOKEN -> value.text();
            case BOOLEAN -> "?" + value.text();
            case OTHER -> "1.0;a=b";
            case STRING -> {
                StringBuilder text = new StringBuilder();
                FieldSyntax.appendQuoted(text, value.text());
                yield text.toString();
            }
            case INNER_LIST ->
                value.items().stream().map(StructuredListFuzzTest::write).collect(Collectors.joining(" ", "(", ")"));
        };
    }
}
