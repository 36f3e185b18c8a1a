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
    private static final List<String> PERMISSIONS = List.of("public", "must-understand");

    /** All names that may be suspected, with what separates them. */
    private static final int SUSPECTED_CHARACTERS = 140;

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
            for (String name : unquotedNames(line)) {
                assertTrue(directives.has(name), name);
            }
        }
        isNoWeaker(again, directives);
        assertTrue(written.length() <= 2 * input.bytes().length + SUSPECTED_CHARACTERS, written);
        if (lines.stream().allMatch(FieldSyntax::isBalanced)) {
            assertEquals(directives, again);
        }
        String name = FieldSyntax.isToken(input.line(0)) ? input.line(0).toLowerCase(Locale.ROOT) : "x";
        checkEdit(directives, directives.with(name, "a\"b"), name, "a\"b");
        checkEdit(directives, directives.with("max-age", "5"), "max-age", "5");
        isNoWeaker(CacheDirectives.parse(List.of(directives.without(name).toFieldValue())), directives.without(name));
    }

    private static void checkEdit(CacheDirectives before, CacheDirectives edited, String name, String argument) {
        assertEquals(argument, edited.argument(name));
        for (String restriction : RESTRICTIONS) {
            assertTrue(edited.has(restriction) || !before.has(restriction), restriction);
        }
        isNoWeaker(CacheDirectives.parse(List.of(edited.toFieldValue())), edited);
        DeltaSeconds maxAge = before.maxAge();
        if (name.equals("max-age") && (maxAge == null || maxAge.isValid())) {
            assertEquals(new DeltaSeconds(5, true), edited.maxAge());
        }
    }

    /** What was written says what was read: it restricts as much, permits no more, and is fresh for no longer. */
    private static void isNoWeaker(CacheDirectives written, CacheDirectives read) {
        for (String name : RESTRICTIONS) {
            assertTrue(written.has(name) || !read.has(name), name);
        }
        for (String name : PERMISSIONS) {
            assertTrue(!written.has(name) || read.has(name), name);
        }
        boolean isPermitted =
                read.mustRevalidate() && !read.without("must-revalidate").mustRevalidate();
        assertTrue(isPermitted
                || !written.mustRevalidate()
                || written.without("must-revalidate").mustRevalidate());
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
