package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.util.List;
import java.util.stream.Collectors;

/** Entity tags and lists of them (RFC 9110 sections 8.8.3 and 13.1.2). */
final class EntityTagFuzzTest {
    @Seeds("entity-tag")
    @FuzzTest
    void parse(byte[] bytes) {
        FuzzInput.run(bytes, EntityTagFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        List<String> lines = input.lines();
        List<EntityTag> tags = input.bounded(() -> EntityTag.parseList(lines));
        assertTrue(tags.stream().mapToInt(tag -> tag.toString().length()).sum()
                <= input.text().length());
        for (EntityTag tag : tags) {
            assertEquals(tag, EntityTag.parse(tag.toString()));
            assertTrue(tag.matchesWeakly(tag) && tag.matchesStrongly(tag) != tag.isWeak(), tag.toString());
        }
        String joined = tags.stream().map(EntityTag::toString).collect(Collectors.joining(", "));
        assertEquals(tags, EntityTag.parseList(List.of(joined)));
        lines.forEach(EntityTagFuzzTest::checkOne);
    }

    private static void checkOne(String text) {
        EntityTag tag = EntityTag.parse(text);
        assertEquals(EntityTag.isTag(text), tag != null);
        if (tag != null) {
            assertEquals(text, tag.toString());
            assertEquals(List.of(tag), EntityTag.parseList(List.of(text)));
        }
    }
}
