package dev.pagecache.frameworks;

import dev.pagecache.servlet.PageCacheFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An application on Jetty at an ephemeral loopback port, with filters around the cache. */
final class Site implements AutoCloseable {
    private final Server server;
    private final int port;

    private Site(Server server, int port) {
        this.server = server;
        this.port = port;
    }

    static Builder with() {
        return new Builder();
    }

    int port() {
        return port;
    }

    /** A visitor of its own, without cookies yet. */
    Browser browser() {
        return new Browser(port);
    }

    @Override
    public void close() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says what is on a site. */
    static final class Builder {
        private final Map<String, String> params = new LinkedHashMap<>();
        private final List<Filter> outer = new ArrayList<>();
        private final List<Filter> inner = new ArrayList<>();
        private final Map<String, Servlet> servlets = new LinkedHashMap<>();
        private final List<Consumer<ServletContextHandler>> more = new ArrayList<>();
        private boolean hasCache = true;

        /** An init-param of the cache. */
        Builder param(String name, String value) {
            params.put(name, value);
            return this;
        }

        /** A filter nearer to the client than the cache; the first one is the outermost. */
        Builder outer(Filter filter) {
            outer.add(filter);
            return this;
        }

        /** A filter nearer to the servlet than the cache. */
        Builder inner(Filter filter) {
            inner.add(filter);
            return this;
        }

        Builder servlet(String mapping, Servlet servlet) {
            servlets.put(mapping, servlet);
            return this;
        }

        Builder context(Consumer<ServletContextHandler> change) {
            more.add(change);
            return this;
        }

        Builder withoutCache() {
            hasCache = false;
            return this;
        }

        Site start() {
            QueuedThreadPool threads = new QueuedThreadPool(40, 4);
            threads.setStopTimeout(0);
            Server server = new Server(threads);
            ServerConnector connector = new ServerConnector(server, 1, 1);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
            context.setClassLoader(Site.class.getClassLoader());
            context.setBaseResourceAsPath(Path.of("src", "test", "webapp"));
            ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
            errors.setShowStacks(false);
            context.setErrorHandler(errors);
            more.forEach(change -> change.accept(context));
            outer.forEach(filter -> addFilter(context, new FilterHolder(filter)));
            if (hasCache) {
                FilterHolder cache = new FilterHolder(new PageCacheFilter());
                cache.setName("pages");
                params.forEach(cache::setInitParameter);
                addFilter(context, cache);
            }
            inner.forEach(filter -> addFilter(context, new FilterHolder(filter)));
            servlets.forEach((mapping, servlet) -> {
                ServletHolder holder = new ServletHolder(servlet);
                holder.setAsyncSupported(true);
                context.addServlet(holder, mapping);
            });
            server.setHandler(context);
            try {
                server.start();
            } catch (Exception e) {
                stop(server);
                throw new IllegalStateException("the site does not start", e);
            }
            return new Site(server, connector.getLocalPort());
        }

        private static void addFilter(ServletContextHandler context, FilterHolder holder) {
            holder.setAsyncSupported(true);
            context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        }
    }
}
