package dev.pagecache.sample.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LanguagePageTest {

    @ParameterizedTest(name = "{0} gets {1}, {2}; Germany is {3}")
    @CsvSource(delimiter = '|', textBlock = """
                    de          | de    | ltr | Deutschland
                    de-CH       | de-CH | ltr | Deutschland
                    fr-XX       | fr    | ltr | Allemagne
                    tlh,ja      | ja    | ltr | \u30C9\u30A4\u30C4
                    ar          | ar    | rtl | \u0623\u0644\u0645\u0627\u0646\u064A\u0627
                    tlh         | en    | ltr | Germany
                    """)
    void of_wantedLanguages_speaksTheFirstItKnows(String wanted, String tag, String direction, String germany) {
        List<Locale> locales =
                Stream.of(wanted.split(",", -1)).map(Locale::forLanguageTag).toList();
        LanguagePage page = LanguagePage.of(locales);
        assertEquals(tag, page.tag());
        assertEquals(direction, page.direction());
        assertEquals(germany, named(page.countries(), "DE").name());
    }

    @Test
    void of_nothingWanted_speaksEnglish() {
        assertEquals("en", LanguagePage.of(List.of()).tag());
    }

    @Test
    void of_language_namesItselfInItself() {
        LanguagePage page = LanguagePage.of(List.of(Locale.ENGLISH));
        assertEquals(new Named("de", "German", "Deutsch"), named(page.languages(), "de"));
        assertEquals(new Named("en", "English", ""), named(page.languages(), "en"));
    }

    @Test
    void of_withdrawnCodes_areLeftOut() {
        LanguagePage page = LanguagePage.of(List.of(Locale.ENGLISH));
        List<String> indonesian = page.languages().stream()
                .filter(each -> each.name().equals("Indonesian"))
                .map(Named::code)
                .toList();
        assertEquals(List.of("id"), indonesian);
        assertTrue(page.countries().size() > 200);
    }

    private static Named named(List<Named> list, String code) {
        return list.stream()
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
