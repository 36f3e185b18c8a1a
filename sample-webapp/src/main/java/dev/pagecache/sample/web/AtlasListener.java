package dev.pagecache.sample.web;

import dev.pagecache.sample.atlas.Atlas;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Gives the application its one atlas. */
@WebListener
public final class AtlasListener implements ServletContextListener {

    private static final String ATTRIBUTE = Atlas.class.getName();

    /** Called by the container. */
    public AtlasListener() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        event.getServletContext().setAttribute(ATTRIBUTE, new Atlas());
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
