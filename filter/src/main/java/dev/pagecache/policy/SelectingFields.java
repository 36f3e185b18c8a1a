package dev.pagecache.policy;

import dev.pagecache.http.AcceptField;
import dev.pagecache.http.FieldSource;
import dev.pagecache.http.FieldSyntax;
import dev.pagecache.http.Fields;
import dev.pagecache.http.WeightedName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selecting fields by meaning: requests that mean the same by a field have the same value here (RFC 9111 section 4.1).
 * What is not well-formed is given as it came, as are fields that are known to be no lists. Fields that are not known
 * are taken for lists: white space around commas and empty members never tell two of them apart.
 *
 * <p>As safe for use by many threads as the fields that it reads.
 */
public final class SelectingFields implements FieldSource {

    /** Fields of requests that are no lists, so that a comma in them may be part of their one value. */
    private static final Set<String> SINGLE = Set.of(
            "accept-datetime",
            "authorization",
            "content-disposition",
            "content-length",
            "content-location",
            "content-type",
            "cookie",
            "date",
            "expires",
            "from",
            "host",
            "if-modified-since",
            "if-range",
            "if-unmodified-since",
            "last-event-id",
            "last-modified",
            "max-forwards",
            "origin",
            "proxy-authorization",
            "range",
            "referer",
            "user-agent",
            "x-forwarded-uri",
            "x-original-url",
            "x-rewrite-url");

    private static final Comparator<WeightedName> BY_WEIGHT_THEN_NAME =
            Comparator.comparingInt(WeightedName::thousandths).reversed().thenComparing(WeightedName::name);

    private final FieldSource fields;

    /**
     * Selecting fields of a request.
     *
     * @param fields gives the fields as they came
     */
    public SelectingFields(FieldSource fields) {
        this.fields = fields;
    }

    /**
     * The value of a field in the form that all values of its meaning share.
     *
     * @param name field name, letter case ignored
     * @return the form, empty if a list has no members; null if the request has no such field
     */
    @Override
    public @Nullable String field(String name) {
        String value = fields.field(name);
        if (value == null || name.startsWith(":")) {
            return value;
        }
        String lowerCase = name.toLowerCase(Locale.ROOT);
        String form = switch (lowerCase) {
            case "accept" -> AcceptField.canonical(value);
            case "accept-charset" -> weighted(WeightedName.parse(value));
            case "accept-encoding" -> weighted(codings(value));
            case "accept-language" -> weighted(languages(value));
            default -> SINGLE.contains(lowerCase) ? value : String.join(", ", FieldSyntax.listMembers(List.of(value)));
        };
        return form == null ? value : form;
    }

    /** Order says nothing about names of equal weight (RFC 9110 section 12.5.4 for languages). */
    private static @Nullable String weighted(@Nullable List<WeightedName> names) {
        if (names == null) {
            return null;
        }
        List<WeightedName> sorted = new ArrayList<>(names);
        sorted.sort(BY_WEIGHT_THEN_NAME);
        StringBuilder form = new StringBuilder();
        for (WeightedName name : sorted) {
            form.append(form.isEmpty() ? "" : ", ").append(name.toFieldValue());
        }
        return form.toString();
    }

    /** The older names of two codings are equivalent to theirs (RFC 9110 sections 8.4.1.1 and 8.4.1.3). */
    private static @Nullable List<WeightedName> codings(String value) {
        List<WeightedName> names = WeightedName.parse(value);
        if (names != null) {
            names.replaceAll(name -> switch (name.name()) {
                case "x-gzip" -> new WeightedName("gzip", name.thousandths());
                case "x-compress" -> new WeightedName("compress", name.thousandths());
                default -> name;
            });
        }
        return names;
    }

    private static @Nullable List<WeightedName> languages(String value) {
        List<WeightedName> names = WeightedName.parse(value);
        if (names == null) {
            return null;
        }
        for (WeightedName name : names) {
            if (!name.name().equals("*") && !isLanguage(name.name())) {
                return null;
            }
        }
        return names;
    }

    /**
     * Whether a text is a basic language range other than {@code *}, as every language tag is (RFC 4647 section 2.1).
     */
    private static boolean isLanguage(String text) {
        int length = 0;
        boolean isFirst = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '-' && length > 0) {
                length = 0;
                isFirst = false;
            } else if (isLetter(c) || (!isFirst && c >= '0' && c <= '9')) {
                length++;
            } else {
                return false;
            }
            if (length > 8) {
                return false;
            }
        }
        return length > 0;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /**
     * The language that a client wants before all others (RFC 9110 section 12.5.4).
     *
     * @param acceptLanguage the field's combined value
     * @return the one language range of the highest weight, in lower case; null if several or none have it, if it is
     *     {@code *} or not acceptable, or if the field is not well-formed
     */
    public static @Nullable String bestLanguage(String acceptLanguage) {
        List<WeightedName> names = languages(acceptLanguage);
        if (names == null) {
            return null;
        }
        String best = null;
        int highest = 0;
        for (WeightedName name : names) {
            if (name.thousandths() > highest) {
                highest = name.thousandths();
                best = name.name();
            } else if (name.thousandths() == highest) {
                best = null;
            }
        }
        return best == null || best.equals("*") ? null : best;
    }

    /**
     * Whether a request asks for a language, be it by a shorter range (RFC 4647 section 3.3.1) or by {@code *}.
     *
     * @param acceptLanguage the field's combined value
     * @param language a language tag in lower case
     * @return true if a range that matches it has a weight above 0, and it is not itself refused; false also if the
     *     field is not well-formed
     */
    public static boolean acceptsLanguage(String acceptLanguage, String language) {
        List<WeightedName> names = languages(acceptLanguage);
        boolean isAccepted = false;
        for (WeightedName name : names == null ? List.<WeightedName>of() : names) {
            String range = name.name();
            if (range.equals(language) && name.thousandths() == 0) {
                return false;
            }
            isAccepted |= name.thousandths() > 0
                    && (range.equals("*") || range.equals(language) || language.startsWith(range + "-"));
        }
        return isAccepted;
    }

    /**
     * The language that a response is in (RFC 9110 section 8.5).
     *
     * @param response the response's fields
     * @return the one language tag of its Content-Language, in lower case; null if there are several or none, or if it
     *     is not well-formed
     */
    public static @Nullable String contentLanguage(Fields response) {
        List<String> tags = FieldSyntax.listMembers(response.all("Content-Language"));
        return tags.size() == 1 && isLanguage(tags.get(0)) ? tags.get(0).toLowerCase(Locale.ROOT) : null;
    }
}
