package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.policy.PageNames.Kinds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Under which names a page can be purged. */
final class PageNamesTest {
    private static final PagePolicy DEFAULTS = PolicyBuilder.defaults();
    private static final String ORIGIN = "http://example.com:80";

    private static List<String> names(String path, PagePolicy policy, Kinds kinds, String... tags) {
        List<String> names = new ArrayList<>();
        TestRequest request = TestRequest.get(path);
        assertFalse(PageNames.of(request, policy).any(List.of(tags), kinds, name -> !names.add(name)));
        return names;
    }

    @ParameterizedTest
    @CsvSource({
        "/,            /",
        "/a,           /|/a",
        "/a/,          /|/a",
        "/a/b,         /|/a|/a/b",
        "/a/b/,        /|/a|/a/b",
        "/ab,          /|/ab",
        "/a//b,        /|/a|/a//b",
        "//a,          /|//a",
        "//,           /",
        "/a%2Fb/c,     /|/a%2Fb|/a%2Fb/c",
        "/A/%61,       /|/A|/A/%61",
        "'',           /",
        "/a/../b,      /|/a|/a/..|/a/../b"
    })
    void any_path_endsAtItsSegmentsWithAndWithoutOrigin(String path, String expected) {
        List<String> names = new ArrayList<>();
        for (String above : expected.split("\\|", -1)) {
            names.add("path:" + above);
            names.add("path:" + ORIGIN + above);
        }
        assertEquals(names, names(path, DEFAULTS, kind -> kind == 'p'));
    }

    @ParameterizedTest
    @CsvSource({"31, false", "32, false", "33, true", "60, true"})
    void any_deepPath_isUnderTheNameOfAllThatIsTooDeep(int segments, boolean isTooDeep) {
        List<String> names = names("/s".repeat(segments), DEFAULTS, kind -> kind == 'p');
        assertEquals(isTooDeep, names.contains("path:*"));
        assertEquals(2 + 2 * Math.min(32, segments) + (isTooDeep ? 1 : 0), names.size());
        assertTrue(names.contains("path:" + "/s".repeat(Math.min(32, segments))));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "u, url:http://example.com:80/p",
                "t, tag:news|tag:group:http://example.com:80#g",
                "a, all:",
                "*, *",
                "s, -"
            })
    void any_kind_isAskedForIfItWasRaised(char kind, @Nullable String expected) {
        List<String> names = names("/p", DEFAULTS, other -> other == kind, "news", "group:http://example.com:80#g");
        assertEquals(expected == null ? List.of() : List.of(expected.split("\\|", -1)), names);
    }

    @Test
    void any_pageOfASite_hasItsNamesButForUrlAndGroups() {
        PagePolicy policy =
                new PolicyBuilder().site("shop").authority("shop.example").build();
        assertEquals(
                List.of(
                        "url:http://shop.example/p",
                        "tag:shop news",
                        "tag:group:http://shop.example#g",
                        "all:shop",
                        "*",
                        "path:shop /",
                        "path:shop http://shop.example/",
                        "path:shop /p",
                        "path:shop http://shop.example/p"),
                names("/p", policy, Kinds.ALL, "news", "group:http://shop.example#g"));
        assertTrue(names("/s".repeat(33), policy, Kinds.ALL).contains("path:shop *"));
    }

    @Test
    void any_oneName_isEnough() {
        for (String name : names("/s".repeat(33), DEFAULTS, Kinds.ALL, "a", "b")) {
            assertTrue(
                    PageNames.of(TestRequest.get("/s".repeat(33)), DEFAULTS)
                            .any(List.of("a", "b"), Kinds.ALL, name::equals),
                    name);
        }
    }

    /** What is purged under one name is not purged under another that somebody could mean. */
    @Test
    void any_namesOfDifferentPages_meetOnlyAboveThem() {
        Set<String> one = new LinkedHashSet<>(names("/a/b", DEFAULTS, Kinds.ALL, "x"));
        Set<String> other =
                new LinkedHashSet<>(names("/a/b", new PolicyBuilder().site("s").build(), Kinds.ALL, "x"));
        other.retainAll(one);
        assertEquals(Set.of("*", "url:" + ORIGIN + "/a/b"), other);
        assertFalse(Collections.disjoint(one, names("/a/c", DEFAULTS, Kinds.ALL)));
    }
}
