package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Cache-Control lines: no restriction is lost, neither in reading nor in writing (RFC 9111 section 5.2). */
final class CacheControlFuzzTest {
    private static final List<String> RESTRICTIONS =
            List.of("no-store", "private", "no-cache", "must-revalidate", "proxy-revalidate");
    private static final List<String> SECONDS =
            List.of("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error");

    @Seeds("cache-control")
    @FuzzTest
    void parse(byte[] bytes) {
        FuzzInput.run(bytes, CacheControlFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        List<String> lines = input.lines();
        CacheDirectives directives = input.bounded(() -> CacheDirectives.parse(lines));
        for (String line : lines) {
            for (String name : UnquotedNames.of(line)) {
                assertTrue(directives.has(name), name);
            }
        }
        String written = input.bounded(directives::toFieldValue);
        assertTrue(written.length() <= 2 * bytesOf(lines), written);
        isNoWeaker(CacheDirectives.parse(List.of(written)), directives);
        isNoWeaker(CacheDirectives.parse(List.of(directives.with("x", "a\"b").toFieldValue())), directives);

        CacheDirectives edited = directives.with("max-age", "5");
        DeltaSeconds maxAge = edited.maxAge();
        assertNotNull(maxAge);
        assertEquals(maxAge.isValid() ? 5 : 0, maxAge.seconds());
        assertFalse(edited.isEmpty());
        if (lines.stream().allMatch(FieldSyntax::isBalanced) && isValid(directives.maxAge())) {
            isNoWeaker(CacheDirectives.parse(List.of(edited.toFieldValue())), edited);
        }
    }

    private static boolean isValid(@Nullable DeltaSeconds seconds) {
        return seconds == null || seconds.isValid();
    }

    /** What was written says at least what was read: it restricts as much, and is fresh for no longer. */
    private static void isNoWeaker(CacheDirectives written, CacheDirectives read) {
        for (String name : RESTRICTIONS) {
            assertTrue(written.has(name) || !read.has(name), name);
        }
        for (String name : SECONDS) {
            assertTrue(secondsOf(written.seconds(name)) <= secondsOf(read.seconds(name)), name);
        }
    }

    private static long secondsOf(@Nullable DeltaSeconds seconds) {
        return seconds == null ? Long.MAX_VALUE : seconds.seconds();
    }

    private static int bytesOf(List<String> lines) {
        return lines.stream().mapToInt(String::length).sum() + lines.size();
    }

    /** Another reading of lists, kept apart from the one that is tested. */
    static final class UnquotedNames {
        private UnquotedNames() {}

        static List<String> of(String line) {
            StringBuilder outside = new StringBuilder();
            boolean isInside = false;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (isInside && c == '\\') {
                    i++;
                } else if (c == '"') {
                    isInside = !isInside;
                    outside.append('"');
                } else if (!isInside) {
                    outside.append(c);
                }
            }
            return FuzzInput.split(outside.toString(), ',').stream()
                    .map(member -> FuzzInput.split(member, '=').get(0))
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .filter(name -> RESTRICTIONS.contains(name))
                    .toList();
        }
    }
}
