package dev.pagecache.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A page of a {@link TestSite}, written as a lambda. */
@FunctionalInterface
public interface View {

    void render(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;

    /** A page of type text/plain that says the same each time. */
    static View text(String body) {
        return (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().write(body);
        };
    }

    /** A page that says which render it is and sends fields besides: name, value, name, value and so on. */
    static View numbered(String... namesAndValues) {
        return (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            for (int i = 0; i < namesAndValues.length; i += 2) {
                response.addHeader(namesAndValues[i], namesAndValues[i + 1]);
            }
            response.getWriter().write("render " + TestSite.render(request));
        };
    }

    /** A page that does something first and then says which render it is. */
    static View numberedAfter(View first) {
        return (request, response) -> {
            first.render(request, response);
            response.getWriter().write("render " + TestSite.render(request));
        };
    }
}
