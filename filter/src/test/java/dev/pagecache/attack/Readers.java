package dev.pagecache.attack;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;

/** Ways to look at a request, each under the name that a path can have. */
final class Readers {
    private final Map<String, Function<HttpServletRequest, Object>> all = new LinkedHashMap<>();

    private Readers() {
        fields();
        connection();
        user();
        all.put("parameter", request -> request.getParameter("ä"));
        all.put(
                "parameterMap",
                request -> new TreeSet<>(request.getParameterMap().keySet()));
        all.put("query", HttpServletRequest::getQueryString);
        all.put("method", HttpServletRequest::getMethod);
    }

    static Map<String, Function<HttpServletRequest, Object>> all() {
        return new Readers().all;
    }

    /** What the reader sees that the end of the path names. */
    static String read(HttpServletRequest request) {
        String path = request.getRequestURI();
        String name = path.substring(path.lastIndexOf('/') + 1);
        return String.valueOf(Objects.requireNonNull(all().get(name)).apply(request));
    }

    private void fields() {
        all.put("header", request -> request.getHeader("x-A"));
        all.put("headers", request -> Collections.list(request.getHeaders("X-A")));
        all.put("intHeader", request -> request.getIntHeader("X-A"));
        all.put("dateHeader", request -> request.getDateHeader("X-Date"));
        all.put("headerNames", request -> {
            TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            names.addAll(Collections.list(request.getHeaderNames()));
            return names;
        });
        all.put("locale", HttpServletRequest::getLocale);
        all.put("locales", request -> Collections.list(request.getLocales()));
        all.put("contentType", HttpServletRequest::getContentType);
        all.put("contentLength", HttpServletRequest::getContentLength);
        all.put("contentLengthLong", HttpServletRequest::getContentLengthLong);
        all.put("encoding", HttpServletRequest::getCharacterEncoding);
        all.put("trailers", HttpServletRequest::getTrailerFields);
        all.put("cookies", request -> {
            StringBuilder cookies = new StringBuilder();
            Cookie[] sent = request.getCookies();
            for (Cookie cookie : sent == null ? new Cookie[0] : sent) {
                cookies.append(cookie.getName()).append('=').append(cookie.getValue());
            }
            return cookies;
        });
    }

    private void connection() {
        all.put("serverName", HttpServletRequest::getServerName);
        all.put("serverPort", HttpServletRequest::getServerPort);
        all.put("url", HttpServletRequest::getRequestURL);
        all.put("scheme", HttpServletRequest::getScheme);
        all.put("secure", HttpServletRequest::isSecure);
        all.put("protocol", HttpServletRequest::getProtocol);
        all.put("localName", HttpServletRequest::getLocalName);
        all.put("localPort", HttpServletRequest::getLocalPort);
    }

    private void user() {
        all.put("authType", HttpServletRequest::getAuthType);
        all.put("remoteUser", HttpServletRequest::getRemoteUser);
        all.put("principal", HttpServletRequest::getUserPrincipal);
        all.put("role", request -> request.isUserInRole("admin"));
        all.put("session", request -> request.getSession(false));
        all.put("sessionId", HttpServletRequest::getRequestedSessionId);
        all.put("sessionValid", HttpServletRequest::isRequestedSessionIdValid);
        all.put("sessionFromCookie", HttpServletRequest::isRequestedSessionIdFromCookie);
        all.put("sessionFromUrl", HttpServletRequest::isRequestedSessionIdFromURL);
    }
}
