package dev.pagecache.sample.atlas;

import java.text.Collator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The languages and countries of the world in one language.
 *
 * @param tag the language as a BCP 47 tag
 * @param self the language's name in itself
 * @param direction {@code ltr} or {@code rtl}
 * @param languages sorted as the language sorts
 * @param countries sorted as the language sorts
 */
public record LanguagePage(String tag, String self, String direction, List<Named> languages, List<Named> countries) {

    /** Keeps copies of the lists. */
    public LanguagePage {
        languages = List.copyOf(languages);
        countries = List.copyOf(countries);
    }

    /**
     * The page for a reader.
     *
     * @param wanted the languages that the reader wants, best first
     * @return in the first of them that the JDK speaks, else in English
     */
    public static LanguagePage of(List<Locale> wanted) {
        return in(choose(wanted));
    }

    private static LanguagePage in(Locale locale) {
        Comparator<Named> order = Comparator.comparing(Named::name, Collator.getInstance(locale)::compare)
                .thenComparing(Named::code);
        Set<String> spoken = spoken();
        List<Named> languages = new ArrayList<>();
        for (String code : Locale.getISOLanguages()) {
            Locale language = Locale.forLanguageTag(code);
            if (!language.toLanguageTag().equals(code)) {
                continue; // A withdrawn code, which stands for a language that has another.
            }
            String name = language.getDisplayLanguage(locale);
            String own = spoken.contains(code) ? language.getDisplayLanguage(language) : "";
            languages.add(new Named(code, name, own.equals(name) ? "" : own));
        }
        List<Named> countries = new ArrayList<>();
        for (String code : Locale.getISOCountries()) {
            Locale country = new Locale.Builder().setRegion(code).build();
            countries.add(new Named(code, country.getDisplayCountry(locale), ""));
        }
        languages.sort(order);
        countries.sort(order);
        String self = locale.getDisplayName(locale);
        return new LanguagePage(locale.toLanguageTag(), self, direction(self), languages, countries);
    }

    private static Locale choose(List<Locale> wanted) {
        Set<String> spoken = spoken();
        for (Locale locale : wanted) {
            for (Locale candidate : List.of(locale.stripExtensions(), Locale.forLanguageTag(locale.getLanguage()))) {
                if (!candidate.getLanguage().isEmpty() && spoken.contains(candidate.toLanguageTag())) {
                    return candidate;
                }
            }
        }
        return Locale.ENGLISH;
    }

    private static Set<String> spoken() {
        return Stream.of(Locale.getAvailableLocales())
                .map(Locale::toLanguageTag)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String direction(String text) {
        return switch (Character.getDirectionality(text.codePointAt(0))) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> "rtl";
            default -> "ltr";
        };
    }
}
