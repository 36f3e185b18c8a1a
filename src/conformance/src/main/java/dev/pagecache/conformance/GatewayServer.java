package dev.pagecache.conformance;

import dev.pagecache.servlet.PageCacheFilter;
import jakarta.servlet.DispatcherType;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A Jetty on the loopback address with the gateway behind the filter, and nothing of its own in a response: no Date, no
 * Server, no charset. Safe for use by many threads.
 */
final class GatewayServer implements AutoCloseable {
    private final Server server;
    private final int port;

    private GatewayServer(Server server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param port 0 for any that is free
     * @param filterParams init-params of the filter
     * @throws IllegalStateException if it does not start
     */
    static GatewayServer start(InetSocketAddress origin, int port, Map<String, String> filterParams) {
        return start(new GatewayServlet(origin, List.of()), port, filterParams);
    }

    /** Starts one with this gateway; all else is as above. */
    static GatewayServer start(GatewayServlet servlet, int port, Map<String, String> filterParams) {
        QueuedThreadPool threads = new QueuedThreadPool(200, 8);
        threads.setStopTimeout(0);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setHeaderCacheCaseSensitive(true);
        http.setRequestHeaderSize(64 * 1024);
        http.setResponseHeaderSize(2 * WireReader.MAX_HEAD_CHARS);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(context(servlet, filterParams));
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            throw new IllegalStateException("the gateway does not start", e);
        }
        return new GatewayServer(server, connector.getLocalPort());
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        stop(server);
    }

    private static ServletContextHandler context(GatewayServlet servlet, Map<String, String> filterParams) {
        ServletContextHandler context = new ServletContextHandler("/");
        // Else Jetty adds to text without a charset the one that it takes for its own.
        context.getMimeTypes().clear();
        FilterHolder filter = new FilterHolder(PageCacheFilter.class);
        filter.setAsyncSupported(true);
        filterParams.forEach(filter::setInitParameter);
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        ServletHolder gateway = new ServletHolder(servlet);
        gateway.setName("gateway");
        gateway.setAsyncSupported(true);
        context.addServlet(gateway, "/*");
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.setShowStacks(false);
        context.setErrorHandler(errors);
        return context;
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the gateway does not stop", e);
        }
    }
}
