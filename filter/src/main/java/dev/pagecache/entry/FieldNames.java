package dev.pagecache.entry;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of common field names in the byte format. Append only: a number that was ever written keeps its name, because
 * records of another release may hold it. A name in another letter case is not in the table and is spelled out.
 */
final class FieldNames {
    /** Number of a name that is spelled out. */
    static final int SPELLED_OUT = 0;

    /** The name of number n stands at n - 1. At most 255. */
    private static final String[] NAMES = {
        "Age",
        "Allow",
        "Cache-Control",
        "CDN-Cache-Control",
        "Content-Disposition",
        "Content-Encoding",
        "Content-Language",
        "Content-Length",
        "Content-Location",
        "Content-Range",
        "Content-Security-Policy",
        "Content-Type",
        "Date",
        "ETag",
        "Expires",
        "Last-Modified",
        "Link",
        "Location",
        "Pragma",
        "Referrer-Policy",
        "Retry-After",
        "Server",
        "Server-Timing",
        "Set-Cookie",
        "Strict-Transport-Security",
        "Surrogate-Control",
        "Vary",
        "Via",
        "Warning",
        "WWW-Authenticate",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "X-Powered-By",
        "X-Robots-Tag",
        "X-XSS-Protection",
        "Access-Control-Allow-Origin",
        "Access-Control-Allow-Credentials",
        "Access-Control-Allow-Headers",
        "Access-Control-Allow-Methods",
        "Access-Control-Expose-Headers",
        "Access-Control-Max-Age",
        "Accept-Ranges",
        "Alt-Svc",
        "Content-Security-Policy-Report-Only",
        "Cross-Origin-Embedder-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "Permissions-Policy",
        "Timing-Allow-Origin",
        "X-Request-Id",
    };

    private static final Map<String, Integer> NUMBERS = numbers();

    private FieldNames() {}

    /** The number of a name in this letter case, or {@link #SPELLED_OUT}. */
    static int numberOf(String name) {
        Integer number = NUMBERS.get(name);
        return number == null ? SPELLED_OUT : number;
    }

    /** The name of a number from 1 to 255, or null if it has none. */
    static @Nullable String nameOf(int number) {
        return number >= 1 && number <= NAMES.length ? NAMES[number - 1] : null;
    }

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < NAMES.length; i++) {
            numbers.put(NAMES[i], i + 1);
        }
        return Map.copyOf(numbers);
    }
}
