package dev.pagecache.servlet;

import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import org.eclipse.jetty.ee11.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ResourceServlet;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty, set up as the README tells to. */
final class JettyContainer implements TestContainer {
    /** System property of a JVM whose Jetty runs requests on virtual threads. */
    static final String VIRTUAL_THREADS = "test.virtualThreads";

    @Override
    public Running start(SiteParts parts) {
        ServletContextHandler context = new ServletContextHandler(parts.contextPath(), ServletContextHandler.SESSIONS);
        if (parts.hasClassLoader()) {
            context.setClassLoader(JettyContainer.class.getClassLoader());
        }
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.setShowStacks(false);
        parts.errorPages().forEach(errors::addErrorPage);
        context.setErrorHandler(errors);
        parts.initializers().forEach(context::addServletContainerInitializer);
        parts.files().forEach((mapping, folder) -> {
            ServletHolder holder = new ServletHolder(ResourceServlet.class);
            holder.setName("files of " + mapping);
            holder.setAsyncSupported(true);
            holder.setInitParameter("baseResource", folder.toUri().toString());
            context.addServlet(holder, mapping);
        });
        return run(context);
    }

    @Override
    public Running startFolder(Path folder) {
        WebAppContext context = new WebAppContext();
        context.setContextPath("/");
        context.setWar(folder.toString());
        context.setParentLoaderPriority(true);
        context.addConfiguration(new AnnotationConfiguration());
        context.setThrowUnavailableOnStartupException(true);
        return run(context);
    }

    private static Running run(ServletContextHandler context) {
        QueuedThreadPool threads = new QueuedThreadPool(250, 4);
        threads.setStopTimeout(0);
        if (Boolean.getBoolean(VIRTUAL_THREADS)) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        }
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setHeaderCacheCaseSensitive(true);
        http.setRequestHeaderSize(64 * 1024);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            throw new IllegalStateException("the site does not start", e);
        }
        return new RunningJetty(server, connector.getLocalPort(), context.getServletContext());
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private record RunningJetty(Server server, int port, ServletContext context) implements Running {

        @Override
        public void close() {
            stop(server);
        }
    }
}
