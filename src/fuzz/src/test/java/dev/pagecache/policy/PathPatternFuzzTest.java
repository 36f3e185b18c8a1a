package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.util.List;

/** Path patterns against a plain table of all places. Lines: the pattern, the mapped path. */
final class PathPatternFuzzTest {
    @Seeds("path-pattern")
    @FuzzTest
    void match(byte[] bytes) {
        FuzzInput.run(bytes, PathPatternFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        List<String> lines = input.unicodeLines();
        String text = lines.get(0);
        String path = lines.size() > 1 ? lines.get(1) : "";
        PathPattern pattern;
        try {
            pattern = PathPattern.of(text);
        } catch (IllegalArgumentException e) {
            assertTrue(String.valueOf(e.getMessage()).contains(text));
            assertTrue(!text.startsWith("/") && !text.startsWith("**"));
            return;
        }
        boolean isMatch = input.bounded(() -> pattern.matches(path));
        assertEquals(expected(text, path), isMatch);
    }

    private static boolean expected(String pattern, String path) {
        if (pattern.equals("/") || pattern.equals("/*")) {
            return true;
        }
        if (pattern.startsWith("*.")) {
            return path.endsWith(pattern.substring(1));
        }
        if (pattern.endsWith("/*") && pattern.indexOf('*') == pattern.length() - 1) {
            String parent = pattern.substring(0, pattern.length() - 2);
            return path.equals(parent) || path.startsWith(parent + "/");
        }
        return globMatches(pattern, path);
    }

    /** Whether each end of the pattern matches each end of the path, from the shortest on. */
    private static boolean globMatches(String glob, String path) {
        boolean[][] matches = new boolean[glob.length() + 1][path.length() + 1];
        matches[glob.length()][path.length()] = true;
        for (int g = glob.length() - 1; g >= 0; g--) {
            boolean isStar = glob.charAt(g) == '*';
            boolean isDouble = isStar && glob.startsWith("**", g);
            int next = isDouble ? g + 2 : g + 1;
            for (int p = path.length(); p >= 0; p--) {
                boolean isLeft = p < path.length();
                matches[g][p] = isStar
                        ? matches[next][p] || (isLeft && (isDouble || path.charAt(p) != '/') && matches[g][p + 1])
                        : isLeft && glob.charAt(g) == path.charAt(p) && matches[g + 1][p + 1];
            }
        }
        return matches[0][0];
    }
}
