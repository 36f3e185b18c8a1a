package dev.pagecache.policy;

import java.util.Locale;
import java.util.TreeSet;

/** How keys hold a locale. {@link Locale#toString} gives one text for some locales that differ. */
public final class LocaleRules {
    private LocaleRules() {}

    /**
     * A text that no other locale has: the parts, each behind its length, then the extensions in their order.
     *
     * @param locale a locale, well-formed or not: containers take one from whatever a client sends
     * @return the text
     */
    public static String text(Locale locale) {
        StringBuilder text = new StringBuilder();
        append(text, locale.getLanguage());
        append(text, locale.getScript());
        append(text, locale.getCountry());
        append(text, locale.getVariant());
        if (locale.hasExtensions()) {
            for (Character key : new TreeSet<>(locale.getExtensionKeys())) {
                append(text.append(key.charValue()), locale.getExtension(key));
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String part) {
        text.append(part.length()).append(':').append(part);
    }
}
