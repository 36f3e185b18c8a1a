package dev.pagecache.servlet;

import dev.pagecache.policy.Input;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request as the application sees it while its answer may be stored: without the client's conditions, which the
 * cache answers itself, and with an eye on inputs that no key holds.
 *
 * <p>Confined to one exchange.
 */
final class RequestView extends HttpServletRequestWrapper {
    private final Exchange exchange;
    private final InputLog inputs;
    private final boolean hidesConditions;

    RequestView(HttpServletRequest request, Exchange exchange, InputLog inputs, boolean hidesConditions) {
        super(request);
        this.exchange = exchange;
        this.inputs = inputs;
        this.hidesConditions = hidesConditions;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public long getDateHeader(String name) {
        return isHidden(name) ? -1 : super.getDateHeader(name);
    }

    @Override
    public int getIntHeader(String name) {
        return isHidden(name) ? -1 : super.getIntHeader(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        if (!hidesConditions) {
            return super.getHeaderNames();
        }
        List<String> visible = new ArrayList<>();
        for (Enumeration<String> names = super.getHeaderNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            if (!isHidden(name)) {
                visible.add(name);
            }
        }
        return Collections.enumeration(visible);
    }

    @Override
    public @Nullable HttpSession getSession() {
        inputs.note(Input.SESSION);
        return super.getSession();
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        inputs.note(Input.SESSION);
        return super.getSession(create);
    }

    @Override
    public String changeSessionId() {
        inputs.note(Input.SESSION);
        return super.changeSessionId();
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        inputs.note(Input.SESSION);
        return super.isRequestedSessionIdValid();
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        inputs.note(Input.SESSION);
        return super.getRequestedSessionId();
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        inputs.note(Input.PRINCIPAL);
        return super.getUserPrincipal();
    }

    @Override
    public @Nullable String getRemoteUser() {
        inputs.note(Input.PRINCIPAL);
        return super.getRemoteUser();
    }

    @Override
    public boolean isUserInRole(String role) {
        inputs.note(Input.PRINCIPAL);
        return super.isUserInRole(role);
    }

    @Override
    public @Nullable String getAuthType() {
        inputs.note(Input.PRINCIPAL);
        return super.getAuthType();
    }

    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
        inputs.note(Input.PRINCIPAL);
        return super.authenticate(response);
    }

    @Override
    public void login(String username, String password) throws ServletException {
        inputs.note(Input.PRINCIPAL);
        super.login(username, password);
    }

    @Override
    public void logout() throws ServletException {
        inputs.note(Input.PRINCIPAL);
        super.logout();
    }

    /** Without arguments a container would hand the application its own response, past the capture. */
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
        return exchange.async(super.getAsyncContext());
    }

    private boolean isHidden(String name) {
        return hidesConditions
                && (name.equalsIgnoreCase("If-None-Match") || name.equalsIgnoreCase("If-Modified-Since"));
    }
}
