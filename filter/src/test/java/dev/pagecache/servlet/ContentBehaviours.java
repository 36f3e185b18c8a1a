package dev.pagecache.servlet;

import jakarta.servlet.ServletOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writers, charsets and streams. */
final class ContentBehaviours {
    private final Behaviours all;

    private ContentBehaviours(Behaviours all) {
        this.all = all;
    }

    static void addTo(Behaviours all) {
        ContentBehaviours behaviours = new ContentBehaviours(all);
        behaviours.writers();
        behaviours.charsets();
        behaviours.streams();
    }

    private void writers() {
        all.notStored("nothing at all", (request, response) -> {});
        all.stored("writer without output", (request, response) -> response.getWriter());
        all.stored("writer of text", (request, response) -> response.getWriter().write("h\u00e9llo"));
        all.stored("println of every type", (request, response) -> {
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
        all.stored("printf with locale", (request, response) -> {
            PrintWriter out = response.getWriter();
            out.printf(Locale.GERMANY, "%.2f|", 1.5);
            out.format(Locale.ROOT, "%.2f|", 1.5).printf("%s", "end");
        });
        all.stored("printf after setLocale", (request, response) -> {
            response.setLocale(Locale.FRANCE);
            response.getWriter().printf("%.2f", 1.5);
        });
        all.stored("writer closed early", (request, response) -> {
            PrintWriter out = response.getWriter();
            out.write("before");
            out.close();
            out.write("after");
            response.setHeader("X-Error", String.valueOf(out.checkError()));
        });
        all.stored("writer flushed", (request, response) -> {
            response.getWriter().write("one");
            response.getWriter().flush();
            response.setHeader("X-Late", "1");
            response.getWriter().write("two");
        });
        all.stored("writer asked for errors", (request, response) -> {
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
            "text/css;x=y"
        }) {
            all.stored("writer with type " + type, (request, response) -> {
                response.setContentType(type);
                response.getWriter().write("\u00e4" + response.getCharacterEncoding());
            });
        }
        all.storedIfCharsetIsKnown("writer whose charset a container may keep", (request, response) -> {
            response.setContentType("image/svg+xml");
            response.getWriter().write("<svg/>" + response.getCharacterEncoding());
        });
        all.notStored("text that its charset cannot hold", (request, response) -> {
            response.setContentType("text/html;charset=ISO-8859-1");
            response.getWriter().write("\u20ac");
        });
        all.stored("type as header field", (request, response) -> {
            response.setHeader("Content-Type", "text/html;charset=utf-8");
            response.getWriter().write("\u20ac" + response.getContentType());
        });
        all.stored("encoding before writer", (request, response) -> {
            response.setContentType("text/plain");
            response.setCharacterEncoding("UTF-16BE");
            response.getWriter().write("\u20ac");
        });
        all.stored("encoding after writer", (request, response) -> {
            response.setContentType("text/plain");
            PrintWriter out = response.getWriter();
            response.setCharacterEncoding("UTF-8");
            out.write("\u00e9" + response.getContentType());
        });
        all.stored("encoding alone", (request, response) -> {
            response.setCharacterEncoding("utf-8");
            response.getWriter().write("\u20ac" + response.getContentType());
        });
        all.stored("type after writer", (request, response) -> {
            PrintWriter out = response.getWriter();
            response.setContentType("text/plain;charset=utf-8");
            out.write("\u00e9");
        });
        all.stored("locale", (request, response) -> {
            response.setContentType("text/html");
            response.setLocale(Locale.JAPAN);
            response.getWriter().write("\u00e9" + response.getLocale());
        });
        all.stored("type removed by null", (request, response) -> {
            response.setContentType("text/html");
            response.setContentType(null);
            response.getWriter().write("x");
        });
    }

    private void streams() {
        all.stored("stream of bytes", (request, response) -> {
            ServletOutputStream out = response.getOutputStream();
            out.write(0);
            out.write(255);
            out.write(new byte[] {1, 2, 3});
            out.write(new byte[] {4, 5, 6, 7}, 1, 2);
        });
        all.stored("stream printing", (request, response) -> {
            response.setContentType("text/plain");
            ServletOutputStream out = response.getOutputStream();
            out.print("text");
            out.println('c');
            out.println(1.5);
            out.print(true);
            out.println();
        });
        all.stored("stream printing another charset", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            response.getOutputStream().print("\u00e9");
        });
        all.stored("stream closed early", (request, response) -> {
            response.getOutputStream().write(new byte[] {1, 2});
            response.getOutputStream().close();
            response.setHeader("X-Late", "1");
        });
        all.stored("stream flushed empty", (request, response) -> {
            response.getOutputStream().flush();
            response.getOutputStream().write('x');
        });
        all.stored("stream of 100 KB in small writes", (request, response) -> {
            byte[] piece = "0123456789".repeat(10).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 1000; i++) {
                response.getOutputStream().write(piece);
            }
        });
        all.stored("writer of 100 KB", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            for (int i = 0; i < 10_000; i++) {
                response.getWriter().write("\u20ac123456");
            }
        });
        all.stored(
                "stream of 1 MB",
                (request, response) -> response.getOutputStream().write(new byte[1 << 20]));
        all.foundOutLate(
                "stream of 1 MB and a byte",
                (request, response) -> response.getOutputStream().write(new byte[(1 << 20) + 1]));
        all.foundOutLate("stream of 5 MB", (request, response) -> {
            for (int i = 0; i < 500; i++) {
                response.getOutputStream().write(new byte[10_000]);
            }
        });
        all.stored("stream then writer", (request, response) -> {
            response.getOutputStream().print("stream");
            try {
                response.getWriter().write("writer");
            } catch (IllegalStateException e) {
                response.getOutputStream().print(" refused");
            }
        });
        all.stored("writer then stream", (request, response) -> {
            response.getWriter().print("writer");
            try {
                response.getOutputStream().write(1);
            } catch (IllegalStateException e) {
                response.getWriter().print(" refused");
            }
        });
    }
}
