package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class FieldsTest {
    private static final Fields FIELDS = Fields.of("Vary", "A", "ETag", "\"1\"", "vary", "B");

    @Test
    @DisplayName("RFC 9110 section 5.1: names have no letter case")
    void lines_areFoundInAnyLetterCase() {
        assertEquals("A", FIELDS.first("VARY"));
        assertEquals(List.of("A", "B"), FIELDS.all("vAry"));
        assertTrue(FIELDS.has("etag"));
        assertFalse(FIELDS.has("Age"));
        assertNull(FIELDS.first("Age"));
        assertEquals(List.of(), FIELDS.all("Age"));
    }

    @Test
    void lines_keepOrderAndSpelling() {
        List<String> lines = new ArrayList<>();
        FIELDS.forEach((name, value) -> lines.add(name + '=' + value));
        assertEquals(List.of("Vary=A", "ETag=\"1\"", "vary=B"), lines);
        assertEquals(3, FIELDS.size());
        assertEquals("vary", FIELDS.name(2));
        assertEquals("B", FIELDS.value(2));
    }

    @Test
    void with_replacesAllLines() {
        assertEquals(Fields.of("ETag", "\"1\"", "VARY", "C"), FIELDS.with("VARY", "C"));
        assertEquals(Fields.of("A", "1"), Fields.empty().with("A", "1"));
    }

    @Test
    void without_dropsWhatIsNamed() {
        assertEquals(
                Fields.of("ETag", "\"1\""),
                FIELDS.without(name -> name.toLowerCase(Locale.ROOT).equals("vary")));
        assertEquals(Fields.empty(), FIELDS.without(name -> true));
    }

    @Test
    void of_isACopyOfPairs() {
        String[] lines = {"A", "1"};
        Fields fields = Fields.of(lines);
        lines[1] = "2";
        assertEquals("1", fields.first("a"));
        assertThrows(IllegalArgumentException.class, () -> Fields.of("A"));
    }

    @Test
    @SuppressWarnings("EqualsIncompatibleType") // records with fields are compared with anything
    void equals_isByLines() {
        assertEquals(Fields.of("A", "1").hashCode(), Fields.of("A", "1").hashCode());
        assertEquals(Fields.of("A", "1"), Fields.of("A", "1"));
        assertNotEquals(Fields.of("A", "1"), Fields.of("a", "1"));
        assertFalse(Fields.empty().equals("Fields[]"));
    }

    @Test
    void toString_saysNoValues() {
        assertEquals("Fields[A]", Fields.of("A", "secret").toString());
    }
}
