package dev.pagecache.benchmarks;

import dev.pagecache.servlet.PageCacheFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/**
 * A Jetty in this process with the same pages twice: {@code /memory/<bytes>} in a cache with the default memory, and
 * {@code /redis/<bytes>} in one whose memory is too small for any page, so that each request needs Redis. Safe for use
 * by many threads.
 */
final class FaultNode implements AutoCloseable {
    private static final String TOO_SMALL = "1024";
    private static final long IDLE_MILLIS = 3_600_000;

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    /**
     * A running node.
     *
     * @param location where Redis is, or null for a node that has none
     */
    FaultNode(@Nullable String location) {
        ServletContextHandler context = new ServletContextHandler();
        if (location != null) {
            context.setInitParameter("pagecache.caches.default.location", location);
            context.setInitParameter("pagecache.caches.remote.location", location);
        }
        context.setInitParameter("pagecache.caches.remote.memory.maxBytes", TOO_SMALL);
        addFilter(context, "/memory/*", "default");
        addFilter(context, "/redis/*", "remote");
        context.addServlet(new ServletHolder(new PageServlet()), "/memory/*");
        context.addServlet(new ServletHolder(new PageServlet()), "/redis/*");
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        server.setHandler(context);
        start();
    }

    private static void addFilter(ServletContextHandler context, String path, String cache) {
        FilterHolder filter = new FilterHolder(new PageCacheFilter());
        filter.setAsyncSupported(true);
        filter.setInitParameter("timeout", "24h");
        filter.setInitParameter("cache", cache);
        context.addFilter(filter, path, EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
    }

    /** Jetty's own methods throw Exception. */
    private void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not start", e);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty does not stop", e);
        }
    }
}
