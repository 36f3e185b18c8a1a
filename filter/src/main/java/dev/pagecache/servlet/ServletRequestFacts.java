package dev.pagecache.servlet;

import dev.pagecache.policy.AttributeRules;
import dev.pagecache.policy.FactNames;
import dev.pagecache.policy.HiddenInputs;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.RequestFacts;
import dev.pagecache.servlet.WrapperTraits.Trait;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The container's request as the rules see it. Confined to one request. */
final class ServletRequestFacts implements RequestFacts {
    private static final String THERE = "there";

    private final HttpServletRequest request;
    private final PagePolicy policy;
    private final WrapperTraits wrappers;
    private final String mappedPath;
    private @Nullable String host;
    private @Nullable OuterAttributes attributes;
    private @Nullable String untold;
    private @Nullable String valueOfUntold;

    ServletRequestFacts(HttpServletRequest request, PagePolicy policy, WrapperTraits wrappers) {
        this.request = request;
        this.policy = policy;
        this.wrappers = wrappers;
        String pathInfo = request.getPathInfo();
        this.mappedPath = pathInfo == null ? request.getServletPath() : request.getServletPath() + pathInfo;
    }

    /** Takes the attributes down as they are, before the application can change them. */
    OuterAttributes freezeAttributes() {
        OuterAttributes frozen = OuterAttributes.of(request, policy.trustedInputs(), isWrapped(Trait.ATTRIBUTES));
        attributes = frozen;
        return frozen;
    }

    boolean isWrapped(Trait trait) {
        return wrappers.has(request, trait);
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String scheme() {
        return request.getScheme();
    }

    @Override
    public boolean isSecure() {
        return request.isSecure();
    }

    @Override
    public String host() {
        if (host == null) {
            host = request.getServerName();
        }
        return host;
    }

    @Override
    public int port() {
        return request.getServerPort();
    }

    @Override
    public String rawPath() {
        return request.getRequestURI();
    }

    @Override
    public String mappedPath() {
        return mappedPath;
    }

    @Override
    public @Nullable String query() {
        return policy.hidden().visibleQuery(request.getQueryString());
    }

    @Override
    public boolean hasContent() {
        String length = request.getHeader("Content-Length");
        return (length != null && !length.equals("0")) || request.getHeader("Transfer-Encoding") != null;
    }

    @Override
    public @Nullable String field(String name) {
        if (name.charAt(0) == ':') {
            try {
                return fact(name);
            } catch (RuntimeException e) {
                // The application may never ask for it, or know how to go on: that is not for a look-up to decide
                untold = name;
                return valueOfUntold();
            }
        }
        String combined = combined(name);
        return name.equalsIgnoreCase("Cookie") ? policy.hidden().visibleCookies(combined) : combined;
    }

    /** The name of a fact that could not be told, because the container or a wrapper threw; null if all could. */
    @Nullable
    String untold() {
        return untold;
    }

    /** One that no other request has. */
    private String valueOfUntold() {
        if (valueOfUntold == null) {
            valueOfUntold = "!" + UUID.randomUUID();
        }
        return valueOfUntold;
    }

    private @Nullable String fact(String name) {
        return switch (name) {
            case FactNames.CONTENT_DIGEST -> request instanceof QueryRequest query ? query.contentDigest() : null;
            case FactNames.FIELD_NAMES -> texts().fieldNames();
            case FactNames.PROTOCOL -> request.getProtocol();
            case FactNames.COOKIES -> cookies();
            case FactNames.WRAPPED_COOKIES -> texts().cookies();
            case FactNames.PARAMETERS -> texts().parameters();
            case FactNames.LOCALES -> texts().locales();
            case FactNames.CONTEXT_PATH -> request.getContextPath();
            case FactNames.REQUEST_URL -> request.getRequestURL().toString();
            case FactNames.SECURE -> Boolean.toString(request.isSecure());
            case FactNames.SESSION -> request.getSession(false) == null ? null : THERE;
            case FactNames.REQUESTED_SESSION -> request.getRequestedSessionId() == null ? null : THERE;
            case FactNames.USER -> hasUser(request) ? THERE : null;
            case FactNames.ATTRIBUTE_NAMES ->
                attributes == null ? OuterAttributes.names(request.getAttributeNames()) : attributes.names();
            default -> named(name);
        };
    }

    /** Whether the application can get at the request past its view. */
    boolean isOnThread() {
        return attributes != null && attributes.tellOfRequestOnThread();
    }

    private @Nullable String named(String fact) {
        String subject = FactNames.subject(fact);
        if (FactNames.isAttribute(fact)) {
            return attributes == null ? AttributeRules.value(request.getAttribute(subject)) : attributes.value(subject);
        }
        if (FactNames.isCookie(fact)) {
            return texts().cookie(subject);
        }
        if (FactNames.isParameter(fact)) {
            return texts().parameter(subject);
        }
        if (FactNames.isNumber(fact)) {
            return texts().number(subject);
        }
        return FactNames.isRole(fact) && request.isUserInRole(subject) ? THERE : null;
    }

    /** Whether a request has a user, by whatever it is known. */
    static boolean hasUser(HttpServletRequest request) {
        return request.getUserPrincipal() != null || request.getRemoteUser() != null || request.getAuthType() != null;
    }

    private FactTexts texts() {
        return new FactTexts(request, policy.hidden());
    }

    private @Nullable String cookies() {
        String visible = field("Cookie");
        return visible == null || policy.trustedInputs().isEmpty()
                ? visible
                : new HiddenInputs(List.of(), false, List.copyOf(policy.trustedInputs())).visibleCookies(visible);
    }

    /** What a wrapper answers that overrides one of two methods: no client can send this value. */
    private String disagreeing(String name, @Nullable String first) {
        StringBuilder all = FactTexts.append(new StringBuilder("\0"), first);
        Enumeration<String> lines = request.getHeaders(name);
        while (lines != null && lines.hasMoreElements()) {
            FactTexts.append(all, lines.nextElement());
        }
        return all.toString();
    }

    private @Nullable String combined(String name) {
        Enumeration<String> lines = request.getHeaders(name);
        String first = lines != null && lines.hasMoreElements() ? lines.nextElement() : null;
        if ((lines == null || isWrapped(Trait.FIELDS)) && !Objects.equals(first, request.getHeader(name))) {
            return disagreeing(name, request.getHeader(name));
        }
        if (first == null) {
            return null;
        }
        if (!lines.hasMoreElements()) {
            return first;
        }
        // RFC 9113 section 8.2.3: cookies may come in several lines, and are no list
        String separator = name.equalsIgnoreCase("Cookie") ? "; " : ", ";
        StringBuilder combined = new StringBuilder(first);
        while (lines.hasMoreElements()) {
            combined.append(separator).append(lines.nextElement());
        }
        return combined.toString();
    }
}
