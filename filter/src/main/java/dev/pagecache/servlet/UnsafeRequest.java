package dev.pagecache.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** A request with an unsafe method, whose asynchronous processing stays in view. Confined to one exchange. */
final class UnsafeRequest extends HttpServletRequestWrapper {
    private final UnsafeExchange exchange;

    UnsafeRequest(HttpServletRequest request, UnsafeExchange exchange) {
        super(request);
        this.exchange = exchange;
    }

    /** Without arguments a container would hand the application its own response. */
    @Override
    public AsyncContext startAsync() {
        return exchange.startAsync(super.startAsync(this, exchange.response()));
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return exchange.startAsync(super.startAsync(request, response));
    }

    @Override
    public AsyncContext getAsyncContext() {
        return new CaptureAsync(super.getAsyncContext(), exchange);
    }
}
