package dev.pagecache.sample.web;

import dev.pagecache.sample.atlas.Block;
import dev.pagecache.sample.atlas.BlockPage;
import dev.pagecache.sample.atlas.Blocks;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One block as a grid, in pages of 256. Cached for as long as the site says. */
@WebServlet(name = "block", urlPatterns = "/block/*")
public final class BlockServlet extends HttpServlet {

    private static final int MAX_PAGE_DIGITS = 4;

    /** Called by the container. */
    public BlockServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        View view = View.begin(request, response, "block");
        Blocks blocks = AtlasListener.atlas(getServletContext()).blocks();
        Optional<Block> block = blocks.find(PathTail.of(request));
        if (block.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND, "There is no block of that name.");
            return;
        }
        Optional<BlockPage> page = blocks.page(block.get(), pageNumber(request.getParameter("page")));
        if (page.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND, "The block has no such page.");
            return;
        }
        view.show(block.get().title(), page.get());
    }

    // 1 if the parameter is absent, 0 (which no block has) if it is no number.
    private static int pageNumber(@Nullable String text) {
        if (text == null) {
            return 1;
        }
        boolean isNumber = !text.isEmpty()
                && text.length() <= MAX_PAGE_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Integer.parseInt(text) : 0;
    }
}
