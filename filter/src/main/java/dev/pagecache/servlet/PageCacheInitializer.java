package dev.pagecache.servlet;

import dev.pagecache.config.Settings;
import dev.pagecache.config.SettingsSource;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers a {@link PageCacheFilter} with {@code scope=view} where the application declares none, so that
 * {@link dev.pagecache.CachePage} alone is enough. {@code pagecache.auto=false} switches this off.
 *
 * <p>The filter goes behind all declared ones: a page must never be served past a filter that would have refused it.
 *
 * @since 0.1
 */
public final class PageCacheInitializer implements ServletContainerInitializer {
    private static final String FILTER_NAME = "pagecache";

    /** An initializer that a container finds through {@code META-INF/services}. */
    public PageCacheInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        SettingsSource source = SettingsSource.ofSystem(Map.of(), PageCacheFilter.contextParams(context));
        if (!Settings.isAutoRegistered(source) || isDeclared(context)) {
            return;
        }
        FilterRegistration.Dynamic filter = context.addFilter(FILTER_NAME, PageCacheFilter.class);
        if (filter == null) {
            return;
        }
        filter.setInitParameter("scope", "view");
        filter.setAsyncSupported(true);
        EnumSet<DispatcherType> dispatchers =
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.ASYNC);
        filter.addMappingForUrlPatterns(dispatchers, true, "/*");
    }

    private static boolean isDeclared(ServletContext context) {
        for (FilterRegistration registration : context.getFilterRegistrations().values()) {
            if (PageCacheFilter.class.getName().equals(registration.getClassName())) {
                return true;
            }
        }
        return false;
    }
}
