package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LocaleRulesTest {

    /** Some of them have one {@link Locale#toString}. */
    @Test
    @SuppressWarnings("deprecation") // what containers call, from JDK 19 on
    void text_localesThatDiffer_differs() {
        List<Locale> locales = List.of(
                Locale.ROOT,
                Locale.ENGLISH,
                Locale.UK,
                new Locale("en_gb"),
                new Locale("en", "GB", "A_B"),
                new Locale("en", "GB_A", "B"),
                new Locale("en_GB", "A", "B"),
                new Locale("", "GB"),
                new Locale("_GB"),
                new Locale("", "", "POSIX"),
                new Locale("zh", "TW", "#Hant"),
                Locale.forLanguageTag("zh-Hant-TW"),
                Locale.forLanguageTag("zh-Hans-TW"),
                Locale.forLanguageTag("zh-TW-u-ca-roc"),
                Locale.forLanguageTag("zh-TW-u-ca-roc-x-a"),
                Locale.forLanguageTag("zh-TW-x-a"));
        Set<String> texts = new HashSet<>();
        for (Locale locale : locales) {
            texts.add(LocaleRules.text(locale));
        }
        assertEquals(locales.size(), texts.size());
        assertEquals("2:en0:2:GB0:", LocaleRules.text(Locale.UK));
    }
}
