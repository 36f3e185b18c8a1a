package dev.pagecache.sample.web;

import dev.pagecache.sample.atlas.Atlas;
import dev.pagecache.sample.atlas.DayCharacter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The characters of the last seven days as JSON, written asynchronously by a thread of its own. */
@WebServlet(name = "feed", urlPatterns = "/feed", asyncSupported = true)
public final class FeedServlet extends HttpServlet {

    private static final int DAYS = 7;
    private static final int THREADS = 2;
    private static final long TIMEOUT_MILLIS = 10_000;
    private static final long GRACE_SECONDS = 5;

    private transient @Nullable ExecutorService executor;

    /** Called by the container. */
    public FeedServlet() {}

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        executor = Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "sample-feed"));
    }

    @Override
    public void destroy() {
        ExecutorService running = executor;
        if (running == null) {
            return;
        }
        running.shutdown();
        try {
            if (!running.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                running.shutdownNow();
            }
        } catch (InterruptedException e) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ExecutorService running = executor;
        if (running == null) {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        Atlas atlas = AtlasListener.atlas(getServletContext());
        // With the wrapped pair: what the filters put around it stays around it.
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(TIMEOUT_MILLIS);
        running.execute(() -> complete(async, atlas));
    }

    private void complete(AsyncContext async, Atlas atlas) {
        try {
            LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
            write(async.getResponse(), atlas.days(today, DAYS));
        } catch (IOException e) {
            log("The client of /feed went away", e);
        } finally {
            async.complete();
        }
    }

    private static void write(ServletResponse response, List<DayCharacter> days) throws IOException {
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(DayJson.of(days));
    }
}
