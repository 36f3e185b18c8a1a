package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hidden parameters and cookies. Lines: patterns separated by commas, the query, the Cookie field. */
final class HiddenInputsFuzzTest {
    private record Visible(@Nullable String text) {}

    @Seeds("hidden-inputs")
    @FuzzTest
    void hide(byte[] bytes) {
        FuzzInput.run(bytes, HiddenInputsFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        List<String> patterns = FuzzInput.split(input.line(0), ',');
        String query = input.line(1);
        String cookies = input.line(2);
        assertEquals(query, HiddenInputs.NONE.visibleQuery(query));
        assertEquals(cookies, HiddenInputs.NONE.visibleCookies(cookies));

        HiddenInputs plain = new HiddenInputs(patterns, false, patterns);
        String visible = visibleQuery(input, plain, query);
        assertTrue(isSubsequence(parts(visible, '&'), parts(query, '&')), visible);
        assertEquals(visible, plain.visibleQuery(visible));
        for (String part : parts(visible, '&')) {
            assertTrue(
                    !plain.hidesParameter(FuzzInput.split(part, '=').get(0))
                            || part.indexOf('%') >= 0
                            || part.indexOf('+') >= 0,
                    part);
        }
        for (String part : parts(query, '&')) {
            assertEquals(plain.visibleQuery(part) == null, !parts(visible, '&').contains(part), part);
        }

        HiddenInputs sorting = new HiddenInputs(patterns, true, List.of());
        String sorted = visibleQuery(input, sorting, query);
        assertEquals(sorted, sorting.visibleQuery(sorted));
        assertEquals(sorted(parts(visible, '&')), sorted(parts(sorted, '&')));
        checkCookies(input, plain, cookies);
    }

    private static void checkCookies(FuzzInput input, HiddenInputs hidden, String field) {
        String visible =
                input.bounded(() -> new Visible(hidden.visibleCookies(field))).text();
        assertEquals(visible, hidden.visibleCookies(visible));
        if (field.indexOf('"') >= 0) {
            assertEquals(field, visible);
            return;
        }
        for (String pair : parts(visible, ';')) {
            assertTrue(
                    !pair.isBlank()
                            && !hidden.hidesCookie(
                                    FuzzInput.split(pair, '=').get(0).strip()),
                    pair);
            assertTrue(field.contains(pair.strip()), pair);
        }
        for (String pair : parts(field, ';')) {
            boolean isHidden = pair.isBlank()
                    || hidden.hidesCookie(
                            FuzzInput.split(pair.strip(), '=').get(0).strip());
            assertTrue(isHidden || (visible != null && visible.contains(pair.strip())), pair);
        }
    }

    private static @Nullable String visibleQuery(FuzzInput input, HiddenInputs hidden, String query) {
        return input.bounded(() -> new Visible(hidden.visibleQuery(query))).text();
    }

    private static List<String> parts(@Nullable String text, char separator) {
        return text == null ? List.of() : FuzzInput.split(text, separator);
    }

    private static List<String> sorted(List<String> parts) {
        List<String> sorted = new ArrayList<>(parts);
        sorted.sort(null);
        return sorted;
    }

    private static boolean isSubsequence(List<String> parts, List<String> whole) {
        int found = 0;
        for (String part : whole) {
            if (found < parts.size() && parts.get(found).equals(part)) {
                found++;
            }
        }
        return found == parts.size();
    }
}
