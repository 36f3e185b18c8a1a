package dev.pagecache.servlet;

import dev.pagecache.http.Fields;
import dev.pagecache.policy.HiddenInputs;
import dev.pagecache.policy.PagePolicy;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of a request the application sees. The key is made of the same: {@link ServletRequestFacts} hides what is hidden
 * here.
 *
 * @param hidden what the settings hide
 * @param hidesConditions whether the client's conditions are hidden, because the cache answers them
 * @param conditions the cache's own conditions, seen in place of the client's
 * @param watchesAuthority whether the key holds another name than the request's host
 */
record Visibility(HiddenInputs hidden, boolean hidesConditions, ShownConditions conditions, boolean watchesAuthority) {

    /** Everything. */
    static final Visibility ALL = new Visibility(HiddenInputs.NONE, false, new ShownConditions(Fields.empty()), false);

    /** What is seen by an application whose answer may be stored; where it sees a range, its conditions, too. */
    static Visibility of(PagePolicy policy, ShownConditions conditions, boolean isRanged) {
        return new Visibility(policy.hidden(), !isRanged, conditions, policy.authority() != null);
    }

    boolean hidesField(@Nullable String name) {
        return hidesConditions
                && ("If-None-Match".equalsIgnoreCase(name)
                        || "If-Modified-Since".equalsIgnoreCase(name)
                        || "If-Range".equalsIgnoreCase(name));
    }

    /** What is seen in place of a hidden field. */
    @Nullable
    String condition(@Nullable String name) {
        return name == null ? null : conditions.first(name);
    }

    Enumeration<String> conditionLines(@Nullable String name) {
        return name == null ? Collections.emptyEnumeration() : Collections.enumeration(conditions.all(name));
    }

    /** Whether a field is the one whose value is seen in part. */
    boolean isCookie(@Nullable String name) {
        return !hidden.cookies().isEmpty() && "Cookie".equalsIgnoreCase(name);
    }

    @Nullable
    String cookieField(HttpServletRequest request) {
        List<String> lines = new ArrayList<>();
        for (Enumeration<String> all = request.getHeaders("Cookie"); all.hasMoreElements(); ) {
            lines.add(all.nextElement());
        }
        return hidden.visibleCookies(lines.isEmpty() ? null : String.join("; ", lines));
    }

    Cookie @Nullable [] cookies(Cookie @Nullable [] all) {
        if (all == null || hidden.cookies().isEmpty()) {
            return all;
        }
        List<Cookie> visible = new ArrayList<>();
        for (Cookie cookie : all) {
            if (!hidden.hidesCookie(cookie.getName())) {
                visible.add(cookie);
            }
        }
        return visible.isEmpty() ? null : visible.toArray(Cookie[]::new);
    }

    @Nullable
    String query(@Nullable String all) {
        return hidden.visibleQuery(all);
    }

    boolean hidesParameter(@Nullable String name) {
        return name != null && hidden.hidesParameter(name);
    }

    /** Where the key holds no order of parameters, the application sees none: it gets them by name. */
    Map<String, String[]> parameters(Map<String, String[]> all) {
        if (!hidden.changeQuery()) {
            return all;
        }
        Map<String, String[]> visible = new LinkedHashMap<>();
        Map<String, String[]> ordered = hidden.sortsQuery() ? new TreeMap<>(all) : all;
        ordered.forEach((name, values) -> {
            if (!hidden.hidesParameter(name)) {
                visible.put(name, values);
            }
        });
        return visible;
    }
}
