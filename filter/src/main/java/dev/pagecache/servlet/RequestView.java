package dev.pagecache.servlet;

import dev.pagecache.http.HttpDate;
import dev.pagecache.policy.FactNames;
import dev.pagecache.policy.Input;
import dev.pagecache.servlet.WrapperTraits.Trait;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
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
final class RequestView extends WatchedRequest {
    private final Exchange exchange;
    private final InputLog inputs;
    private final Visibility visibility;
    private final ServletRequestFacts facts;

    /** @param facts tells what wrappers outside answer by themselves */
    RequestView(
            HttpServletRequest request,
            Exchange exchange,
            InputLog inputs,
            Visibility visibility,
            OuterAttributes attributes,
            ServletRequestFacts facts) {
        super(request, exchange, inputs, attributes);
        this.exchange = exchange;
        this.inputs = inputs;
        this.visibility = visibility;
        this.facts = facts;
    }

    @Override
    public @Nullable String getHeader(@Nullable String name) {
        if (visibility.hidesField(name)) {
            return visibility.condition(name);
        }
        noteField(name);
        return visibility.isCookie(name) ? visibility.cookieField(httpRequest()) : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(@Nullable String name) {
        if (visibility.hidesField(name)) {
            return visibility.conditionLines(name);
        }
        noteField(name);
        if (visibility.isCookie(name)) {
            String cookies = visibility.cookieField(httpRequest());
            return cookies == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(cookies));
        }
        return super.getHeaders(name);
    }

    @Override
    public long getDateHeader(@Nullable String name) {
        if (!visibility.hidesField(name)) {
            noteNumber(name);
            return super.getDateHeader(name);
        }
        String condition = visibility.condition(name);
        Instant date = condition == null ? null : HttpDate.parse(condition);
        return date == null ? -1 : date.toEpochMilli();
    }

    @Override
    public int getIntHeader(@Nullable String name) {
        if (visibility.hidesField(name)) {
            return -1;
        }
        noteNumber(name);
        return super.getIntHeader(name);
    }

    private void noteNumber(@Nullable String name) {
        noteField(name);
        if (name != null && facts.isWrapped(Trait.NUMBERS)) {
            inputs.noteFact(FactNames.number(name));
        }
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        inputs.noteFact(FactNames.FIELD_NAMES);
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
        noteLocales();
        return super.getLocale();
    }

    @Override
    public Enumeration<Locale> getLocales() {
        noteLocales();
        return super.getLocales();
    }

    private void noteLocales() {
        inputs.noteField("accept-language");
        noteWrapped(Trait.LOCALES, FactNames.LOCALES);
    }

    @Override
    public String getContextPath() {
        noteWrapped(Trait.CONTEXT_PATH, FactNames.CONTEXT_PATH);
        return super.getContextPath();
    }

    @Override
    public @Nullable String getContentType() {
        inputs.noteField("content-type");
        return super.getContentType();
    }

    /** A length of zero is no content, and yet another request than one without a length. */
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
    public @Nullable String getCharacterEncoding() {
        inputs.noteField("content-type");
        return super.getCharacterEncoding();
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
        noteWrapped(Trait.URL, FactNames.REQUEST_URL);
        return super.getRequestURL();
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        inputs.noteFact(FactNames.COOKIES);
        noteWrapped(Trait.COOKIES, FactNames.WRAPPED_COOKIES);
        return visibility.cookies(super.getCookies());
    }

    /** Tomcat takes the query of an asynchronous dispatch from below. */
    @Override
    public @Nullable Object getAttribute(@Nullable String name) {
        Object value = super.getAttribute(name);
        return value instanceof String query && AsyncContext.ASYNC_QUERY_STRING.equals(name)
                ? visibility.query(query)
                : value;
    }

    @Override
    public @Nullable String getQueryString() {
        return visibility.query(super.getQueryString());
    }

    @Override
    public @Nullable String getParameter(@Nullable String name) {
        noteParameter(name);
        return visibility.hidesParameter(name) ? null : super.getParameter(name);
    }

    @Override
    public String @Nullable [] getParameterValues(@Nullable String name) {
        noteParameter(name);
        return visibility.hidesParameter(name) ? null : super.getParameterValues(name);
    }

    private void noteParameter(@Nullable String name) {
        if (facts.isWrapped(Trait.PARAMETERS)) {
            inputs.noteFact(name == null ? FactNames.PARAMETERS : FactNames.parameter(name));
        }
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        noteWrapped(Trait.PARAMETERS, FactNames.PARAMETERS);
        return visibility.parameters(super.getParameterMap());
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
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

    private void noteWrapped(Trait trait, String fact) {
        if (facts.isWrapped(trait)) {
            inputs.noteFact(fact);
        }
    }

    /** The host is in the key as it is mapped; only its spelling joins as a field. */
    private void noteField(@Nullable String name) {
        if (name == null) {
            return;
        }
        if (name.equalsIgnoreCase("Host")) {
            noteAuthority();
        }
        if (name.equalsIgnoreCase("Cookie")) {
            inputs.noteFact(FactNames.COOKIES);
            return;
        }
        inputs.noteField(name);
    }

    private void noteAuthority() {
        if (visibility.watchesAuthority()) {
            inputs.note(Input.AUTHORITY);
        }
    }
}
