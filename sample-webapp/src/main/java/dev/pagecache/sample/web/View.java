package dev.pagecache.sample.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;

/** One rendering of one page: made when the servlet begins, and shown when its model stands. */
final class View {

    /**
     * The address that the curl lines show; the page's script puts the visitor's own in its place. A page that read the
     * host of its request would not be stored, since the filter's {@code authority} keeps the host out of the key.
     */
    static final String SITE = "http://localhost:8080";

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final String file;
    private final Instant renderedAt = Instant.now();
    private final long startNanos = System.nanoTime();
    private String language = "en";
    private String direction = "ltr";

    private View(HttpServletRequest request, HttpServletResponse response, String file) {
        this.request = request;
        this.response = response;
        this.file = file;
    }

    /**
     * Begins a rendering.
     *
     * @param request the request
     * @param response its response, not committed
     * @param file name of the JSP under {@code WEB-INF/views}, without ending; also its entry of the navigation
     * @return the rendering
     */
    static View begin(HttpServletRequest request, HttpServletResponse response, String file) {
        return new View(request, response, file);
    }

    /** The language of the main text, as a BCP 47 tag, and its direction. */
    View language(String tag, String textDirection) {
        this.language = tag;
        this.direction = textDirection;
        return this;
    }

    /**
     * Shows the page.
     *
     * @param title its title
     * @param model what its JSP finds under {@code model}
     */
    void show(String title, Object model) throws ServletException, IOException {
        String url = SITE + request.getRequestURI();
        String query = request.getQueryString();
        PageInfo info = new PageInfo(
                title, file, language, direction, query == null ? url : url + "?" + query, renderedAt, startNanos);
        request.setAttribute("info", info);
        request.setAttribute("model", model);
        response.setContentType("text/html;charset=UTF-8");
        // The servlet's own work; the page adds its share in its footer, when this field may be on its way already.
        response.addHeader("Server-Timing", "render;dur=" + info.millis());
        request.getRequestDispatcher("/WEB-INF/views/" + file + ".jsp").forward(request, response);
    }
}
