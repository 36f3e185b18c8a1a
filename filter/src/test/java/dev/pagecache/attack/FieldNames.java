package dev.pagecache.attack;

import java.util.List;
import java.util.stream.Stream;

/** Names of request fields that caches were poisoned with, or that an application is likely to look at. */
final class FieldNames {
    /** Where a proxy says what the client asked for. */
    private static final List<String> FORWARDED = List.of(
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Forwarded-Scheme",
            "X-Forwarded-Port",
            "X-Forwarded-Prefix",
            "X-Forwarded-Server",
            "X-Forwarded-For",
            "X-Forwarded-Path",
            "X-Forwarded-Uri",
            "X-Forwarded-Ssl",
            "X-Forwarded-By",
            "Forwarded",
            "Front-End-Https",
            "X-Host",
            "X-Original-Host",
            "X-HTTP-Host-Override",
            "X-Original-URL",
            "X-Rewrite-URL",
            "X-Real-IP",
            "X-Client-IP",
            "X-Cluster-Client-IP",
            "X-Remote-User",
            "True-Client-IP",
            "CF-Connecting-IP",
            "Fastly-Client-IP",
            "Via");

    /** What decides what an application does. */
    private static final List<String> OVERRIDES = List.of(
            "X-HTTP-Method-Override",
            "X-HTTP-Method",
            "X-Method-Override",
            "X-Api-Key",
            "X-Api-Version",
            "X-Requested-With",
            "X-Wap-Profile",
            "X-Custom-IP-Authorization",
            "X-CSRF-Token",
            "X-Request-Id",
            "X-Correlation-Id",
            "X-Amz-Website-Redirect-Location",
            "X-Nextjs-Data",
            "X-Middleware-Prefetch",
            "RSC",
            "Next-Router-State-Tree",
            "X-Inertia",
            "HX-Request",
            "Turbo-Frame",
            "Traceparent");

    /** Fields of HTTP and of browsers. */
    private static final List<String> STANDARD = List.of(
            "Origin",
            "Referer",
            "User-Agent",
            "Accept",
            "Accept-Language",
            "Accept-Encoding",
            "Accept-Charset",
            "Accept-Datetime",
            "A-IM",
            "Cookie",
            "Authorization",
            "Proxy-Authorization",
            "From",
            "Max-Forwards",
            "TE",
            "Trailer",
            "Content-Type",
            "Content-Language",
            "Content-Encoding",
            "Content-MD5",
            "Content-Location",
            "Date",
            "Range",
            "If-Match",
            "If-None-Match",
            "If-Modified-Since",
            "If-Unmodified-Since",
            "If-Range",
            "Pragma",
            "Cache-Control",
            "CDN-Cache-Control",
            "Surrogate-Capability",
            "Cache-Status",
            "Vary",
            "Save-Data",
            "DNT",
            "Sec-Fetch-Mode",
            "Sec-CH-UA",
            "Sec-GPC",
            "Priority",
            "Purpose",
            "Prefer",
            "Upgrade-Insecure-Requests",
            "Keep-Alive",
            "Warning",
            "Last-Event-ID");

    private FieldNames() {}

    /** All of them. */
    static List<String> all() {
        return Stream.of(FORWARDED, OVERRIDES, STANDARD).flatMap(List::stream).toList();
    }
}
