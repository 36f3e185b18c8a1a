package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldsTest {
    private static final Fields FIELDS = Fields.of("Vary", "a", "X-Y", "1", "vary", "b", "Empty", "");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "null", textBlock = """
            Vary  | a    | a,b
            VARY  | a    | a,b
            x-y   | 1    | 1
            Empty | ~~   | ~~
            X     | null | null
            ~~    | null | null
            """)
    void lookup_name_findsItsLinesInOrderWithoutLetterCase(String name, String first, String all) {
        assertEquals(first, FIELDS.first(name));
        assertEquals(all == null ? List.of() : List.of(all.split(",", -1)), FIELDS.all(name));
        assertEquals(first != null, FIELDS.has(name));
    }

    @Test
    void lines_byIndex_keepOrderAndSpelling() {
        assertEquals(4, FIELDS.size());
        assertEquals("vary", FIELDS.name(2));
        assertEquals("b", FIELDS.value(2));
        assertThrows(IndexOutOfBoundsException.class, () -> FIELDS.name(4));
        assertThrows(IndexOutOfBoundsException.class, () -> FIELDS.value(4));
    }

    @Test
    void forEach_lines_visitsEachOnceInOrder() {
        List<String> seen = new ArrayList<>();
        FIELDS.forEach((name, value) -> seen.add(name + "=" + value));

        assertEquals(List.of("Vary=a", "X-Y=1", "vary=b", "Empty="), seen);
    }

    @Test
    void empty_anything_isNotThere() {
        assertEquals(0, Fields.empty().size());
        assertNull(Fields.empty().first("Vary"));
        assertFalse(Fields.empty().has("Vary"));
        assertEquals(Fields.empty(), Fields.of());
    }

    @Test
    void of_oddNumber_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Fields.of("Vary"));
    }

    @Test
    void of_arrayChangedAfterwards_keepsItsLines() {
        String[] lines = {"Vary", "a"};
        Fields fields = Fields.of(lines);
        lines[1] = "b";

        assertEquals("a", fields.first("Vary"));
    }

    @Test
    void with_fieldOfSeveralLines_becomesOneAtTheEnd() {
        assertEquals(Fields.of("X-Y", "1", "Empty", "", "VARY", "c"), FIELDS.with("VARY", "c"));
    }

    @Test
    void with_newField_isAdded() {
        assertEquals(Fields.of("A", "1", "B", "2"), Fields.of("A", "1").with("B", "2"));
    }

    @Test
    void with_anything_leavesTheOriginal() {
        Fields original = Fields.of("A", "1");
        original.with("A", "2");
        original.without(name -> true);

        assertEquals("1", original.first("A"));
    }

    @Test
    void without_predicate_getsNamesAsSpelled() {
        assertEquals(Fields.of("X-Y", "1", "vary", "b", "Empty", ""), FIELDS.without("Vary"::equals));
        assertEquals(Fields.empty(), FIELDS.without(name -> true));
        assertEquals(FIELDS, FIELDS.without(name -> false));
    }

    @Test
    void equals_lines_areComparedAsSpelledAndInOrder() {
        Fields same = Fields.of("Vary", "a", "X-Y", "1", "vary", "b", "Empty", "");

        assertEquals(FIELDS, same);
        assertEquals(FIELDS.hashCode(), same.hashCode());
        assertNotEquals(Fields.of("A", "1"), Fields.of("a", "1"));
        assertNotEquals(Fields.of("A", "1", "B", "2"), Fields.of("B", "2", "A", "1"));
        assertNotEquals(Fields.of("A", "1"), Fields.of("A", "2"));
    }

    @Test
    void toString_values_areNotShown() {
        String text = Fields.of("Set-Cookie", "secret").toString();

        assertTrue(text.contains("Set-Cookie"), text);
        assertFalse(text.contains("secret"), text);
    }
}
