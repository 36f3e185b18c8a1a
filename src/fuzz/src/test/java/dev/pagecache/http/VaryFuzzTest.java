package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Vary: a star anywhere counts, and no name is lost (RFC 9110 section 12.5.5). */
final class VaryFuzzTest {
    @Seeds("vary")
    @FuzzTest
    void parse(byte[] bytes) {
        FuzzInput.run(bytes, VaryFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        VaryField vary = input.bounded(() -> VaryField.parse(input.lines()));
        if (vary.isAny()) {
            assertEquals(List.of(), vary.names());
            return;
        }
        TreeSet<String> expected = new TreeSet<>();
        for (String line : input.lines()) {
            for (String member : FuzzInput.split(line, ',')) {
                expected.add(member.strip().toLowerCase(Locale.ROOT));
            }
        }
        expected.remove("");
        assertTrue(!expected.contains("*") && expected.stream().allMatch(FieldSyntax::isToken), expected.toString());
        assertEquals(List.copyOf(expected), vary.names());
        assertEquals(vary, VaryField.parse(List.of(String.join(",", vary.names()))));
    }
}
