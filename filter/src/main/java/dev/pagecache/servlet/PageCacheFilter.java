package dev.pagecache.servlet;

import dev.pagecache.config.Settings;
import dev.pagecache.config.SettingsSource;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches the pages of the servlets behind it, as Django's cache middleware does: per site, or per view with
 * {@link dev.pagecache.CachePage}. Map it behind the filters that decide who may see what, with the dispatcher types
 * {@code REQUEST}, {@code FORWARD} and {@code ASYNC}.
 *
 * <p>All settings are init-params, each of them also a context-param or system property {@code pagecache.<name>} or an
 * environment variable; a wrong one stops the start.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
public final class PageCacheFilter implements Filter {
    private final LongSupplier nanoTime;
    private @Nullable Wiring wiring;

    /** A filter that a container creates and initialises. */
    public PageCacheFilter() {
        this(System::nanoTime);
    }

    /** A filter whose pages age by another monotonic clock than the system's, in nanoseconds. */
    PageCacheFilter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Reads the settings and opens the caches. A Redis that is away does not hold up the start.
     *
     * @throws IllegalArgumentException if a setting is wrong; the message names parameter, value and what is allowed
     */
    @Override
    public void init(FilterConfig config) {
        ServletContext context = config.getServletContext();
        Settings settings = Settings.read(SettingsSource.ofSystem(initParams(config), contextParams(context)));
        wiring = Wiring.of(context, settings, nanoTime);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (wiring == null
                || !(request instanceof HttpServletRequest httpRequest)
                || !(response instanceof HttpServletResponse httpResponse)) {
            chain.doFilter(request, response);
            return;
        }
        Object mark = request.getAttribute(ServletNames.EXCHANGE);
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            resume(mark, request, response, chain);
        } else if (request.getDispatcherType() == DispatcherType.FORWARD && mark instanceof Exchange exchange) {
            exchange.beforeForward();
            chain.doFilter(request, response);
        } else if (request.getDispatcherType() != DispatcherType.REQUEST || mark != null) {
            chain.doFilter(request, response);
        } else {
            new Passage(wiring, httpRequest, httpResponse, chain).go();
        }
    }

    /** An asynchronous dispatch is a part of the exchange that it came from. */
    private static void resume(
            @Nullable Object mark, ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (mark instanceof Exchange exchange) {
            exchange.resume(chain, request, response);
        } else {
            chain.doFilter(request, response);
        }
        if (request.getAttribute(ServletNames.UNSAFE) instanceof UnsafeExchange unsafe) {
            unsafe.chainReturned(request);
        }
    }

    @Override
    public void destroy() {
        if (wiring != null) {
            wiring.close();
        }
    }

    private static Map<String, String> initParams(FilterConfig config) {
        Map<String, String> params = new TreeMap<>();
        for (Enumeration<String> names = config.getInitParameterNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            params.put(name, config.getInitParameter(name));
        }
        return params;
    }

    static Map<String, String> contextParams(ServletContext context) {
        Map<String, String> params = new TreeMap<>();
        for (Enumeration<String> names = context.getInitParameterNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            params.put(name, context.getInitParameter(name));
        }
        return params;
    }
}
