package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import dev.pagecache.http.AcceptField;
import dev.pagecache.http.FieldSyntax;
import dev.pagecache.http.WeightedName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Selecting fields by meaning: a form stands for itself, and has all that its field says. Lines: name, value. */
final class SelectingFieldsFuzzTest {
    private static final Comparator<WeightedName> ORDER =
            Comparator.comparing(WeightedName::name).thenComparingInt(WeightedName::thousandths);

    @Seeds("selecting")
    @FuzzTest
    void field(byte[] bytes) {
        FuzzInput.run(bytes, SelectingFieldsFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        String name = input.line(0);
        String value = input.line(1);
        String form = input.bounded(() -> form(name, value));
        assertEquals(form, form(name, form));
        if (!name.startsWith(":")) {
            assertEquals(meaning(name, value), meaning(name, form));
        }
        String best = SelectingFields.bestLanguage(value);
        assertEquals(best, SelectingFields.bestLanguage(form("Accept-Language", value)));
        assertTrue(best == null || value.toLowerCase(Locale.ROOT).contains(best));
    }

    private static String form(String name, String value) {
        return Objects.requireNonNull(new SelectingFields(asked -> value).field(name));
    }

    /** What a field says, in which fields with different forms differ. */
    private static Object meaning(String name, String value) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "accept" -> Objects.requireNonNullElse(AcceptField.canonical(value), value);
            case "accept-charset", "accept-encoding", "accept-language" -> weighted(value);
            case "cookie", "user-agent", "authorization", "date" -> value;
            default -> FieldSyntax.listMembers(List.of(value));
        };
    }

    private static Object weighted(String value) {
        List<WeightedName> names = WeightedName.parse(value);
        if (names == null) {
            return value;
        }
        List<WeightedName> sorted = new ArrayList<>();
        for (WeightedName name : names) {
            boolean isOld = name.name().equals("x-gzip") || name.name().equals("x-compress");
            sorted.add(isOld ? new WeightedName(name.name().substring(2), name.thousandths()) : name);
        }
        sorted.sort(ORDER);
        return sorted;
    }
}
