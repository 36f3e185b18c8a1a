package dev.pagecache.sample.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How caching works here, and what to try. */
@WebServlet(name = "about", urlPatterns = "/about")
public final class AboutServlet extends HttpServlet {

    /**
     * What the page shows.
     *
     * @param site the site's address, without a slash at the end
     */
    public record Model(String site) {}

    /** Called by the container. */
    public AboutServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        View view = View.begin(request, response, "about");
        view.show("How it is cached", new Model(View.SITE + request.getContextPath()));
    }
}
