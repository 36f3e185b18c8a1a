package dev.pagecache.sample.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Shows scripts how an answer was served. A cached page cannot say so in its body, and scripts cannot read the header
 * fields of the page they stand in, but they can read {@code Server-Timing}: this filter, mapped before the cache,
 * copies {@code Cache-Status} (RFC 9211) there. Safe for use by many threads.
 */
public final class ServedByFilter implements Filter {

    /** Called by the container. */
    public ServedByFilter() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, new ServedByResponse((HttpServletResponse) response));
    }
}
