package dev.pagecache.sample.web;

import dev.pagecache.VaryOnHeaders;
import dev.pagecache.sample.atlas.LanguagePage;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/** The languages and countries of the world in the reader's language: one page per {@code Accept-Language}. */
@VaryOnHeaders("Accept-Language")
@WebServlet(name = "languages", urlPatterns = "/languages")
public final class LanguagesServlet extends HttpServlet {

    /** Called by the container. */
    public LanguagesServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        View view = View.begin(request, response, "languages");
        LanguagePage page = LanguagePage.of(Collections.list(request.getLocales()));
        response.setHeader("Content-Language", page.tag());
        view.language(page.tag(), page.direction()).show("Languages and countries", page);
    }
}
