package dev.pagecache.servlet;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.management.ObjectName;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.jspecify.annotations.Nullable;

/** A JVM with one Jetty, in which a web application with a class loader of its own comes and goes. */
final class JettyDeployments {
    private final Path folder;
    private final String classPath;
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);
    private final ContextHandlerCollection contexts = new ContextHandlerCollection();
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private final Set<Thread> before;
    private @Nullable WebAppContext present;

    private JettyDeployments(Path folder, String classPath) throws Exception {
        this.folder = folder;
        this.classPath = classPath;
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(contexts);
        server.start();
        before = Thread.getAllStackTraces().keySet();
    }

    /**
     * Does what it is told to.
     *
     * @param arguments folder that holds {@code WEB-INF/web.xml}, and folders and jars of classes that each application
     *     has for itself, separated by semicolons
     */
    public static void main(String[] arguments) throws Exception {
        JettyDeployments jetty = new JettyDeployments(Path.of(arguments[0]), arguments[1]);
        ForkedJvm.answer(jetty::answer);
    }

    private String answer(String question) {
        try {
            return switch (question) {
                case "deploy" -> deploy();
                case "undeploy" -> undeploy();
                case "threads" -> ownThreads();
                case "meters" -> meters();
                default -> classLoaders();
            };
        } catch (Exception e) {
            return e.toString();
        }
    }

    /** The port. */
    private String deploy() throws Exception {
        WebAppContext context = new WebAppContext();
        context.setContextPath("/");
        context.setWar(folder.toString());
        context.setExtraClasspath(classPath);
        context.setThrowUnavailableOnStartupException(true);
        contexts.addHandler(context);
        context.start();
        present = context;
        ClassLoader loader = context.getClassLoader();
        Object caches = Objects.requireNonNull(context.getServletContext().getAttribute(OpenCaches.ATTRIBUTE));
        if (!loader.equals(caches.getClass().getClassLoader())) {
            return "the application does not have classes of its own";
        }
        loaders.add(new WeakReference<>(loader));
        return String.valueOf(connector.getLocalPort());
    }

    private String undeploy() throws Exception {
        WebAppContext context = Objects.requireNonNull(present);
        present = null;
        context.stop();
        contexts.removeHandler(context);
        context.destroy();
        return "done";
    }

    /** Those that began since the server started, but for its own. */
    private String ownThreads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeAll(before);
        threads.removeIf(
                thread -> thread.getName().startsWith("qtp") || thread.getName().startsWith("Scheduler-"));
        return threads.toString();
    }

    private static String meters() throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("dev.pagecache:*"), null)
                .toString();
    }

    /** How many class loaders of applications are there still. */
    private String classLoaders() {
        System.gc();
        return String.valueOf(
                loaders.stream().filter(loader -> loader.get() != null).count());
    }
}
