package dev.pagecache.sample.web;

import dev.pagecache.CachePage;
import dev.pagecache.sample.atlas.Report;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts over all code points, made slow on purpose: the context-param {@code sample.reportMillis} says how long the
 * work takes at least. Cached for 30 seconds, and purged with the tag {@code report}.
 */
@CachePage(value = 30, tags = "report")
@WebServlet(name = "report", urlPatterns = "/report")
public final class ReportServlet extends HttpServlet {

    private static final String MILLIS = "sample.reportMillis";
    private static final long DEFAULT_MILLIS = 1000;

    private transient long leastNanos;

    /** Called by the container. */
    public ReportServlet() {}

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        leastNanos =
                TimeUnit.MILLISECONDS.toNanos(millis(config.getServletContext().getInitParameter(MILLIS)));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        View view = View.begin(request, response, "report");
        long start = System.nanoTime();
        Report report = AtlasListener.atlas(getServletContext()).report();
        linger(leastNanos - (System.nanoTime() - start));
        view.show("Report", report);
    }

    private static void linger(long nanos) {
        if (nanos <= 0) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long millis(@Nullable String value) {
        if (value == null) {
            return DEFAULT_MILLIS;
        }
        try {
            return Math.max(0, Long.parseLong(value.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(MILLIS + "=" + value + ": must be a number of milliseconds", e);
        }
    }
}
