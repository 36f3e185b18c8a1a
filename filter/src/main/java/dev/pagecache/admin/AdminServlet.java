package dev.pagecache.admin;

import dev.pagecache.NeverCache;
import dev.pagecache.Purge;
import dev.pagecache.config.AdminSettings;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Purges and shows the caches of its web application over HTTP, for who has its token. It is off unless it is mapped,
 * such as to {@code /cache/*}; its init-param {@code token}, the environment variable {@code PAGECACHE_ADMIN_TOKEN} or
 * the context-param {@code pagecache.admin.token} gives the secret, without which it does not start. Every request
 * brings it as {@code Authorization: Bearer}; a form of another site cannot.
 *
 * <ul>
 *   <li>{@code POST /purge} with a form of {@code url}, {@code prefix}, {@code tag}, each as often as wanted, or
 *       {@code all=true}, and {@code mode=hard}, {@code soft} or {@code refresh}, which mean what
 *       {@link dev.pagecache.PageCaches} says. Answers {@code {"purged":2,"shared":true}}: how many things were named,
 *       and whether all nodes can know, for which it waits a second at most.
 *   <li>{@code POST /warm} with a form of {@code path}, as often as wanted, or {@code sitemap}: see {@link Warmer}.
 *   <li>{@code GET /status}: the numbers of each cache.
 * </ul>
 *
 * <p>Nothing is purged unless all of the form is understood. Bodies have at most 64 KiB and 1,000 fields.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
@NeverCache
public final class AdminServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Refusals refusals = new Refusals(System::nanoTime);
    private transient @Nullable AdminSettings settings;
    private transient @Nullable Warmer warmer;

    /** A servlet that a container creates and initialises. */
    public AdminServlet() {}

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException if one is wrong, or there is no token; no message holds a token
     */
    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        settings = AdminSettings.read(initParams(config), contextParams(config.getServletContext()));
        warmer = settings.warmBase() == null ? null : new Warmer(settings.warmBase(), settings.warmRate());
    }

    /** Ends warming. */
    @Override
    public void destroy() {
        if (warmer != null) {
            warmer.close();
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (settings == null || !Authorization.hasToken(request, settings.token())) {
            refusals.add(request.getRemoteAddr());
            JsonAnswer.unauthorized(response);
            return;
        }
        ApplicationCaches caches = ApplicationCaches.find(request.getServletContext());
        if (caches == null) {
            JsonAnswer.unavailable(response);
            return;
        }
        switch (path(request)) {
            case "/purge" -> purge(caches, request, response);
            case "/warm" -> warm(request, response);
            case "/status" -> status(caches, request, response);
            default -> JsonAnswer.notFound(response);
        }
    }

    private static void purge(ApplicationCaches caches, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!request.getMethod().equals("POST")) {
            JsonAnswer.methodNotAllowed(response, "POST", "purging is done by POST");
            return;
        }
        if (caches.areCrowded()) {
            JsonAnswer.tooMany(response, "there are more purges than the other nodes can be told of");
            return;
        }
        FormBody form = form(request, response);
        if (form == null) {
            return;
        }
        PurgeOrder order;
        Purge purge;
        try {
            order = PurgeForm.order(form);
            purge = caches.purge(order);
        } catch (IllegalArgumentException e) {
            JsonAnswer.badRequest(response, String.valueOf(e.getMessage()));
            return;
        }
        JsonAnswer.purged(response, order.size(), caches.awaitShared(purge));
    }

    private void warm(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            JsonAnswer.methodNotAllowed(response, "POST", "warming is done by POST");
            return;
        }
        if (warmer == null) {
            JsonAnswer.badRequest(response, "the parameter warm.base is not given: nothing can be asked for");
            return;
        }
        FormBody form = form(request, response);
        if (form == null) {
            return;
        }
        int pages;
        try {
            pages = WarmForm.start(form, warmer);
        } catch (IllegalArgumentException e) {
            JsonAnswer.badRequest(response, String.valueOf(e.getMessage()));
            return;
        }
        if (pages < 0) {
            JsonAnswer.tooMany(response, "there are too many pages to be asked for");
            return;
        }
        JsonAnswer.send(response, HttpServletResponse.SC_ACCEPTED, new Json().put("pages", pages));
    }

    private void status(ApplicationCaches caches, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String method = request.getMethod();
        if (method.equals("GET") || method.equals("HEAD")) {
            JsonAnswer.send(response, HttpServletResponse.SC_OK, StatusReport.of(caches.meters(), warmer));
        } else {
            JsonAnswer.methodNotAllowed(response, "GET, HEAD", "the status is read by GET");
        }
    }

    /** The form of a request, or null if the answer is given already. */
    private static @Nullable FormBody form(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getQueryString() != null) {
            JsonAnswer.badRequest(response, "query: there must be none; the fields are in the body");
            return null;
        }
        if (!FormBody.isSentWith(request)) {
            JsonAnswer.unsupportedType(response);
            return null;
        }
        try {
            FormBody form = FormBody.read(request);
            if (form == null) {
                JsonAnswer.tooLarge(response, "body: it has more than " + FormBody.MAX_BYTES + " bytes");
            }
            return form;
        } catch (IllegalArgumentException e) {
            JsonAnswer.badRequest(response, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** What follows the mapping; where the mapping has no star, the end of the path. */
    private static String path(HttpServletRequest request) {
        String rest = request.getPathInfo();
        if (rest != null) {
            return rest;
        }
        String mapped = request.getServletPath();
        return mapped.substring(Math.max(0, mapped.lastIndexOf('/')));
    }

    private static Map<String, String> initParams(ServletConfig config) {
        Map<String, String> params = new TreeMap<>();
        for (Enumeration<String> names = config.getInitParameterNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            params.put(name, config.getInitParameter(name));
        }
        return params;
    }

    private static Map<String, String> contextParams(ServletContext context) {
        Map<String, String> params = new TreeMap<>();
        for (Enumeration<String> names = context.getInitParameterNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            params.put(name, context.getInitParameter(name));
        }
        return params;
    }
}
