package dev.pagecache.sample.web;

import dev.pagecache.sample.atlas.Atlas;
import dev.pagecache.sample.atlas.CharacterPage;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** One character. Cached for as long as the site says. */
@WebServlet(name = "character", urlPatterns = "/char/*")
public final class CharacterServlet extends HttpServlet {

    /** Called by the container. */
    public CharacterServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        View view = View.begin(request, response, "char");
        Atlas atlas = AtlasListener.atlas(getServletContext());
        String hex = PathTail.of(request);
        Optional<CharacterPage> page = atlas.character(hex);
        if (page.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND, "No character is assigned there.");
            return;
        }
        String canonical = page.get().self().hex();
        if (!canonical.equals(hex)) {
            // One address per character, so that a cache keeps one page of it.
            response.sendRedirect(request.getContextPath() + "/char/" + canonical);
            return;
        }
        view.show(page.get().self().name(), page.get());
    }
}
