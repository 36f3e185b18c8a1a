package dev.pagecache.servlet;

import dev.pagecache.config.FilterSettings;
import dev.pagecache.config.ViewSettings;
import dev.pagecache.config.ViewSettings.View;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the servlet that a request is mapped to, found by its name and remembered. Safe for use by many
 * threads.
 */
final class Views {
    private final ServletContext context;
    private final FilterSettings settings;
    private final View plain;
    private final ConcurrentHashMap<String, View> byServletName = new ConcurrentHashMap<>();

    Views(ServletContext context, FilterSettings settings) {
        this.context = context;
        this.settings = settings;
        this.plain = new View(false, false, settings.policy(), settings.cache(), List.of(), null);
    }

    /** Reads the annotations of all servlets that are registered by now, so that a wrong one stops the start. */
    Views readAll() {
        context.getServletRegistrations().keySet().forEach(this::named);
        return this;
    }

    /** Aliases of the caches that the views read so far use. */
    Set<String> cacheAliases() {
        Set<String> aliases = new TreeSet<>();
        aliases.add(plain.cacheAlias());
        byServletName.values().forEach(view -> aliases.add(view.cacheAlias()));
        return aliases;
    }

    View of(HttpServletRequest request) {
        String name = request.getHttpServletMapping().getServletName();
        return name == null || name.isEmpty() ? plain : named(name);
    }

    private View named(String servletName) {
        View known = byServletName.get(servletName);
        return known != null ? known : byServletName.computeIfAbsent(servletName, this::read);
    }

    private View read(String servletName) {
        Class<?> servletClass = servletClass(servletName);
        return servletClass == null ? plain : ViewSettings.merge(settings.policy(), settings.cache(), servletClass);
    }

    /** An embedded context may have no loader of its own. */
    private ClassLoader loader() {
        ClassLoader own = context.getClassLoader();
        if (own == null) {
            own = Thread.currentThread().getContextClassLoader();
        }
        return own == null ? Views.class.getClassLoader() : own;
    }

    /** Null for what no annotation of ours can be on: the container's own servlets, and lambdas. */
    private @Nullable Class<?> servletClass(String servletName) {
        ServletRegistration registration = context.getServletRegistration(servletName);
        if (registration == null || registration.getClassName() == null) {
            return null;
        }
        try {
            return Class.forName(registration.getClassName(), false, loader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
