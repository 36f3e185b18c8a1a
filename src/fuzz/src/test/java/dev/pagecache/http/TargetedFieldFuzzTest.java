package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Targeted fields, which are dictionaries and count as a whole or not at all (RFC 9213 section 2.1). */
final class TargetedFieldFuzzTest {
    private static final List<String> SECONDS =
            List.of("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error");
    private static final List<String> NAMES =
            List.of("no-store", "no-cache", "private", "public", "must-revalidate", "proxy-revalidate");

    private record Dictionary(@Nullable Map<String, StructuredValue> members) {}

    private record Reading(@Nullable CacheDirectives directives) {}

    @Seeds("targeted-field")
    @FuzzTest
    void parse(byte[] bytes) {
        FuzzInput.run(bytes, TargetedFieldFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        List<String> lines = input.lines();
        Map<String, StructuredValue> members = input.bounded(
                        () -> new Dictionary(StructuredDictionary.parse(String.join(", ", lines))))
                .members();
        CacheDirectives directives =
                input.bounded(() -> new Reading(TargetedField.parse(lines))).directives();
        if (members == null || members.isEmpty()) {
            assertEquals(null, directives);
            return;
        }
        if (directives == null) {
            return;
        }
        for (String name : NAMES) {
            StructuredValue value = members.get(name);
            assertEquals(value != null && !value.equals(StructuredValue.FALSE), directives.has(name), name);
        }
        for (String name : SECONDS) {
            DeltaSeconds seconds = directives.seconds(name);
            assertEquals(members.containsKey(name), seconds != null, name);
            assertTrue(seconds == null || seconds.isValid(), name);
        }
        String written = directives.toFieldValue();
        assertEquals(directives, CacheDirectives.parse(directives.isEmpty() ? List.of() : List.of(written)));
    }
}
