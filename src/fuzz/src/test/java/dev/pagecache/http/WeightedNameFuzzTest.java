package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names with weights: no member is lost, each has the weight that stands there (RFC 9110 section 12.4.2). */
final class WeightedNameFuzzTest {
    @Seeds("weighted-name")
    @FuzzTest
    void parse(byte[] bytes) {
        FuzzInput.run(bytes, WeightedNameFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        String value = input.text();
        List<WeightedName> names = input.bounded(() -> WeightedName.parse(value));
        if (names == null) {
            return;
        }
        List<String> members = FuzzInput.split(value, ',').stream()
                .map(member -> FieldSyntax.trim(member, 0, member.length()))
                .filter(member -> !member.isEmpty())
                .toList();
        assertEquals(members.size(), names.size());
        for (int i = 0; i < members.size(); i++) {
            List<String> parts = FuzzInput.split(members.get(i), ';');
            assertEquals(
                    parts.get(0).strip().toLowerCase(Locale.ROOT), names.get(i).name());
            assertTrue(FieldSyntax.isToken(names.get(i).name()));
            String weight = parts.size() == 1 ? "q=1" : parts.get(1).strip().toLowerCase(Locale.ROOT);
            assertTrue(parts.size() <= 2 && weight.startsWith("q="), weight);
            BigDecimal thousandths = new BigDecimal(weight.substring(2)).movePointRight(3);
            assertEquals(thousandths.intValueExact(), names.get(i).thousandths());
            assertTrue(names.get(i).thousandths() >= 0 && names.get(i).thousandths() <= 1000, weight);
        }
        String written = names.stream().map(WeightedName::toFieldValue).collect(Collectors.joining(", "));
        assertEquals(names, WeightedName.parse(written));
    }
}
