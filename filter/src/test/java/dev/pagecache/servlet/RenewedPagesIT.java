package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.AsyncContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a renewal stores is what a request with a client would have stored. */
final class RenewedPagesIT {
    static Stream<String> ways() {
        return pages().keySet().stream();
    }

    private static Map<String, View> pages() {
        Map<String, View> pages = new LinkedHashMap<>();
        pages.put("writer, type with charset", (request, response) -> {
            response.setContentType("text/plain; charset=UTF-8");
            response.getWriter().write("gr\u00fc\u00df \u20ac");
        });
        pages.put("writer, type without charset", (request, response) -> {
            response.setContentType("text/html");
            response.getWriter().write("gr\u00fc\u00df");
        });
        pages.put("writer, no type", (request, response) -> response.getWriter().write("gr\u00fc\u00df"));
        pages.put("writer, JSON", (request, response) -> {
            response.setContentType("application/json");
            response.getWriter().write("\"gr\u00fc\u00df\"");
        });
        pages.put("writer, charset by itself", (request, response) -> {
            response.setCharacterEncoding("ISO-8859-15");
            response.setContentType("text/plain");
            response.getWriter().printf("%s %.1f", "\u20ac", 1.5);
        });
        pages.put("writer, locale", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            response.setLocale(java.util.Locale.GERMANY);
            response.getWriter().format("%.1f", 1.5);
        });
        pages.put("stream", (request, response) -> {
            response.setContentType("image/png");
            response.getOutputStream().write(new byte[] {1, 2, 3});
        });
        pages.put("stream that prints", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            response.getOutputStream().print("gr\u00fc\u00df");
        });
        pages.put("large", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            for (int i = 0; i < 100; i++) {
                response.getWriter().write("0123456789".repeat(500));
            }
        });
        pages.put("flushed early", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().write("a");
            response.flushBuffer();
            response.getWriter().write("b");
        });
        pages.put("closed by the application", (request, response) -> {
            response.getOutputStream().write(new byte[] {1, 2, 3});
            response.getOutputStream().close();
        });
        pages.put("declared length", (request, response) -> {
            response.setContentLength(3);
            response.getOutputStream().write(new byte[] {1, 2, 3});
        });
        pages.put("fields", (request, response) -> {
            response.addHeader("X-A", "1");
            response.addHeader("x-a", "2");
            response.addIntHeader("X-Int", 3);
            response.setDateHeader("Last-Modified", 1_000_000_000_000L);
            response.addHeader("Link", "<a>");
            View.text("page").render(request, response);
        });
        pages.put("reset before", (request, response) -> {
            response.setHeader("X-Lost", "1");
            String cacheControl = response.getHeader("Cache-Control");
            response.getWriter().write("lost");
            response.reset();
            response.setHeader("Cache-Control", cacheControl);
            View.text("page").render(request, response);
        });
        pages.put("includes", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().write("before ");
            Objects.requireNonNull(request.getRequestDispatcher("/target")).include(request, response);
            response.getWriter().write(" after");
        });
        AsyncBehaviours.completing().forEach((name, view) -> pages.put("async: " + name, view));
        AsyncBehaviours.dispatching().forEach((name, view) -> pages.put("async: " + name, view));
        return pages;
    }

    /** Whatever a page is made of, the renewed one is the same: in its bytes, and in the spelling of its fields. */
    @ParameterizedTest
    @MethodSource("ways")
    void renewedPage_equalsTheOneOfTheContainer(String way) {
        View view = Objects.requireNonNull(pages().get(way));
        try (TestSite site = TestSite.with()
                .page(
                        "/p",
                        way.equals("async: dispatch to itself")
                                ? StalePages.agingOncePerRequest(view)
                                : StalePages.aging(view))
                .page("/target", View.text("target"))
                .page("/asynctarget", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.start(() -> {
                        AsyncBehaviours.write(async, "asynctarget");
                        async.complete();
                    });
                })
                .start()) {
            Reply miss = site.get("/p");
            try (StalePages.Found found = StalePages.findStale(site)) {
                assertEquals(miss.text(), found.reply().text());
                Reply renewed = StalePages.awaitFresh(site);
                assertEquals(miss.text(), renewed.text());
                assertEquals(withoutTimes(found.reply()), withoutTimes(renewed));
            }
        }
    }

    private static List<String> withoutTimes(Reply reply) {
        return reply.fieldsWithout("Age", "Date", "Expires", "Cache-Control", "Cache-Status", "Connection", "Server");
    }
}
