package dev.pagecache.sample.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AtlasTest {

    private final Atlas atlas = new Atlas();

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    0041  | Code point      | U+0041 (65)
                    0041  | Category        | Upper-case letter (Lu)
                    0041  | Script          | Latin
                    0041  | Block           | Basic Latin
                    0041  | Lower case      | a  U+0061
                    0041  | Direction       | left to right (L)
                    0041  | Combining       | no
                    00DF  | Upper case      | SS  U+0053 U+0053
                    01C6  | Title case      | \u01C5  U+01C5
                    00E9  | Decomposes to   | e\u0301  U+0065 U+0301
                    FB01  | Compatible with | fi  U+0066 U+0069
                    0301  | Combining       | yes
                    0301  | Direction       | as its base (NSM)
                    05D0  | Direction       | right to left (R)
                    0028  | Mirrored        | yes
                    2167  | Numeric value   | 8
                    00BD  | Numeric value   | no whole number
                    1F600 | UTF-8           | F0 9F 98 80
                    1F600 | UTF-16          | D83D DE00
                    1F600 | HTML            | &#x1F600;
                    1F600 | CSS             | \\01F600
                    1F600 | URL             | %F0%9F%98%80
                    D800  | UTF-8           | \u2013
                    """)
    void character_fact_isWhatTheStandardSays(String hex, String label, String value) {
        String found = atlas.character(hex).orElseThrow().groups().stream()
                .flatMap(group -> group.facts().stream())
                .filter(fact -> fact.label().equals(label))
                .map(Fact::value)
                .findFirst()
                .orElse("absent");
        assertEquals(value, found);
    }

    @Test
    void character_letter_hasNoNumericValue() {
        boolean numeric = atlas.character("0041").orElseThrow().groups().stream()
                .flatMap(group -> group.facts().stream())
                .anyMatch(fact -> fact.label().equals("Numeric value"));
        assertFalse(numeric);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "0378", "110000", "zz", "<script>"})
    void character_noneAssigned_givesNothing(String hex) {
        assertEquals(Optional.empty(), atlas.character(hex));
    }

    @Test
    void character_neighbours_skipUnassignedCodePoints() {
        CharacterPage page = atlas.character("0377").orElseThrow();
        assertNotNull(page.next());
        assertEquals("037A", page.next().hex());
        assertNull(atlas.character("0000").orElseThrow().previous());
        assertNull(atlas.character("10FFFD").orElseThrow().next());
    }

    @Test
    void character_deepInBlock_knowsItsPage() {
        assertEquals(2, atlas.character("AD00").orElseThrow().blockPage());
        assertEquals(1, atlas.character("ACFF").orElseThrow().blockPage());
    }

    @Test
    void report_tables_addUpToAllCharacters() {
        Report report = atlas.report();
        assertEquals(report.assigned(), sum(report.categories()));
        assertEquals(report.assigned(), sum(report.scripts()));
        assertEquals("100.00", report.scripts().get(0).width());
    }

    @Test
    void days_sameDate_giveSameCharacters() {
        LocalDate today = LocalDate.of(2026, 11, 22);
        List<DayCharacter> days = atlas.days(today, 7);
        assertEquals(days, new Atlas().days(today, 7));
        assertEquals(today.minusDays(6), days.get(6).date());
        assertEquals(7, days.stream().map(day -> day.cell().hex()).distinct().count());
    }

    private static int sum(List<Tally> table) {
        return table.stream().mapToInt(Tally::count).sum();
    }
}
