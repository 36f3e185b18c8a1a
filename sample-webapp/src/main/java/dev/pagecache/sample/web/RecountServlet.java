package dev.pagecache.sample.web;

import dev.pagecache.PageCaches;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Has the report counted again: every page with the tag {@code report} is purged, on all servers that share a Redis.
 * What is purged does not come from the request, so that nobody can empty the cache with it.
 */
@WebServlet(name = "recount", urlPatterns = "/recount")
public final class RecountServlet extends HttpServlet {

    /** Called by the container. */
    public RecountServlet() {}

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PageCaches.of(getServletContext()).purgeTag("report");
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", request.getContextPath() + "/report");
    }
}
