package dev.pagecache.servlet;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/**
 * A dispatcher that drops what is held before it forwards. A forward starts with an empty buffer, and a container may
 * empty its own without a word to the response that it was given.
 */
final class CaptureDispatcher implements RequestDispatcher {
    private final RequestDispatcher target;
    private final Exchange exchange;

    CaptureDispatcher(RequestDispatcher target, Exchange exchange) {
        this.target = target;
        this.exchange = exchange;
    }

    @Override
    public void forward(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        exchange.beforeForward();
        try {
            target.forward(request, response);
        } catch (IllegalStateException e) {
            exchange.refuseDetached();
            throw e;
        }
    }

    @Override
    public void include(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        target.include(request, response);
    }
}
