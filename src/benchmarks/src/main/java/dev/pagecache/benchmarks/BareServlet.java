package dev.pagecache.benchmarks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a hit is compared with: it has the fields and the content of every page at hand and does nothing but write them,
 * as a programmer would who knows no more than the Servlet API. Safe for use by many threads.
 */
final class BareServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // nobody serialises this servlet
    private final Map<Integer, Answer> answers;

    /**
     * A servlet.
     *
     * @param answers the prepared answers by size, which may be added later
     */
    BareServlet(Map<Integer, Answer> answers) {
        this.answers = answers;
    }

    /**
     * A prepared answer.
     *
     * @param namesAndValues fields, without Date and Content-Length
     * @param etag the entity tag among them
     * @param body the content
     */
    @SuppressWarnings("ArrayRecordComponent") // made once, never changed
    record Answer(List<String> namesAndValues, String etag, byte[] body) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answer answer = answers.get(PageServlet.size(request));
        if (answer == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        boolean isNotModified = answer.etag.equals(request.getHeader("If-None-Match"));
        List<String> fields = answer.namesAndValues;
        for (int i = 0; i < fields.size(); i += 2) {
            if (!isNotModified || !fields.get(i).startsWith("Content-")) {
                response.setHeader(fields.get(i), fields.get(i + 1));
            }
        }
        if (isNotModified) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentLengthLong(answer.body.length);
        response.getOutputStream().write(answer.body);
    }
}
