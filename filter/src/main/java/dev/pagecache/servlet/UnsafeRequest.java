package dev.pagecache.servlet;

import dev.pagecache.policy.Input;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request with an unsafe method, whose asynchronous processing stays in view. Confined to one exchange. */
final class UnsafeRequest extends HttpServletRequestWrapper {
    private final UnsafeExchange exchange;
    private final InputLog inputs = new InputLog();

    UnsafeRequest(HttpServletRequest request, UnsafeExchange exchange) {
        super(request);
        this.exchange = exchange;
    }

    /** What is read of the request, where that counts. */
    InputLog inputs() {
        return inputs;
    }

    /** Parameters of a form are content (Servlet section 3.1.1), and which ones are is not to be seen here. */
    @Override
    public @Nullable String getParameter(String name) {
        inputs.note(Input.CONTENT);
        return super.getParameter(name);
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        inputs.note(Input.CONTENT);
        return super.getParameterValues(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        inputs.note(Input.CONTENT);
        return super.getParameterMap();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        inputs.note(Input.CONTENT);
        return super.getParameterNames();
    }

    @Override
    public Map<String, String> getTrailerFields() {
        inputs.note(Input.CONTENT);
        return super.getTrailerFields();
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
