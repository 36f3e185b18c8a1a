package dev.pagecache.benchmarks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The page behind the filter: its path ends with its size. Safe for use by many threads. */
final class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Content-Language", "en");
        response.setHeader("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT");
        response.getOutputStream().write(Pages.body(size(request)));
    }

    static int size(HttpServletRequest request) {
        return Integer.parseInt(request.getPathInfo().substring(1));
    }
}
