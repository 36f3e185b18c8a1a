package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import dev.pagecache.http.CacheStatus.Forward;
import java.util.List;
import java.util.Map;

/** Cache-Status, written for any name and detail, is a well-formed item (RFC 9211 section 2). */
final class CacheStatusFuzzTest {
    private static final List<Forward> FORWARDS = List.of(Forward.values());

    @Seeds("cache-status")
    @FuzzTest
    void write(byte[] bytes) {
        FuzzInput.run(bytes, CacheStatusFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        long ttl = input.number(0);
        String name = input.unicodeLines().get(0);
        String detail = input.unicodeLines().get(input.unicodeLines().size() - 1);
        Forward forward = FORWARDS.get(Math.floorMod(ttl, FORWARDS.size()));
        isItem(input, CacheStatus.hit(Math.floorMod(ttl, 1L << 40) - (1L << 39)), name);
        isItem(input, CacheStatus.collapsed(forward, Math.floorMod(ttl, 1L << 40)), name);
        isItem(input, CacheStatus.forwarded(forward, detail.isEmpty(), detail), name);
    }

    private static void isItem(FuzzInput input, CacheStatus status, String name) {
        String value = input.bounded(() -> status.toFieldValue(name));
        assertTrue(value.chars().allMatch(c -> c >= ' ' && c < 0x7F), value);
        Map<String, StructuredValue> members = StructuredDictionary.parse("a=" + value);
        assertNotNull(members, value);
        assertTrue(members.size() == 1 && members.containsKey("a"), value);
    }
}
