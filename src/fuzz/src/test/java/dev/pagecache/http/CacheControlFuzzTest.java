package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
        String written = input.bounded(directives::toFieldValue);
        CacheDirectives again = CacheDirectives.parse(List.of(written));
        for (String line : lines) {
            List<String> names = unquotedNames(line);
            for (String name : names) {
                assertTrue(directives.has(name), name);
            }
            // A quoted-string without an end may find one in the next line, also for those who combine lines.
            boolean isLastInDoubt = !FieldSyntax.isBalanced(line);
            for (String name : names.subList(0, Math.max(0, names.size() - (isLastInDoubt ? 1 : 0)))) {
                assertTrue(again.has(name), name);
            }
        }
        assertTrue(written.length() <= 2 * input.bytes().length + 2, written);
        if (lines.stream().allMatch(FieldSyntax::isBalanced)) {
            assertEquals(directives, again);
            checkEdit(directives);
        }
    }

    private static void checkEdit(CacheDirectives directives) {
        if (!directives.has("x")) {
            CacheDirectives edited = directives.with("x", "a\"b");
            assertEquals("a\"b", edited.argument("x"));
            isNoWeaker(CacheDirectives.parse(List.of(edited.toFieldValue())), edited);
        }
        DeltaSeconds before = directives.maxAge();
        if (before == null || before.isValid()) {
            DeltaSeconds after = directives.with("max-age", "5").maxAge();
            assertEquals(5, after == null ? -1 : after.seconds());
        }
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

    /** The restrictions that stand outside quotes, by another reading than the one that is tested. */
    private static List<String> unquotedNames(String line) {
        return FuzzInput.unquotedMembers(line).stream()
                .map(member -> FuzzInput.split(member, '=').get(0).strip().toLowerCase(Locale.ROOT))
                .filter(RESTRICTIONS::contains)
                .toList();
    }
}
