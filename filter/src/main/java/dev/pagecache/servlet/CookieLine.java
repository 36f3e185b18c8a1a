package dev.pagecache.servlet;

import dev.pagecache.http.HttpDate;
import jakarta.servlet.http.Cookie;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value of Set-Cookie for a cookie (RFC 6265 section 4.1). */
final class CookieLine {
    private CookieLine() {}

    static String of(Cookie cookie, Instant now) {
        String value = cookie.getValue();
        StringBuilder line = new StringBuilder(cookie.getName()).append('=').append(value == null ? "" : value);
        add(line, "Path", cookie.getPath());
        add(line, "Domain", cookie.getDomain());
        int maxAge = cookie.getMaxAge();
        if (maxAge >= 0) {
            add(line, "Expires", HttpDate.format(maxAge == 0 ? Instant.EPOCH : now.plusSeconds(maxAge)));
            add(line, "Max-Age", Integer.toString(maxAge));
        }
        flag(line, "Secure", cookie.getSecure());
        flag(line, "HttpOnly", cookie.isHttpOnly());
        for (Map.Entry<String, String> attribute : cookie.getAttributes().entrySet()) {
            if (!isKnown(attribute.getKey())) {
                add(line, attribute.getKey(), attribute.getValue());
            }
        }
        return line.toString();
    }

    private static boolean isKnown(String attribute) {
        return switch (attribute.toLowerCase(Locale.ROOT)) {
            case "path", "domain", "expires", "max-age", "secure", "httponly" -> true;
            default -> false;
        };
    }

    private static void add(StringBuilder line, String name, @Nullable String value) {
        if (value != null && value.isEmpty()) {
            line.append("; ").append(name);
        } else if (value != null) {
            line.append("; ").append(name).append('=').append(value);
        }
    }

    private static void flag(StringBuilder line, String name, boolean isSet) {
        if (isSet) {
            line.append("; ").append(name);
        }
    }
}
