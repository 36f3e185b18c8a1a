package dev.pagecache.proof;

import dev.pagecache.PageControl;
import dev.pagecache.servlet.TestSite;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The application: renders the pages of all kinds from the data that its nodes share. A POST to the URL of a page
 * changes its data and answers with their new version.
 *
 * <p>Safe for use by many threads.
 */
final class Pages {
    /** The header by which pages vary. */
    static final String VARIANT = "X-Variant";

    static final String COOKIE = "who";
    static final String LOGIN = "/login";

    private static final String USER = "user";

    private final Catalogue catalogue;
    private final AtomicLong names = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    Pages(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Declares them on the site of a node. */
    TestSite.Builder on(TestSite.Builder site) {
        for (Kind kind : Kind.values()) {
            site.page("/" + kind.folder() + "/*", (request, response) -> serve(kind, request, response));
        }
        return site.page(LOGIN, Pages::login);
    }

    /** Largest of the names that were given to one answer each. */
    long lastName() {
        return names.get();
    }

    private static void login(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getSession(true).setAttribute(USER, request.getQueryString());
        response.getWriter().write("welcome");
    }

    private void serve(Kind kind, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Item item = catalogue.find(request.getServerName(), request.getRequestURI(), request.getQueryString());
        if (item == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (request.getMethod().equals("POST")) {
            change(item, response);
        } else {
            render(kind, item, request, response);
        }
    }

    /** Some ask for the output before they change anything, as frameworks do. */
    private void change(Item item, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        if (item.index() % 2 == 0) {
            OutputStream out = response.getOutputStream();
            out.write(answer(catalogue.change(item)));
        } else {
            long version = catalogue.change(item);
            response.getOutputStream().write(answer(version));
        }
    }

    private static byte[] answer(long version) {
        return Long.toString(version).getBytes(StandardCharsets.US_ASCII);
    }

    private void render(Kind kind, Item item, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        // Read before all else: what is changed from here on is not in the page.
        long version = catalogue.version(item);
        String variant = Identity.NONE;
        String user = Identity.NONE;
        PageControl.of(request).tag(item.tag());
        response.setContentType("application/octet-stream");
        switch (kind) {
            case SESSION -> user = userOf(request.getSession(false));
            case COOKIE -> user = cookie(request);
            case AUTHORIZED -> user = orNone(request.getHeader("Authorization"));
            case NEWCOMER -> {
                user = newName();
                response.addCookie(new Cookie("visitor", user));
                // Jetty lets such a page expire at once where nothing else is said.
                response.setHeader("Cache-Control", "max-age=4");
            }
            case PRIVATE -> {
                user = newName();
                response.setHeader("Cache-Control", "private, max-age=60");
            }
            case SHARED -> response.setHeader("Cache-Control", "public, max-age=4");
            case DECLARED -> {
                response.setHeader("Vary", VARIANT);
                variant = orNone(request.getHeader(VARIANT));
            }
            case LEARNED -> variant = orNone(request.getHeader(VARIANT));
            default -> {}
        }
        if (item.pauseMicros() > 0) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(item.pauseMicros()));
        }
        Identity identity = new Identity(
                Identity.SITE,
                request.getServerName(),
                request.getRequestURI(),
                request.getQueryString(),
                variant,
                user,
                version);
        byte[] body = ProofBody.of(identity, item.noiseBytes());
        switch (kind) {
            case ASYNC -> later(request, body);
            case FLAKY -> fail(response, body);
            default -> response.getOutputStream().write(body);
        }
    }

    private static void later(HttpServletRequest request, byte[] body) {
        AsyncContext async = request.startAsync();
        async.start(() -> {
            try {
                async.getResponse().getOutputStream().write(body);
            } catch (IOException e) {
                // The client is gone.
            }
            async.complete();
        });
    }

    /**
     * Fails before the answer, in the middle of it, by promising more than it sends, and every other time not at all.
     */
    private void fail(HttpServletResponse response, byte[] body) throws IOException {
        OutputStream out = response.getOutputStream();
        switch ((int) (failures.incrementAndGet() % 9)) {
            case 0 -> throw new IllegalStateException("fails on purpose");
            case 1 -> response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            case 2 -> {
                out.write(body, 0, body.length / 2);
                response.flushBuffer();
                throw new IllegalStateException("fails on purpose");
            }
            case 3 -> {
                response.setContentLength(body.length);
                out.write(body, 0, body.length - 1);
            }
            case 4 -> {
                out.write(body, 0, body.length / 2);
                throw new IOException("fails on purpose");
            }
            case 5 -> {
                out.write(body, 0, body.length / 2);
                response.reset();
                out.write(body);
            }
            case 6 -> {
                response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                out.write(body);
            }
            default -> out.write(body);
        }
    }

    private String newName() {
        return "n" + names.incrementAndGet();
    }

    private static String userOf(@Nullable HttpSession session) {
        return session == null ? Identity.NONE : orNone((String) session.getAttribute(USER));
    }

    private static String cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(COOKIE)) {
                    return cookie.getValue();
                }
            }
        }
        return Identity.NONE;
    }

    private static String orNone(@Nullable String value) {
        return value == null ? Identity.NONE : value;
    }
}
