package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** No-Vary-Search: queries have one form if and only if they are equivalent. Lines: the field, two queries. */
final class NoVarySearchFuzzTest {
    private record Parameter(String name, String value) {}

    @Seeds("no-vary-search")
    @FuzzTest
    void canonicalQuery(byte[] bytes) {
        FuzzInput.run(bytes, NoVarySearchFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        NoVarySearch rule = input.bounded(() -> NoVarySearch.parse(List.of(input.line(0))));
        String one = input.line(1);
        String other = input.line(2);
        String form = input.bounded(() -> rule.canonicalQuery(one));
        boolean isSame = form.equals(rule.canonicalQuery(other));
        if (rule.isDefault() || !isAscii(one) || !isAscii(other)) {
            assertEquals(one.equals(other), isSame);
            return;
        }
        assertTrue(isAscii(form));
        assertEquals(form, rule.canonicalQuery(form));
        assertEquals(rule.canonicalQuery(null), rule.canonicalQuery(""));
        List<Parameter> counting = counting(rule, one);
        List<Parameter> otherCounting = counting(rule, other);
        if (counting != null && otherCounting != null) {
            assertEquals(areEquivalent(rule, counting, otherCounting), isSame);
        }
    }

    private static boolean areEquivalent(NoVarySearch rule, List<Parameter> one, List<Parameter> other) {
        return rule.ignoresOrder() ? values(one).equals(values(other)) : one.equals(other);
    }

    private static Map<String, List<String>> values(List<Parameter> parameters) {
        Map<String, List<String>> values = new TreeMap<>();
        for (Parameter parameter : parameters) {
            values.computeIfAbsent(parameter.name(), name -> new ArrayList<>()).add(parameter.value());
        }
        return values;
    }

    /** The parameters that count, by another reading than the one that is tested; null if one is not UTF-8. */
    private static @Nullable List<Parameter> counting(NoVarySearch rule, String query) {
        List<Parameter> counting = new ArrayList<>();
        for (String part : FuzzInput.split(query, '&')) {
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals));
            String value = decode(equals < 0 ? "" : part.substring(equals + 1));
            if (name == null || value == null) {
                return null;
            }
            boolean isNamed = rule.names().contains(name);
            if (!part.isEmpty() && (rule.ignoresOthers() ? isNamed : !isNamed)) {
                counting.add(new Parameter(name, value));
            }
        }
        return counting;
    }

    private static @Nullable String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String digits = c == '%' && i + 2 < text.length() ? text.substring(i + 1, i + 3) : "";
            if (!digits.isEmpty() && digits.chars().allMatch(digit -> Character.digit(digit, 16) >= 0)) {
                bytes.write(Integer.parseInt(digits, 16));
                i += 2;
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
