package dev.pagecache.benchmarks;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A page that looks at as much of a request as a framework does: a dozen headers, cookies, parameters and attributes.
 * Its path ends with its size, and it may name the headers and the cookies in Vary. Safe for use by many threads.
 */
final class ReadingServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private static final String[] HEADERS = {
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "User-Agent",
        "Referer",
        "DNT",
        "Save-Data",
        "X-Requested-With",
        "X-Forwarded-Proto",
        "X-Forwarded-Host",
        "Origin",
        "Sec-Fetch-Mode"
    };
    private static final String VARY = String.join(", ", HEADERS) + ", Cookie";
    private static final String[] PARAMETERS = {"n", "page", "sort", "view"};
    private static final String[] ATTRIBUTES = {"locale", "theme", "user", "trace"};

    private final boolean isVarying;

    /** @param isVarying whether it names what it looks at in Vary */
    ReadingServlet(boolean isVarying) {
        this.isVarying = isVarying;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int seen = 0;
        for (String name : HEADERS) {
            seen += length(request.getHeader(name));
        }
        Cookie[] cookies = request.getCookies();
        for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
            seen += length(cookie.getValue());
        }
        for (String name : PARAMETERS) {
            seen += length(request.getParameter(name));
        }
        for (String name : ATTRIBUTES) {
            request.setAttribute(name, name);
            seen += length(String.valueOf(request.getAttribute(name)));
        }
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT");
        if (isVarying) {
            response.setHeader("Vary", VARY);
        }
        byte[] body = Pages.body(PageServlet.size(request));
        body[0] = (byte) ('a' + seen % 26);
        response.getOutputStream().write(body);
    }

    private static int length(String value) {
        return value == null ? 0 : value.length();
    }
}
