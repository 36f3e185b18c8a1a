package dev.pagecache.sample.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Searches the names of all characters. The query string is part of the key, so each query has its own page. */
@WebServlet(name = "search", urlPatterns = "/search")
public final class SearchServlet extends HttpServlet {

    /** Called by the container. */
    public SearchServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        View view = View.begin(request, response, "search");
        String query = request.getParameter("q");
        view.show("Search", AtlasListener.atlas(getServletContext()).search(query == null ? "" : query));
    }
}
