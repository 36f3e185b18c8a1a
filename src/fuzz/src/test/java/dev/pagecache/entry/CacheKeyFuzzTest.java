package dev.pagecache.entry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys: two requests have one key if and only if all their parts are the same. The lines are parts of one request and,
 * after a line {@code ==}, of another; a part that starts with a digit is repeated so often.
 */
final class CacheKeyFuzzTest {
    private static final int TEXTS = 6;

    /** The parts of a request: six texts, a query or none, a port, and selecting fields with values or none. */
    private record Request(
            List<String> texts, @Nullable String query, int port, TreeMap<String, @Nullable String> fields) {

        static Request of(List<String> lines) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < TEXTS; i++) {
                texts.add(i < lines.size() ? repeated(lines.get(i)) : "");
            }
            TreeMap<String, @Nullable String> fields = new TreeMap<>();
            for (String line : lines.subList(Math.min(TEXTS, lines.size()), lines.size())) {
                int colon = line.indexOf(':');
                fields.put(colon < 0 ? line : line.substring(0, colon), colon < 0 ? null : line.substring(colon + 1));
            }
            return new Request(
                    texts, texts.get(5).isEmpty() ? null : texts.get(5).substring(1), lines.size() * 40_503, fields);
        }

        private static String repeated(String line) {
            boolean isDigit = !line.isEmpty() && line.charAt(0) >= '0' && line.charAt(0) <= '9';
            return isDigit ? line.substring(1).repeat(line.charAt(0) - '0') : line;
        }

        /** This request with the last character of a part at the start of the next one. */
        Request shifted(int part) {
            List<String> shifted = new ArrayList<>(texts);
            String from = texts.get(part);
            String to = texts.get(part + 1);
            int cut = Math.max(0, from.length() - 1);
            shifted.set(part, from.substring(0, cut));
            shifted.set(part + 1, from.substring(cut) + to);
            return new Request(shifted, query, port, fields);
        }

        CacheKey base() {
            return url(List.of());
        }

        CacheKey url(List<String> fixedNames) {
            return CacheKey.url(
                    texts.get(0),
                    texts.get(1),
                    texts.get(2),
                    port,
                    texts.get(3),
                    texts.get(4),
                    query,
                    fixedNames,
                    fields::get);
        }

        CacheKey variant() {
            return base().variant(names(), fields::get);
        }

        List<String> names() {
            return List.copyOf(fields.keySet());
        }

        boolean hasUrlOf(Request other) {
            return texts.subList(0, 5).equals(other.texts.subList(0, 5))
                    && port == other.port
                    && Objects.equals(query, other.query);
        }

        int characters() {
            int characters = query == null ? 0 : query.length();
            for (String text : texts.subList(0, 5)) {
                characters += text.length();
            }
            return characters;
        }
    }

    @Seeds("cache-key")
    @FuzzTest
    void key(byte[] bytes) {
        FuzzInput.run(bytes, CacheKeyFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        List<String> lines = input.unicodeLines();
        int separator = lines.indexOf("==");
        Request one = Request.of(lines.subList(0, separator < 0 ? lines.size() : separator));
        Request other = Request.of(lines.subList(separator + 1, lines.size()));
        CacheKey base = input.bounded(one::base);
        assertTrue(base.isBase());
        assertTrue(base.length() <= 3 * one.characters() + 64, () -> "length " + base.length());
        compare(base, other.base(), one.hasUrlOf(other));
        boolean isSameSelection = one.fields.equals(other.fields);
        compare(one.variant(), other.variant(), one.hasUrlOf(other) && isSameSelection);
        compare(one.url(one.names()), other.url(other.names()), one.hasUrlOf(other) && isSameSelection);
        compare(base, other.variant(), false);
        for (int part = 0; part < 4; part++) {
            Request shifted = one.shifted(part);
            compare(base, shifted.base(), one.hasUrlOf(shifted));
        }
        checkVariant(base, one.variant());
    }

    private static void checkVariant(CacheKey base, CacheKey variant) {
        assertEquals(base.length(), variant.baseLength());
        assertArrayEquals(base.toBytes(), Arrays.copyOf(variant.toBytes(), base.length()));
        assertTrue(!variant.isBase() && variant.remoteName().startsWith(base.remoteName() + ":"));
    }

    private static void compare(CacheKey one, CacheKey other, boolean isSame) {
        assertEquals(isSame, one.equals(other));
        assertEquals(isSame, one.compareTo(other) == 0);
        assertEquals(isSame, Arrays.equals(one.toBytes(), other.toBytes()));
        assertEquals(isSame, one.remoteName().equals(other.remoteName()));
        assertTrue(!isSame || one.hashCode() == other.hashCode());
        assertEquals(Arrays.hashCode(one.toBytes()), one.hashCode());
    }
}
