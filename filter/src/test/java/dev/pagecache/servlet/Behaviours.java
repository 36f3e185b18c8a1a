package dev.pagecache.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Ways in which a servlet can make a response, each under the sentence that names it. */
final class Behaviours {

    /** Whether a complete page comes of it that may be stored. */
    enum Outcome {
        STORED,
        NOT_STORED
    }

    /** A way to make a response. */
    record Behaviour(Outcome outcome, View view) {}

    private final Map<String, Behaviour> all = new LinkedHashMap<>();

    private Behaviours() {
        writers();
        charsets();
        streams();
        buffers();
        fields();
        lengths();
        statuses();
        readBack();
        failures();
        dispatches();
    }

    static Map<String, Behaviour> all() {
        return new Behaviours().all;
    }

    private void stored(String name, View view) {
        all.put(name, new Behaviour(Outcome.STORED, view));
    }

    private void notStored(String name, View view) {
        all.put(name, new Behaviour(Outcome.NOT_STORED, view));
    }

    private void writers() {
        stored("nothing at all", (request, response) -> {});
        stored("writer without output", (request, response) -> response.getWriter());
        stored("writer of text", (request, response) -> response.getWriter().write("h\u00e9llo"));
        stored("println of every type", (request, response) -> {
            PrintWriter out = response.getWriter();
            out.println();
            out.println(true);
            out.println('c');
            out.println(1);
            out.println(2L);
            out.println(1.5f);
            out.println(2.5d);
            out.println(new char[] {'x', 'y'});
            out.println("text");
            out.println((Object) null);
            out.print(false);
            out.print(new char[] {'z'});
            out.write('w');
            out.write("substring", 3, 3);
            out.write(new char[] {'a', 'b', 'c'}, 1, 1);
            out.append("appended", 0, 3).append('!').append(null);
        });
        stored("printf with locale", (request, response) -> {
            PrintWriter out = response.getWriter();
            out.printf(Locale.GERMANY, "%.2f|", 1.5);
            out.format(Locale.ROOT, "%.2f|", 1.5).printf("%s", "end");
        });
        stored("printf after setLocale", (request, response) -> {
            response.setLocale(Locale.FRANCE);
            response.getWriter().printf("%.2f", 1.5);
        });
        stored("writer closed early", (request, response) -> {
            PrintWriter out = response.getWriter();
            out.write("before");
            out.close();
            out.write("after");
            response.setHeader("X-Error", String.valueOf(out.checkError()));
        });
        stored("writer flushed", (request, response) -> {
            response.getWriter().write("one");
            response.getWriter().flush();
            response.setHeader("X-Late", "1");
            response.getWriter().write("two");
        });
        stored("writer asked for errors", (request, response) -> {
            response.getWriter().write("text");
            boolean failed = response.getWriter().checkError();
            response.getWriter().write(" " + failed);
        });
    }

    private void charsets() {
        for (String type : new String[] {
            "text/html",
            "text/plain;charset=utf-8",
            "text/plain; charset=UTF-8",
            "text/html;charset=ISO-8859-1",
            "application/json",
            "application/xml",
            "application/octet-stream",
            "image/svg+xml",
            "text/css;x=y"
        }) {
            stored("writer with type " + type, (request, response) -> {
                response.setContentType(type);
                response.getWriter().write("\u00e4\u20ac" + response.getCharacterEncoding());
            });
        }
        stored("type as header field", (request, response) -> {
            response.setHeader("Content-Type", "text/html;charset=utf-8");
            response.getWriter().write("\u20ac" + response.getContentType());
        });
        stored("encoding before writer", (request, response) -> {
            response.setContentType("text/plain");
            response.setCharacterEncoding("UTF-16BE");
            response.getWriter().write("\u20ac");
        });
        stored("encoding after writer", (request, response) -> {
            response.setContentType("text/plain");
            PrintWriter out = response.getWriter();
            response.setCharacterEncoding("UTF-8");
            out.write("\u00e9" + response.getContentType());
        });
        stored("encoding alone", (request, response) -> {
            response.setCharacterEncoding("utf-8");
            response.getWriter().write("\u20ac" + response.getContentType());
        });
        stored("type after writer", (request, response) -> {
            PrintWriter out = response.getWriter();
            response.setContentType("text/plain;charset=utf-8");
            out.write("\u00e9");
        });
        stored("locale", (request, response) -> {
            response.setContentType("text/html");
            response.setLocale(Locale.JAPAN);
            response.getWriter().write("\u00e9" + response.getLocale());
        });
        stored("type removed by null", (request, response) -> {
            response.setContentType("text/html");
            response.setContentType(null);
            response.getWriter().write("x");
        });
    }

    private void streams() {
        stored("stream of bytes", (request, response) -> {
            ServletOutputStream out = response.getOutputStream();
            out.write(0);
            out.write(255);
            out.write(new byte[] {1, 2, 3});
            out.write(new byte[] {4, 5, 6, 7}, 1, 2);
        });
        stored("stream printing", (request, response) -> {
            response.setContentType("text/plain");
            ServletOutputStream out = response.getOutputStream();
            out.print("text");
            out.println('c');
            out.println(1.5);
            out.print(true);
            out.println();
        });
        stored("stream printing another charset", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            response.getOutputStream().print("\u00e9");
        });
        stored("stream closed early", (request, response) -> {
            response.getOutputStream().write(new byte[] {1, 2});
            response.getOutputStream().close();
            response.setHeader("X-Late", "1");
        });
        stored("stream flushed empty", (request, response) -> {
            response.getOutputStream().flush();
            response.getOutputStream().write('x');
        });
        stored("stream of 100 KB in small writes", (request, response) -> {
            byte[] piece = "0123456789".repeat(10).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 1000; i++) {
                response.getOutputStream().write(piece);
            }
        });
        stored("writer of 100 KB", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            for (int i = 0; i < 10_000; i++) {
                response.getWriter().write("\u20ac123456");
            }
        });
        stored(
                "stream of 1 MB",
                (request, response) -> response.getOutputStream().write(new byte[1 << 20]));
        notStored(
                "stream of 1 MB and a byte",
                (request, response) -> response.getOutputStream().write(new byte[(1 << 20) + 1]));
        notStored("stream of 5 MB", (request, response) -> {
            for (int i = 0; i < 500; i++) {
                response.getOutputStream().write(new byte[10_000]);
            }
        });
        stored("stream then writer", (request, response) -> {
            response.getOutputStream().print("stream");
            try {
                response.getWriter().write("writer");
            } catch (IllegalStateException e) {
                response.getOutputStream().print(" refused");
            }
        });
        stored("writer then stream", (request, response) -> {
            response.getWriter().print("writer");
            try {
                response.getOutputStream().write(1);
            } catch (IllegalStateException e) {
                response.getWriter().print(" refused");
            }
        });
    }

    private void buffers() {
        stored("flushBuffer first", (request, response) -> {
            response.flushBuffer();
            response.setHeader("X-Late", "1");
            response.setStatus(404);
            response.getWriter().write("x" + response.isCommitted());
        });
        stored("flushBuffer in the middle", (request, response) -> {
            response.getWriter().write("one");
            response.flushBuffer();
            response.getWriter().write("two");
        });
        stored("flushBuffer last", (request, response) -> {
            response.getWriter().write("one");
            response.flushBuffer();
        });
        stored("setBufferSize large", (request, response) -> {
            response.setBufferSize(100_000);
            response.getWriter().write("y".repeat(90_000));
            response.setHeader("X-Committed", String.valueOf(response.isCommitted()));
        });
        stored("setBufferSize after output", (request, response) -> {
            response.getWriter().write("a");
            try {
                response.setBufferSize(100_000);
            } catch (IllegalStateException e) {
                response.getWriter().write(" refused");
            }
        });
        stored("reset after output", (request, response) -> {
            response.setHeader("X-Gone", "1");
            response.setStatus(404);
            response.getWriter().write("gone");
            response.reset();
            response.setContentType("text/plain");
            response.getOutputStream().print("kept");
        });
        stored("resetBuffer after output", (request, response) -> {
            response.setHeader("X-Kept", "1");
            response.getWriter().write("gone");
            response.resetBuffer();
            response.getWriter().write("kept");
        });
        stored("resetBuffer after much output of the stream", (request, response) -> {
            response.getOutputStream().write(new byte[20_000]);
            response.resetBuffer();
            response.getOutputStream().print("kept");
        });
        stored("reset after flush", (request, response) -> {
            response.getWriter().write("sent");
            response.flushBuffer();
            String outcome = "";
            try {
                response.reset();
            } catch (IllegalStateException e) {
                outcome += " refused";
            }
            try {
                response.resetBuffer();
            } catch (IllegalStateException e) {
                outcome += " refused";
            }
            response.getWriter().write(outcome);
        });
    }

    private void fields() {
        stored("many fields", (request, response) -> {
            for (int i = 0; i < 100; i++) {
                response.addHeader("X-Field-" + i, "value " + i);
            }
        });
        stored("repeated fields", (request, response) -> {
            response.addHeader("X-Many", "1");
            response.addHeader("x-many", "2");
            response.addIntHeader("X-MANY", 3);
            response.addDateHeader("X-Date", 0);
            response.setHeader("Link", "<a>");
            response.addHeader("Link", "<b>");
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
        });
        stored("security fields", (request, response) -> {
            response.setHeader("Content-Security-Policy", "default-src 'self'");
            response.setHeader("Strict-Transport-Security", "max-age=1");
            response.setHeader("X-Frame-Options", "DENY");
            response.setHeader("Content-Language", "de");
            response.setHeader("Content-Disposition", "inline; filename=\"x\"");
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

    private void lengths() {
        stored("right length", (request, response) -> {
            response.setContentLength(5);
            response.getOutputStream().print("12345");
        });
        stored("right long length", (request, response) -> {
            response.setContentLengthLong(50_000L);
            response.getOutputStream().write(new byte[50_000]);
        });
        stored("right length as field", (request, response) -> {
            response.setHeader("Content-Length", "3");
            response.getWriter().write("abc");
        });
        stored("length reached and no more", (request, response) -> {
            response.setContentLength(3);
            response.getOutputStream().print("abc");
            response.setHeader("X-Late", String.valueOf(response.isCommitted()));
        });
        stored("length zero", (request, response) -> response.setContentLength(0));
        notStored("fewer bytes than the length", (request, response) -> {
            response.setContentLength(10);
            response.getOutputStream().print("12345");
        });
        notStored("more bytes than the length", (request, response) -> {
            response.setContentLength(3);
            response.getOutputStream().print("12345");
        });
        stored("length removed", (request, response) -> {
            response.setContentLength(10);
            response.setContentLengthLong(-1);
            response.getOutputStream().print("12345");
        });
    }

    private void statuses() {
        notStored("status 404 with body", (request, response) -> {
            response.setStatus(404);
            response.getWriter().write("not here");
        });
        notStored("status 204", (request, response) -> response.setStatus(204));
        notStored("status 304", (request, response) -> response.setStatus(304));
        notStored("status 299", (request, response) -> response.setStatus(299));
        notStored("status 500", (request, response) -> response.setStatus(500));
        notStored("sendError", (request, response) -> response.sendError(404));
        notStored("sendError with message", (request, response) -> response.sendError(503, "busy <b>"));
        notStored("sendError after output", (request, response) -> {
            response.setHeader("X-Kept", "1");
            response.getWriter().write("gone");
            response.sendError(400);
            response.setHeader("X-Late", String.valueOf(response.isCommitted()));
            response.getWriter().write("gone too");
        });
        notStored("sendError with stream in use", (request, response) -> {
            response.getOutputStream().print("gone");
            response.sendError(500, "why");
        });
        stored("sendError after flush", (request, response) -> {
            response.getWriter().write("sent");
            response.flushBuffer();
            try {
                response.sendError(500);
            } catch (IllegalStateException e) {
                response.getWriter().write(" refused");
            }
        });
        notStored("sendError with error page", (request, response) -> response.sendError(410, "gone"));
        notStored("redirect relative", (request, response) -> response.sendRedirect("other?x=1"));
        notStored("redirect to path", (request, response) -> response.sendRedirect("/other"));
        notStored("redirect absolute", (request, response) -> response.sendRedirect("http://other.test/x"));
        notStored("redirect 301", (request, response) -> response.sendRedirect("/other", 301));
        notStored("redirect 307 keeping the buffer", (request, response) -> {
            response.getWriter().write("kept");
            response.sendRedirect("/other", 307, false);
        });
        notStored("redirect after output", (request, response) -> {
            response.getWriter().write("gone");
            response.sendRedirect("/other");
            response.getWriter().write("gone too");
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
                            + response.getHeaderNames()
                            + response.getStatus()
                            + response.getContentType()
                            + response.getCharacterEncoding()
                            + response.getHeader("Expires")
                            + response.getHeader("Cache-Status")
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

    private void failures() {
        notStored("RuntimeException", (request, response) -> {
            response.setHeader("X-A", "1");
            response.getWriter().write("partial");
            throw new IllegalStateException("boom");
        });
        notStored("ServletException", (request, response) -> {
            throw new ServletException("boom");
        });
        notStored("IOException", (request, response) -> {
            throw new IOException("boom");
        });
        notStored("Error", (request, response) -> {
            throw new StackOverflowError("boom");
        });
        notStored("RuntimeException after flush", (request, response) -> {
            response.getWriter().write("partial");
            response.flushBuffer();
            throw new IllegalStateException("boom");
        });
        notStored("IOException after much output", (request, response) -> {
            response.getOutputStream().write(new byte[100_000]);
            throw new IOException("boom");
        });
    }

    private void dispatches() {
        stored("forward", (request, response) -> {
            response.getWriter().write("gone");
            request.getRequestDispatcher("/target").forward(request, response);
        });
        stored(
                "forward with query",
                (request, response) ->
                        request.getRequestDispatcher("/target?extra=1").forward(request, response));
        stored("include", (request, response) -> {
            response.setContentType("text/plain");
            response.getWriter().write("before ");
            request.getRequestDispatcher("/target").include(request, response);
            response.getWriter().write(" after");
        });
        stored("include twice", (request, response) -> {
            request.getRequestDispatcher("/target").include(request, response);
            request.getRequestDispatcher("/target?x").include(request, response);
        });
        stored("include by stream", (request, response) -> {
            response.getOutputStream().print("before ");
            request.getRequestDispatcher("/bytes").include(request, response);
        });
        notStored(
                "forward to an error",
                (request, response) -> request.getRequestDispatcher("/broken").forward(request, response));
        notStored("include of an exception", (request, response) -> {
            response.getWriter().write("before");
            request.getRequestDispatcher("/throwing").include(request, response);
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
                .errorPage(410, "/errorpage");
    }
}
