package dev.pagecache.servlet;

import dev.pagecache.policy.RequestFacts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** The container's request as the rules see it. Confined to one request. */
final class ServletRequestFacts implements RequestFacts {
    private final HttpServletRequest request;
    private final String mappedPath;

    ServletRequestFacts(HttpServletRequest request) {
        this.request = request;
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
        return request.getServerName();
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
        return request.getQueryString();
    }

    @Override
    public boolean hasContent() {
        String length = request.getHeader("Content-Length");
        return (length != null && !length.equals("0")) || request.getHeader("Transfer-Encoding") != null;
    }

    @Override
    public @Nullable String field(String name) {
        String first = request.getHeader(name);
        if (first == null) {
            return null;
        }
        Enumeration<String> lines = request.getHeaders(name);
        lines.nextElement();
        if (!lines.hasMoreElements()) {
            return first;
        }
        StringBuilder combined = new StringBuilder(first);
        while (lines.hasMoreElements()) {
            combined.append(", ").append(lines.nextElement());
        }
        return combined.toString();
    }
}
