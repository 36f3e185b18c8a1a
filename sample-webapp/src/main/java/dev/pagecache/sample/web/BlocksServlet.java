package dev.pagecache.sample.web;

import dev.pagecache.sample.atlas.Blocks;
import dev.pagecache.sample.atlas.Chapter;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** All blocks: the front page. Cached for as long as the site says. */
@WebServlet(name = "blocks", urlPatterns = "")
public final class BlocksServlet extends HttpServlet {

    /**
     * What the page shows.
     *
     * @param chapters the blocks under headings
     * @param blocks how many blocks there are
     * @param assigned how many characters are assigned, with thousands apart
     */
    public record Model(List<Chapter> chapters, int blocks, String assigned) {

        /** Keeps a copy of the chapters. */
        public Model {
            chapters = List.copyOf(chapters);
        }
    }

    /** Called by the container. */
    public BlocksServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        View view = View.begin(request, response, "blocks");
        Blocks blocks = AtlasListener.atlas(getServletContext()).blocks();
        int assigned = blocks.all().stream().mapToInt(block -> block.assigned()).sum();
        view.show(
                "Blocks",
                new Model(blocks.chapters(), blocks.all().size(), String.format(Locale.ROOT, "%,d", assigned)));
    }
}
