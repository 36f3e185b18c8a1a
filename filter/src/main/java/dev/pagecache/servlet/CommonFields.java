package dev.pagecache.servlet;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Lower-case names of request fields. Keys and indexes hold them, so those that most pages read are one object each and
 * not made anew for every page.
 */
final class CommonFields {
    private static final Map<String, String> LOWER_CASE = lowerCase(
            "Accept",
            "Accept-Charset",
            "Accept-Encoding",
            "Accept-Language",
            "Authorization",
            "Cache-Control",
            "CloudFront-Viewer-Country",
            "Content-Length",
            "Content-Type",
            "Cookie",
            "CF-IPCountry",
            "CF-Connecting-IP",
            "Date",
            "DNT",
            "Expect",
            "Forwarded",
            "From",
            "Host",
            "HX-Request",
            "If-Modified-Since",
            "If-None-Match",
            "If-Range",
            "Origin",
            "Pragma",
            "Range",
            "Referer",
            "Save-Data",
            "Sec-CH-UA",
            "Sec-CH-UA-Mobile",
            "Sec-CH-UA-Platform",
            "Sec-Fetch-Dest",
            "Sec-Fetch-Mode",
            "Sec-Fetch-Site",
            "Sec-Fetch-User",
            "Sec-GPC",
            "TE",
            "Traceparent",
            "Tracestate",
            "Turbo-Frame",
            "Upgrade-Insecure-Requests",
            "User-Agent",
            "Via",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Prefix",
            "X-Forwarded-Proto",
            "X-Forwarded-Ssl",
            "X-HTTP-Method-Override",
            "X-Real-IP",
            "X-Request-ID",
            "X-Requested-With");

    private CommonFields() {}

    /** The name in lower case. */
    static String lowerCase(String name) {
        String known = LOWER_CASE.get(name);
        return known == null ? name.toLowerCase(Locale.ROOT) : known;
    }

    /** By their usual and their lower-case spelling. */
    private static Map<String, String> lowerCase(String... names) {
        Map<String, String> lowerCase = new HashMap<>();
        for (String name : names) {
            String common = name.toLowerCase(Locale.ROOT);
            lowerCase.put(name, common);
            lowerCase.put(common, common);
        }
        return Map.copyOf(lowerCase);
    }
}
