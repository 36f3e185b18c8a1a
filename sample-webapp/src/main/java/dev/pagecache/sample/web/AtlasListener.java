package dev.pagecache.sample.web;

import dev.pagecache.admin.AdminServlet;
import dev.pagecache.sample.atlas.Atlas;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Gives the application its one atlas, and the cache's servlet for operators where there is a token for it. */
@WebListener
public final class AtlasListener implements ServletContextListener {

    private static final String ATTRIBUTE = Atlas.class.getName();
    private static final String ADMIN_TOKEN = "pagecache.admin.token";

    /** Called by the container. */
    public AtlasListener() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        context.setAttribute(ATTRIBUTE, new Atlas());
        // The servlet does not start without a token, and nobody should find one in a sample.
        if (System.getenv("PAGECACHE_ADMIN_TOKEN") != null || context.getInitParameter(ADMIN_TOKEN) != null) {
            context.addServlet("cache-admin", AdminServlet.class).addMapping("/cache/*");
        }
    }

    /**
     * The application's atlas.
     *
     * @param context the application
     * @return the same atlas at every call
     */
    static Atlas atlas(ServletContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof Atlas atlas) {
            return atlas;
        }
        throw new IllegalStateException("The application has no atlas: AtlasListener did not run");
    }
}
