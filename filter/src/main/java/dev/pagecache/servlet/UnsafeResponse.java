package dev.pagecache.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * The response to a request with an unsafe method. It hands everything on and holds nothing back; pages are revoked
 * before each call after which the client may have the answer. {@link UnsafeExchange} says why.
 *
 * <p>Confined to one exchange.
 */
final class UnsafeResponse extends HttpServletResponseWrapper {
    private final UnsafeExchange exchange;
    private boolean hasRevoked;

    UnsafeResponse(HttpServletResponse response, UnsafeExchange exchange) {
        super(response);
        this.exchange = exchange;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        revokeOnce();
        return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        revokeOnce();
        return super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
        exchange.revoke();
        super.flushBuffer();
    }

    @Override
    public void reset() {
        super.reset();
        hasRevoked = false;
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        exchange.revoke(SC_FOUND, location);
        super.sendRedirect(location);
    }

    @Override
    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        exchange.revoke(SC_FOUND, location);
        super.sendRedirect(location, clearBuffer);
    }

    @Override
    public void sendRedirect(String location, int status) throws IOException {
        exchange.revoke(status, location);
        super.sendRedirect(location, status);
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        exchange.revoke(status, location);
        super.sendRedirect(location, status, clearBuffer);
    }

    /** An application may ask for its output before each piece of it. */
    private void revokeOnce() {
        if (!hasRevoked) {
            hasRevoked = exchange.revoke();
        }
    }
}
