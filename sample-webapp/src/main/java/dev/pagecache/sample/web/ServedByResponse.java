package dev.pagecache.sample.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies {@code Cache-Status} to {@code Server-Timing} as the metric {@code cache}, and changes nothing else. What is
 * set too late, on a committed response, has no effect here as it has none there. Confined to one request.
 */
final class ServedByResponse extends HttpServletResponseWrapper {

    private static final String CACHE_STATUS = "Cache-Status";
    private static final String SERVER_TIMING = "Server-Timing";
    private static final String METRIC = "cache;desc=";

    private @Nullable String metric;

    ServedByResponse(HttpServletResponse response) {
        super(response);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        // A page stored with the metric of its first rendering must not carry it for ever.
        if (isMetric(name, value)) {
            return;
        }
        super.setHeader(name, value);
        if (SERVER_TIMING.equalsIgnoreCase(name) && metric != null) {
            super.addHeader(name, metric);
        }
        if (CACHE_STATUS.equalsIgnoreCase(name)) {
            mirror();
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (isMetric(name, value)) {
            return;
        }
        super.addHeader(name, value);
        if (CACHE_STATUS.equalsIgnoreCase(name)) {
            mirror();
        }
    }

    @Override
    public void reset() {
        super.reset();
        metric = null;
    }

    private void mirror() {
        String mirrored = metric(super.getHeaders(CACHE_STATUS));
        List<String> others = super.getHeaders(SERVER_TIMING).stream()
                .filter(value -> !isMetric(SERVER_TIMING, value))
                .toList();
        super.setHeader(SERVER_TIMING, mirrored);
        others.forEach(value -> super.addHeader(SERVER_TIMING, value));
        metric = mirrored;
    }

    // A quoted-string (RFC 9110 section 5.6.4), because a status holds semicolons and may hold quotes.
    private static String metric(Collection<String> statuses) {
        String status = String.join(", ", statuses);
        return METRIC + '"' + status.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean isMetric(String name, @Nullable String value) {
        return SERVER_TIMING.equalsIgnoreCase(name) && value != null && value.startsWith(METRIC);
    }
}
