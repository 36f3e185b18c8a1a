package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Cache-Groups: bounded, and read again as they are written (RFC 9875 section 2). */
final class CacheGroupsFuzzTest {
    @Seeds("cache-groups")
    @FuzzTest
    void parse(byte[] bytes) {
        FuzzInput.run(bytes, CacheGroupsFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        List<String> groups = input.bounded(() -> CacheGroups.parse(input.lines()));
        assertTrue(groups.size() <= CacheGroups.MAX_GROUPS);
        assertEquals(groups.size(), new HashSet<>(groups).size());
        List<String> lines = new ArrayList<>();
        for (String group : groups) {
            assertTrue(group.length() <= CacheGroups.MAX_CHARACTERS, group);
            assertTrue(group.chars().allMatch(c -> c >= ' ' && c < 0x7F), group);
            StringBuilder line = new StringBuilder();
            FieldSyntax.appendQuoted(line, group);
            lines.add(line.toString());
        }
        assertEquals(groups, CacheGroups.parse(lines));
        assertEquals(groups, CacheGroups.parse(List.of(String.join(" \t, ", lines))));
        lines.add("x");
        assertEquals(List.of(), CacheGroups.parse(lines));
    }
}
