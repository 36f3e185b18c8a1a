package dev.pagecache.servlet;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/** A response that the cache takes no part in, but for the field that says why. Confined to one request. */
final class BypassResponse extends HttpServletResponseWrapper {
    private final String cacheStatus;

    BypassResponse(HttpServletResponse response, String cacheStatus) {
        super(response);
        this.cacheStatus = cacheStatus;
        response.addHeader(ServletNames.CACHE_STATUS, cacheStatus);
    }

    @Override
    public void reset() {
        super.reset();
        addHeader(ServletNames.CACHE_STATUS, cacheStatus);
    }
}
