package dev.pagecache.sample.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The page that a reader sees after {@code sendError}; the descriptor names it, nobody else should ask for it. */
@WebServlet(name = "error", urlPatterns = "/error")
public final class ErrorServlet extends HttpServlet {

    /**
     * What the page shows.
     *
     * @param status the status code
     * @param message what was not to be had
     */
    public record Model(int status, String message) {}

    /** Called by the container. */
    public ErrorServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (!(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        View.begin(request, response, "error")
                .show(status == 404 ? "Not found" : "Error " + status, model(status, request));
    }

    private static Model model(int status, HttpServletRequest request) {
        // Only our own sentences: a container's message may tell more than a stranger should read.
        boolean isOurs = status == HttpServletResponse.SC_NOT_FOUND
                && request.getAttribute(RequestDispatcher.ERROR_MESSAGE) instanceof String text
                && text.endsWith(".");
        return new Model(
                status,
                isOurs
                        ? String.valueOf(request.getAttribute(RequestDispatcher.ERROR_MESSAGE))
                        : "This address leads to no page of the atlas.");
    }
}
