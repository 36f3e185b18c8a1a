package dev.pagecache.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ways in which a servlet can make a response, each under the sentence that names it. */
final class Behaviours {

    /** Whether a complete page comes of it that may be stored. */
    enum Outcome {
        STORED,
        NOT_STORED,
        /** Stored by containers that tell the charset. */
        AS_THE_CHARSET_IS_KNOWN,
        /** Not stored, which shows only after its head was sent. */
        FOUND_OUT_LATE
    }

    /** A way to make a response. */
    record Behaviour(Outcome outcome, View view) {}

    private final Map<String, Behaviour> all = new LinkedHashMap<>();

    private Behaviours() {
        ContentBehaviours.addTo(this);
        fields();
        readBack();
        EndBehaviours.addTo(this);
    }

    static Map<String, Behaviour> all() {
        return new Behaviours().all;
    }

    void stored(String name, View view) {
        all.put(name, new Behaviour(Outcome.STORED, view));
    }

    void foundOutLate(String name, View view) {
        all.put(name, new Behaviour(Outcome.FOUND_OUT_LATE, view));
    }

    void storedIfCharsetIsKnown(String name, View view) {
        all.put(name, new Behaviour(Outcome.AS_THE_CHARSET_IS_KNOWN, view));
    }

    void notStored(String name, View view) {
        all.put(name, new Behaviour(Outcome.NOT_STORED, view));
    }

    private void fields() {
        stored("many fields", (request, response) -> {
            for (int i = 0; i < 100; i++) {
                response.addHeader("X-Field-" + i, "value " + i);
            }
            response.getWriter().write("x");
        });
        stored("repeated fields", (request, response) -> {
            response.addHeader("X-Many", "1");
            response.addHeader("X-Many", "2");
            response.addIntHeader("X-Many", 3);
            response.addDateHeader("X-Date", 0);
            response.setHeader("Link", "<a>");
            response.addHeader("Link", "<b>");
            response.getWriter().write("x");
        });
        stored("fields replaced and removed", (request, response) -> {
            response.setHeader("X-A", "1");
            response.setHeader("x-a", "2");
            response.setHeader("X-B", "1");
            response.setHeader("X-B", null);
            response.setIntHeader("X-C", -7);
            response.setDateHeader("X-D", 1_000_000_000_000L);
            response.setHeader("X-E", "");
            response.addHeader("X-F", null);
            response.getWriter().write("x");
        });
        stored("security fields", (request, response) -> {
            response.setHeader("Content-Security-Policy", "default-src 'self'");
            response.setHeader("Strict-Transport-Security", "max-age=1");
            response.setHeader("X-Frame-Options", "DENY");
            response.setHeader("Content-Language", "de");
            response.setHeader("Content-Disposition", "inline; filename=\"x\"");
            response.getWriter().write("x");
        });
        stored("own entity tag and dates", (request, response) -> {
            response.setHeader("ETag", "W/\"mine\"");
            response.setDateHeader("Last-Modified", 1_000_000_000_000L);
            response.setHeader("Cache-Control", "max-age=60");
            response.getWriter().write("x");
        });
        stored("content encoding of its own", (request, response) -> {
            response.setHeader("Content-Encoding", "gzip");
            response.getOutputStream().write(new byte[] {31, -117, 8, 0});
        });
        notStored("private page", (request, response) -> {
            response.setHeader("Cache-Control", "private, max-age=60");
            response.getWriter().write("x".repeat(40_000));
        });
    }

    private void readBack() {
        stored("fields read back", (request, response) -> {
            response.setContentType("text/plain");
            response.setCharacterEncoding("utf-8");
            response.addHeader("X-A", "1");
            response.addHeader("X-A", "2");
            response.setHeader("ETag", "\"mine\"");
            response.getWriter()
                    .write(response.getHeader("x-a")
                            + response.getHeaders("X-A")
                            + response.containsHeader("X-B")
                            + response.getHeader("X-B")
                            + response.getStatus()
                            + response.getContentType()
                            + response.getCharacterEncoding()
                            + response.getHeader("Expires")
                            + response.getLocale());
        });
        stored("buffer read back", (request, response) -> {
            response.setContentType("text/plain");
            response.getWriter().write(response.getBufferSize() + " " + response.isCommitted());
        });
        stored("committed after much output", (request, response) -> {
            response.getOutputStream().write(new byte[100_000]);
            response.getOutputStream().print(response.isCommitted() + "");
        });
        stored("supplied trailer", (request, response) -> {
            response.getWriter().write("x");
            response.flushBuffer();
            response.getWriter().write(String.valueOf(response.getTrailerFields()));
        });
    }

    /** The resources that some behaviours dispatch to. */
    static TestSite.Builder targets() {
        return TestSite.with()
                .page("/target", (request, response) -> {
                    response.setHeader("X-Target", "1");
                    response.getWriter().write("target " + request.getQueryString());
                })
                .page(
                        "/bytes",
                        (request, response) -> response.getOutputStream().print("bytes"))
                .page("/broken", (request, response) -> response.sendError(HttpServletResponse.SC_BAD_GATEWAY))
                .page("/throwing", (request, response) -> {
                    throw new IllegalStateException("thrown");
                })
                .page(
                        "/errorpage",
                        (request, response) -> response.getWriter()
                                .write("error page for "
                                        + request.getAttribute("jakarta.servlet.error.request_uri")
                                        + request.getAttribute("jakarta.servlet.error.message")))
                // Tomcat 10.1 writes its own page in another charset where a wrapped response was forwarded.
                .errorPage(502, "/errorpage")
                .errorPage(410, "/errorpage");
    }
}
