package dev.pagecache.sample.web;

import dev.pagecache.sample.atlas.Atlas;
import dev.pagecache.sample.atlas.Cell;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;

/**
 * The visitor's own page. It carries no annotation: because it touches the session, the cache lets every request
 * through and stores nothing.
 */
@WebServlet(name = "me", urlPatterns = "/me")
public final class MeServlet extends HttpServlet {

    private static final String VISITOR = "visitor";

    /**
     * What the page shows.
     *
     * @param visitor the session's owner
     * @param kept the characters that the owner kept
     */
    public record Model(Visitor visitor, List<Cell> kept) {

        /** Keeps a copy of the characters. */
        public Model {
            kept = List.copyOf(kept);
        }
    }

    /** Called by the container. */
    public MeServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        View view = View.begin(request, response, "me");
        HttpSession session = request.getSession();
        Visitor visitor = visitor(session).visited();
        session.setAttribute(VISITOR, visitor);
        Atlas atlas = AtlasListener.atlas(getServletContext());
        List<Cell> kept = visitor.kept().stream()
                .flatMap(hex -> atlas.character(hex).stream())
                .map(page -> page.self())
                .toList();
        view.show("Your page", new Model(visitor, kept));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession();
        Visitor visitor = visitor(session);
        String nickname = request.getParameter("nickname");
        if (nickname != null) {
            visitor = visitor.named(nickname);
        }
        String hex = request.getParameter("keep");
        if (hex != null
                && AtlasListener.atlas(getServletContext()).character(hex).isPresent()) {
            visitor = visitor.keeping(hex);
        }
        session.setAttribute(VISITOR, visitor);
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", request.getContextPath() + "/me");
    }

    private static Visitor visitor(HttpSession session) {
        return session.getAttribute(VISITOR) instanceof Visitor visitor ? visitor : Visitor.NEW;
    }
}
