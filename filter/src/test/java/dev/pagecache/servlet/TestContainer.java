package dev.pagecache.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A servlet container that runs a {@link TestSite}. The one found through {@code META-INF/services} is taken, else
 * Jetty; so the class path of a test run chooses.
 */
public interface TestContainer {

    /**
     * Starts what a test has put together, on an ephemeral loopback port.
     *
     * @throws IllegalStateException if it does not start; its cause is what stopped it
     */
    Running start(SiteParts parts);

    /** Starts a web application from a folder with its {@code web.xml}, as if it were deployed. */
    Running startFolder(Path folder);

    /** A server with one web application. */
    interface Running extends AutoCloseable {

        int port();

        ServletContext context();

        /** Stops the server, without waiting for requests that are under way. */
        @Override
        void close();
    }

    /** Whether servlets may call what came with Servlet 6.1, such as redirects with a status. */
    static boolean hasServlet61() {
        for (Method method : HttpServletResponse.class.getMethods()) {
            if (method.getName().equals("sendRedirect") && method.getParameterCount() == 3) {
                return true;
            }
        }
        return false;
    }

    /** The container of this run. */
    static TestContainer present() {
        Optional<TestContainer> found = ServiceLoader.load(TestContainer.class).findFirst();
        // Not a method reference, which would look for Jetty where it is not wanted.
        return found.isPresent() ? found.get() : new JettyContainer();
    }
}
