package dev.pagecache.servlet;

import dev.pagecache.policy.HiddenInputs;
import dev.pagecache.policy.RequestFacts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The container's request as the rules see it. Confined to one request. */
final class ServletRequestFacts implements RequestFacts {
    private final HttpServletRequest request;
    private final HiddenInputs hidden;
    private final String mappedPath;
    private @Nullable String host;

    ServletRequestFacts(HttpServletRequest request, HiddenInputs hidden) {
        this.request = request;
        this.hidden = hidden;
        String pathInfo = request.getPathInfo();
        this.mappedPath = pathInfo == null ? request.getServletPath() : request.getServletPath() + pathInfo;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String scheme() {
        return request.getScheme();
    }

    @Override
    public String host() {
        if (host == null) {
            host = request.getServerName();
        }
        return host;
    }

    @Override
    public int port() {
        return request.getServerPort();
    }

    @Override
    public String rawPath() {
        return request.getRequestURI();
    }

    @Override
    public String mappedPath() {
        return mappedPath;
    }

    @Override
    public @Nullable String query() {
        return hidden.visibleQuery(request.getQueryString());
    }

    @Override
    public boolean hasContent() {
        String length = request.getHeader("Content-Length");
        return (length != null && !length.equals("0")) || request.getHeader("Transfer-Encoding") != null;
    }

    @Override
    public @Nullable String field(String name) {
        if (name.charAt(0) == ':') {
            return fact(name);
        }
        String combined = combined(name);
        return name.equalsIgnoreCase("Cookie") ? hidden.visibleCookies(combined) : combined;
    }

    private @Nullable String fact(String name) {
        if (name.equals(CONTENT_DIGEST)) {
            return request instanceof QueryRequest query ? query.contentDigest() : null;
        }
        return name.equals(FIELD_NAMES) ? fieldNames() : request.getProtocol();
    }

    private String fieldNames() {
        TreeSet<String> names = new TreeSet<>();
        for (Enumeration<String> all = request.getHeaderNames(); all.hasMoreElements(); ) {
            names.add(all.nextElement().toLowerCase(Locale.ROOT));
        }
        return String.join(" ", names);
    }

    private @Nullable String combined(String name) {
        String first = request.getHeader(name);
        if (first == null) {
            return null;
        }
        Enumeration<String> lines = request.getHeaders(name);
        lines.nextElement();
        if (!lines.hasMoreElements()) {
            return first;
        }
        // RFC 9113 section 8.2.3: cookies may come in several lines, and are no list
        String separator = name.equalsIgnoreCase("Cookie") ? "; " : ", ";
        StringBuilder combined = new StringBuilder(first);
        while (lines.hasMoreElements()) {
            combined.append(separator).append(lines.nextElement());
        }
        return combined.toString();
    }
}
