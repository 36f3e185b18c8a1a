package dev.pagecache.policy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Inputs hidden from key and application alike: what cannot be seen can neither split the cache nor poison it.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param queryParameters names of query parameters
 * @param sortsQuery whether the query's parameters are sorted by name; those of one name keep their order
 * @param cookies names of cookies
 */
public record HiddenInputs(NamePatterns queryParameters, boolean sortsQuery, NamePatterns cookies) {

    /** Nothing is hidden. */
    public static final HiddenInputs NONE = new HiddenInputs(NamePatterns.NONE, false, NamePatterns.NONE);

    /**
     * What lists of names hide.
     *
     * @param queryParameters names of query parameters, exact or with {@code *} for any characters
     * @param sortsQuery whether the query's parameters are sorted by name
     * @param cookies names of cookies, exact or with {@code *} for any characters
     */
    public HiddenInputs(List<String> queryParameters, boolean sortsQuery, List<String> cookies) {
        this(NamePatterns.of(queryParameters), sortsQuery, NamePatterns.of(cookies));
    }

    /**
     * Whether queries are seen otherwise than they came.
     *
     * @return true if so
     */
    public boolean changeQuery() {
        return sortsQuery || !queryParameters.isEmpty();
    }

    /**
     * Whether a query parameter is hidden.
     *
     * @param name its name, decoded
     * @return true if so
     */
    public boolean hidesParameter(String name) {
        return queryParameters.matches(name);
    }

    /**
     * Whether a cookie is hidden.
     *
     * @param name its name
     * @return true if so
     */
    public boolean hidesCookie(String name) {
        return cookies.matches(name);
    }

    /**
     * The query as key and application see it.
     *
     * @param raw the query as it came, or null
     * @return the rest of it, or null if nothing is left
     */
    public @Nullable String visibleQuery(@Nullable String raw) {
        if (raw == null || !changeQuery()) {
            return raw;
        }
        List<String> visible = new ArrayList<>();
        for (String parameter : raw.split("&", -1)) {
            if (!hidesParameter(decodedName(parameter))) {
                visible.add(parameter);
            }
        }
        if (sortsQuery) {
            visible.sort(Comparator.comparing(HiddenInputs::decodedName));
        }
        return visible.isEmpty() ? null : String.join("&", visible);
    }

    /**
     * The Cookie field as key and application see it (RFC 6265 section 4.2.1). One with quotes is seen as it is: some
     * containers take a semicolon between quotes for a part of a value.
     *
     * @param field the field's value, or null
     * @return the rest of it, or null if nothing is left
     */
    public @Nullable String visibleCookies(@Nullable String field) {
        if (field == null || cookies.isEmpty() || field.indexOf('"') >= 0) {
            return field;
        }
        StringBuilder visible = new StringBuilder(field.length());
        for (String pair : field.split(";", -1)) {
            String cookie = pair.strip();
            int equals = cookie.indexOf('=');
            String name = equals < 0 ? cookie : cookie.substring(0, equals).strip();
            if (!cookie.isEmpty() && !hidesCookie(name)) {
                visible.append(visible.length() == 0 ? "" : "; ").append(cookie);
            }
        }
        return visible.length() == 0 ? null : visible.toString();
    }

    /** A name that cannot be decoded stays visible as it came. */
    private static String decodedName(String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        if (name.indexOf('%') < 0 && name.indexOf('+') < 0) {
            return name;
        }
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
