package dev.pagecache;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The control of a request in which no cache takes part.
 *
 * @param request the request
 */
record InertPageControl(ServletRequest request) implements PageControl {

    @Override
    public PageControl tag(String... tags) {
        return this;
    }

    @Override
    public PageControl timeout(Duration timeout) {
        return this;
    }

    @Override
    public PageControl vary(String... headerNames) {
        return this;
    }

    @Override
    public @Nullable String cookie(String name) {
        Cookie[] cookies = request instanceof HttpServletRequest http ? http.getCookies() : null;
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            if (cookie.getName().equals(name)) {
                return cookie.getValue();
            }
        }
        return null;
    }

    @Override
    public PageControl doNotStore() {
        return this;
    }
}
