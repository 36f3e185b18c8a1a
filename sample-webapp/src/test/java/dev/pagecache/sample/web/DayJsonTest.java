package dev.pagecache.sample.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.sample.atlas.Cell;
import dev.pagecache.sample.atlas.DayCharacter;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DayJsonTest {

    private static final LocalDate DATE = LocalDate.of(2026, 11, 22);

    @Test
    void of_twoDays_areSeparatedByComma() {
        DayCharacter day = new DayCharacter(DATE, new Cell("0041", "A", "LATIN CAPITAL LETTER A"));
        String each =
                "{\"date\":\"2026-11-22\",\"codePoint\":\"0041\",\"glyph\":\"A\",\"name\":\"LATIN CAPITAL LETTER A\"}";
        assertEquals("{\"days\":[" + each + "," + each + "]}", DayJson.of(List.of(day, day)));
    }

    @Test
    void of_specialCharacters_areEscaped() {
        DayCharacter day = new DayCharacter(DATE, new Cell("0022", "\"\\\u0007", ""));
        assertEquals(
                "{\"days\":[{\"date\":\"2026-11-22\",\"codePoint\":\"0022\",\"glyph\":\"\\\"\\\\\\u0007\",\"name\":\"\"}]}",
                DayJson.of(List.of(day)));
    }
}
