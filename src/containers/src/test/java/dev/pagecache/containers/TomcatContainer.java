package dev.pagecache.containers;

import dev.pagecache.servlet.SiteParts;
import dev.pagecache.servlet.TestContainer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.Constants;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.startup.Tomcat.FixContextListener;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.catalina.webresources.DirResourceSet;
import org.apache.catalina.webresources.StandardRoot;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.modeler.Registry;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** Tomcat, 10.1 or 11: only what both have is used here. */
public final class TomcatContainer implements TestContainer {
    /** A container that the service loader finds. */
    public TomcatContainer() {}

    @Override
    public Running start(SiteParts parts) {
        Path folder = temporaryFolder();
        StandardContext context = context(folder);
        context.setPath(parts.contextPath().equals("/") ? "" : parts.contextPath());
        context.addLifecycleListener(new FixContextListener());
        parts.errorPages().forEach((status, path) -> {
            ErrorPage page = new ErrorPage();
            page.setErrorCode(status);
            page.setLocation(path);
            context.addErrorPage(page);
        });
        parts.initializers().forEach(initializer -> context.addServletContainerInitializer(initializer, Set.of()));
        context.addServletContainerInitializer(
                (classes, servlets) -> addFileServlets(servlets, parts.files().keySet()), Set.of());
        addFolders(context, parts.files());
        Tomcat.addDefaultMimeTypeMappings(context);
        return run(folder, context);
    }

    @Override
    public Running startFolder(Path webapp) {
        Path folder = temporaryFolder();
        StandardContext context = context(webapp);
        context.setPath("");
        ContextConfig config = new ContextConfig();
        config.setDefaultWebXml(Constants.NoDefaultWebXml);
        context.addLifecycleListener(config);
        // The initializers are found through the class loader.
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        context.setJarScanner(scanner);
        return run(folder, context);
    }

    private static StandardContext context(Path documents) {
        StandardContext context = new StandardContext();
        context.setDocBase(documents.toString());
        context.setParentClassLoader(TomcatContainer.class.getClassLoader());
        // A servlet that a test lets hang must not hold up the stop; 0 would wait for ever.
        context.setUnloadDelay(20);
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        StandardManager sessions = new StandardManager();
        sessions.setPathname("");
        context.setManager(sessions);
        return context;
    }

    private static void addFolders(StandardContext context, Map<String, Path> files) {
        StandardRoot resources = new StandardRoot(context);
        // A test that changes a file wants it to be seen at once.
        resources.setCachingAllowed(false);
        context.setResources(resources);
        files.forEach((mapping, folder) -> {
            String mount = mapping.equals("/*") ? "/" : mapping.substring(0, mapping.length() - 2);
            resources.addPreResources(new DirResourceSet(resources, mount, folder.toString(), "/"));
        });
    }

    /** One servlet for each folder, and one for what no other is mapped to, as every deployed application has it. */
    private static void addFileServlets(ServletContext context, Set<String> mappings) {
        for (String mapping : mappings) {
            addFileServlet(context, "files of " + mapping, mapping);
        }
        addFileServlet(context, "default", "/");
    }

    private static void addFileServlet(ServletContext context, String name, String mapping) {
        ServletRegistration.Dynamic servlet = context.addServlet(name, new DefaultServlet());
        servlet.setAsyncSupported(true);
        servlet.addMapping(mapping);
    }

    private static Running run(Path folder, StandardContext context) {
        Registry.disableRegistry();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        set(connector, "address", "127.0.0.1");
        // As many as the one for Jetty has: a test that lets clients wait for each other has a thread for each.
        set(connector, "maxThreads", "250");
        set(connector, "minSpareThreads", "4");
        set(connector, "maxKeepAliveRequests", "-1");
        set(connector, "maxHttpRequestHeaderSize", "65536");
        // A buffer that was made larger stays so for the next connection.
        set(connector, "processorCache", "0");
        // After a body that is shorter than declared, Tomcat waits for the next request, and the client for the rest.
        set(connector, "keepAliveTimeout", "400");
        set(connector, "executorTerminationTimeoutMillis", "0");
        tomcat.setConnector(connector);
        // Its pages must not hold stack traces, which differ with and without the filter.
        ErrorReportValve errors = new ErrorReportValve();
        errors.setShowReport(false);
        tomcat.getHost().getPipeline().addValve(errors);
        context.setName(context.getPath());
        tomcat.getHost().addChild(context);
        RunningTomcat running = new RunningTomcat(tomcat, connector, context, folder);
        StartFailures failures = StartFailures.listen();
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            running.close();
            throw new IllegalStateException("the site does not start", failures.first() == null ? e : failures.first());
        } finally {
            failures.close();
        }
        if (!context.getState().isAvailable()) {
            running.close();
            throw new IllegalStateException("the site does not start", failures.first());
        }
        return running;
    }

    private static void set(Connector connector, String name, String value) {
        if (!connector.setProperty(name, value)) {
            throw new IllegalStateException("the connector knows no " + name);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("pagecache-tomcat");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
