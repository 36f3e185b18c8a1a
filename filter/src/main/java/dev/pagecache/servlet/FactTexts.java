package dev.pagecache.servlet;

import dev.pagecache.policy.HiddenInputs;
import dev.pagecache.policy.LocaleRules;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the getters of a request answer, as one text each: equal only where the answers are. What is hidden from the
 * application is left out. Confined to one request.
 */
final class FactTexts {
    private final HttpServletRequest request;
    private final HiddenInputs hidden;

    FactTexts(HttpServletRequest request, HiddenInputs hidden) {
        this.request = request;
        this.hidden = hidden;
    }

    /** The value of the first cookie of a name, null if there is none or it is hidden. */
    @Nullable
    String cookie(String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null || hidden.hidesCookie(name)) {
            return null;
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(name)) {
                return cookie.getValue();
            }
        }
        return null;
    }

    /** As a wrapper gives them, where the field is another. */
    @Nullable
    String cookies() {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return null;
        }
        StringBuilder all = new StringBuilder();
        for (Cookie cookie : cookies) {
            if (!hidden.hidesCookie(cookie.getName())) {
                append(append(all, cookie.getName()), cookie.getValue());
            }
        }
        return all.toString();
    }

    /** By both methods: a wrapper may override one of them. */
    @Nullable
    String parameter(String name) {
        if (hidden.hidesParameter(name)) {
            return null;
        }
        StringBuilder all = append(new StringBuilder(), request.getParameter(name));
        @Nullable String[] values = request.getParameterValues(name);
        if (values == null) {
            return all.append('-').toString();
        }
        for (String value : values) {
            append(all, value);
        }
        return all.append('.').toString();
    }

    String parameters() {
        StringBuilder all = new StringBuilder();
        Map<String, String[]> sorted = new TreeMap<>(request.getParameterMap());
        sorted.forEach((name, values) -> {
            if (!hidden.hidesParameter(name)) {
                append(all, name).append(values.length).append('=');
                for (String value : values) {
                    append(all, value);
                }
            }
        });
        return all.toString();
    }

    /** A field as number and as date. */
    String number(String name) {
        StringBuilder all = new StringBuilder();
        try {
            all.append(request.getIntHeader(name));
        } catch (IllegalArgumentException e) {
            all.append('!');
        }
        try {
            all.append(' ').append(request.getDateHeader(name));
        } catch (IllegalArgumentException e) {
            all.append('!');
        }
        return all.toString();
    }

    String locales() {
        StringBuilder all = new StringBuilder();
        Locale first = request.getLocale();
        append(all, first == null ? null : LocaleRules.text(first));
        for (Enumeration<Locale> locales = request.getLocales(); locales.hasMoreElements(); ) {
            append(all, LocaleRules.text(locales.nextElement()));
        }
        return all.toString();
    }

    String fieldNames() {
        TreeSet<String> names = new TreeSet<>();
        for (Enumeration<String> all = request.getHeaderNames(); all.hasMoreElements(); ) {
            names.add(all.nextElement().toLowerCase(Locale.ROOT));
        }
        return String.join(" ", names);
    }

    /** Behind its length, so that different lists differ. */
    static StringBuilder append(StringBuilder all, @Nullable String text) {
        return text == null
                ? all.append('-')
                : all.append(text.length()).append(':').append(text);
    }
}
