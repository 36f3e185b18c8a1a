package dev.pagecache.servlet;

import dev.pagecache.http.HttpDate;
import dev.pagecache.policy.Input;
import dev.pagecache.policy.RequestFacts;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request as the application sees it while its answer may be stored: without the client's conditions, which the
 * cache answers itself, and with an eye on inputs that no key holds.
 *
 * <p>Confined to one exchange.
 */
final class RequestView extends HttpServletRequestWrapper {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final Exchange exchange;
    private final InputLog inputs;
    private final Visibility visibility;

    RequestView(HttpServletRequest request, Exchange exchange, InputLog inputs, Visibility visibility) {
        super(request);
        this.exchange = exchange;
        this.inputs = inputs;
        this.visibility = visibility;
    }

    @Override
    public @Nullable String getHeader(String name) {
        if (visibility.hidesField(name)) {
            return visibility.condition(name);
        }
        noteField(name);
        return visibility.isCookie(name) ? visibility.cookieField(httpRequest()) : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        if (visibility.hidesField(name)) {
            return Collections.enumeration(visibility.conditions().all(name));
        }
        noteField(name);
        if (visibility.isCookie(name)) {
            String cookies = visibility.cookieField(httpRequest());
            return cookies == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(cookies));
        }
        return super.getHeaders(name);
    }

    @Override
    public long getDateHeader(String name) {
        if (!visibility.hidesField(name)) {
            noteField(name);
            return super.getDateHeader(name);
        }
        String condition = visibility.condition(name);
        Instant date = condition == null ? null : HttpDate.parse(condition);
        return date == null ? -1 : date.toEpochMilli();
    }

    @Override
    public int getIntHeader(String name) {
        if (visibility.hidesField(name)) {
            return -1;
        }
        noteField(name);
        return super.getIntHeader(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        inputs.noteField(RequestFacts.FIELD_NAMES);
        List<String> visible = new ArrayList<>();
        for (Enumeration<String> names = super.getHeaderNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            boolean isSeen = visibility.isCookie(name)
                    ? visibility.cookieField(httpRequest()) != null
                    : !visibility.hidesField(name);
            if (isSeen) {
                visible.add(name);
            }
        }
        visible.addAll(visibility.conditions().names());
        return Collections.enumeration(visible);
    }

    @Override
    public Locale getLocale() {
        inputs.noteField("accept-language");
        return super.getLocale();
    }

    @Override
    public Enumeration<Locale> getLocales() {
        inputs.noteField("accept-language");
        return super.getLocales();
    }

    @Override
    public @Nullable String getContentType() {
        inputs.noteField("content-type");
        return super.getContentType();
    }

    @Override
    public @Nullable String getCharacterEncoding() {
        inputs.noteField("content-type");
        return super.getCharacterEncoding();
    }

    @Override
    public String getProtocol() {
        inputs.noteField(RequestFacts.PROTOCOL);
        return super.getProtocol();
    }

    @Override
    public String getRemoteAddr() {
        inputs.note(Input.REMOTE_ADDRESS);
        return super.getRemoteAddr();
    }

    @Override
    public String getRemoteHost() {
        inputs.note(Input.REMOTE_ADDRESS);
        return super.getRemoteHost();
    }

    @Override
    public int getRemotePort() {
        inputs.note(Input.REMOTE_ADDRESS);
        return super.getRemotePort();
    }

    @Override
    public String getRequestId() {
        inputs.note(Input.REMOTE_ADDRESS);
        return super.getRequestId();
    }

    @Override
    public String getProtocolRequestId() {
        inputs.note(Input.REMOTE_ADDRESS);
        return super.getProtocolRequestId();
    }

    @Override
    public ServletConnection getServletConnection() {
        inputs.note(Input.REMOTE_ADDRESS);
        return super.getServletConnection();
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        inputs.note(Input.CONTENT);
        return super.getInputStream();
    }

    @Override
    public BufferedReader getReader() throws IOException {
        inputs.note(Input.CONTENT);
        return super.getReader();
    }

    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        inputs.note(Input.CONTENT);
        return super.getParts();
    }

    @Override
    public @Nullable Part getPart(String name) throws IOException, ServletException {
        inputs.note(Input.CONTENT);
        return super.getPart(name);
    }

    @Override
    public String getServerName() {
        noteAuthority();
        return super.getServerName();
    }

    @Override
    public int getServerPort() {
        noteAuthority();
        return super.getServerPort();
    }

    @Override
    public StringBuffer getRequestURL() {
        noteAuthority();
        return super.getRequestURL();
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        inputs.noteField("cookie");
        return visibility.cookies(super.getCookies());
    }

    @Override
    public @Nullable String getQueryString() {
        return visibility.query(super.getQueryString());
    }

    @Override
    public @Nullable String getParameter(String name) {
        return visibility.hidesParameter(name) ? null : super.getParameter(name);
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return visibility.hidesParameter(name) ? null : super.getParameterValues(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return visibility.parameters(super.getParameterMap());
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public @Nullable HttpSession getSession() {
        inputs.note(Input.SESSION);
        try {
            return super.getSession();
        } catch (IllegalStateException e) {
            exchange.refuseDetached();
            throw e;
        }
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        inputs.note(Input.SESSION);
        try {
            return super.getSession(create);
        } catch (IllegalStateException e) {
            exchange.refuseDetached();
            throw e;
        }
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
    public boolean isRequestedSessionIdFromCookie() {
        inputs.note(Input.SESSION);
        return super.isRequestedSessionIdFromCookie();
    }

    @Override
    public boolean isRequestedSessionIdFromURL() {
        inputs.note(Input.SESSION);
        return super.isRequestedSessionIdFromURL();
    }

    /** The client's certificate says who it is, as a principal does (Servlet section 3.10). */
    @Override
    public @Nullable Object getAttribute(String name) {
        if (name.equals(CERTIFICATES)) {
            inputs.note(Input.PRINCIPAL);
        }
        return name.equals(ContainerResponse.SENDFILE_SUPPORT) ? null : super.getAttribute(name);
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

    @Override
    public @Nullable RequestDispatcher getRequestDispatcher(String path) {
        RequestDispatcher dispatcher = super.getRequestDispatcher(path);
        return dispatcher == null ? null : new CaptureDispatcher(dispatcher, exchange);
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
        return new CaptureAsync(super.getAsyncContext(), exchange);
    }

    /** The host is in the key as it is mapped; only its spelling joins as a field. */
    private void noteField(String name) {
        if (name.equalsIgnoreCase("Host")) {
            noteAuthority();
        }
        inputs.noteField(name);
    }

    private void noteAuthority() {
        if (visibility.watchesAuthority()) {
            inputs.note(Input.AUTHORITY);
        }
    }

    private HttpServletRequest httpRequest() {
        return (HttpServletRequest) getRequest();
    }
}
