package dev.pagecache.servlet;

import dev.pagecache.policy.FactNames;
import dev.pagecache.policy.Input;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.Part;
import jakarta.servlet.http.PushBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.security.Principal;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that notes what the application asks of it besides fields and parameters: the connection, the content, the
 * session, the user, and attributes that were set outside the cache.
 *
 * <p>Confined to one exchange.
 */
sealed class WatchedRequest extends HttpServletRequestWrapper permits RequestView {
    private final Exchange exchange;
    private final InputLog inputs;
    private final OuterAttributes attributes;

    WatchedRequest(HttpServletRequest request, Exchange exchange, InputLog inputs, OuterAttributes attributes) {
        super(request);
        this.exchange = exchange;
        this.inputs = inputs;
        this.attributes = attributes;
    }

    HttpServletRequest httpRequest() {
        return (HttpServletRequest) getRequest();
    }

    @Override
    public String getProtocol() {
        inputs.noteFact(FactNames.PROTOCOL);
        return super.getProtocol();
    }

    @Override
    public String getRemoteAddr() {
        noteAddress();
        return super.getRemoteAddr();
    }

    @Override
    public String getRemoteHost() {
        noteAddress();
        return super.getRemoteHost();
    }

    @Override
    public int getRemotePort() {
        noteAddress();
        return super.getRemotePort();
    }

    private void noteAddress() {
        if (!KnownReaders.areAsking()) {
            inputs.note(Input.REMOTE_ADDRESS);
        }
    }

    @Override
    public String getLocalAddr() {
        inputs.note(Input.CONNECTION);
        return super.getLocalAddr();
    }

    @Override
    public String getLocalName() {
        inputs.note(Input.CONNECTION);
        return super.getLocalName();
    }

    @Override
    public int getLocalPort() {
        inputs.note(Input.CONNECTION);
        return super.getLocalPort();
    }

    @Override
    public String getRequestId() {
        inputs.note(Input.CONNECTION);
        return super.getRequestId();
    }

    @Override
    public String getProtocolRequestId() {
        inputs.note(Input.CONNECTION);
        return super.getProtocolRequestId();
    }

    @Override
    public ServletConnection getServletConnection() {
        inputs.note(Input.CONNECTION);
        return super.getServletConnection();
    }

    @Override
    public int getContentLength() {
        inputs.noteField("content-length");
        return super.getContentLength();
    }

    @Override
    public long getContentLengthLong() {
        inputs.noteField("content-length");
        return super.getContentLengthLong();
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
    public Map<String, String> getTrailerFields() {
        inputs.note(Input.CONTENT);
        return super.getTrailerFields();
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

    /** That there is no session holds for all requests without one. */
    @Override
    public @Nullable HttpSession getSession(boolean create) {
        try {
            HttpSession session = super.getSession(create);
            if (session == null) {
                inputs.noteFact(FactNames.SESSION);
            } else {
                inputs.note(Input.SESSION);
            }
            return session;
        } catch (IllegalStateException e) {
            exchange.refuseDetached();
            throw e;
        }
    }

    /** It holds the fields of the request; without one the protocol has no pushes. */
    @Override
    @SuppressWarnings("deprecation") // from Servlet 6.1 on
    public @Nullable PushBuilder newPushBuilder() {
        PushBuilder pushes = super.newPushBuilder();
        if (pushes == null) {
            inputs.noteFact(FactNames.PROTOCOL);
        } else {
            inputs.note(Input.CONNECTION);
        }
        return pushes;
    }

    @Override
    public String changeSessionId() {
        inputs.note(Input.SESSION);
        return super.changeSessionId();
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        noteRequestedSession();
        return super.isRequestedSessionIdValid();
    }

    @Override
    public boolean isRequestedSessionIdFromCookie() {
        noteRequestedSession();
        return super.isRequestedSessionIdFromCookie();
    }

    @Override
    public boolean isRequestedSessionIdFromURL() {
        noteRequestedSession();
        return super.isRequestedSessionIdFromURL();
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        noteRequestedSession();
        return super.getRequestedSessionId();
    }

    private void noteRequestedSession() {
        if (super.getRequestedSessionId() == null) {
            inputs.noteFact(FactNames.REQUESTED_SESSION);
        } else {
            inputs.note(Input.SESSION);
        }
    }

    @Override
    public @Nullable Object getAttribute(@Nullable String name) {
        Object value = super.getAttribute(name);
        attributes.read(name, value, inputs);
        return ContainerResponse.SENDFILE_SUPPORT.equals(name) ? null : value;
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        inputs.noteFact(FactNames.ATTRIBUTE_NAMES);
        return super.getAttributeNames();
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        attributes.own(name);
        super.setAttribute(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        attributes.own(name);
        super.removeAttribute(name);
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        noteUser();
        return super.getUserPrincipal();
    }

    @Override
    public @Nullable String getRemoteUser() {
        noteUser();
        return super.getRemoteUser();
    }

    @Override
    public boolean isUserInRole(@Nullable String role) {
        boolean isIn = super.isUserInRole(role);
        if (isIn || ServletRequestFacts.hasUser(httpRequest())) {
            inputs.note(Input.PRINCIPAL);
        } else {
            inputs.noteFact(role == null ? FactNames.USER : FactNames.role(role));
        }
        return isIn;
    }

    @Override
    public @Nullable String getAuthType() {
        noteUser();
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

    /** That there is no user holds for all requests without one. */
    private void noteUser() {
        if (KnownReaders.areAsking()) {
            return;
        }
        if (ServletRequestFacts.hasUser(httpRequest())) {
            inputs.note(Input.PRINCIPAL);
        } else {
            inputs.noteFact(FactNames.USER);
        }
    }
}
