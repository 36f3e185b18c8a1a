package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A small web application on a real container, with the filter or without, on an ephemeral loopback port. */
public final class TestSite implements AutoCloseable {
    private static final String RENDER = "test.render";

    private final TestContainer.Running server;
    private final Map<String, AtomicInteger> renders;
    private final AtomicLong passedNanos;

    private TestSite(TestContainer.Running server, Map<String, AtomicInteger> renders, AtomicLong passedNanos) {
        this.server = server;
        this.renders = renders;
        this.passedNanos = passedNanos;
    }

    public static Builder with() {
        return new Builder();
    }

    /** Which render of its view a request is, from 1. */
    public static int render(ServletRequest request) {
        return (Integer) request.getAttribute(RENDER);
    }

    public int port() {
        return server.port();
    }

    public ServletContext context() {
        return server.context();
    }

    /** Makes all that the declared filter has stored older, as if so much time had passed. */
    public void age(Duration time) {
        passedNanos.addAndGet(time.toNanos());
    }

    /** How often the view mapped to a path was rendered. */
    public int renders(String mapping) {
        AtomicInteger count = renders.get(mapping);
        if (count == null) {
            throw new IllegalArgumentException("no view at " + mapping);
        }
        return count.get();
    }

    public RawClient client() {
        return new RawClient(port());
    }

    /** Sends one request on a connection of its own. */
    public Reply send(String method, String target, String... fields) {
        try (RawClient client = client()) {
            return client.send(method, target, fields);
        }
    }

    public Reply get(String target, String... fields) {
        return send("GET", target, fields);
    }

    /** Asks twice, sees the first answer stored and the second one come from the store, and returns the second. */
    public Reply getStoredThenHit(String target, String... fields) {
        Reply miss = get(target, fields);
        assertTrue(miss.saysStored(), () -> "stored expected: " + miss);
        return getHit(miss.text(), target, fields);
    }

    /** Asks and sees a body come from the store. */
    public Reply getHit(String body, String target, String... fields) {
        Reply hit = get(target, fields);
        assertTrue(hit.isHit(), () -> "hit expected: " + hit);
        assertEquals(body, hit.text());
        return hit;
    }

    /** Asks until a body comes from the store, which may be a moment after the answer that was stored. */
    public Reply getHitSoon(String body, String target, String... fields) {
        for (int i = 0; i < 500; i++) {
            Reply reply = get(target, fields);
            if (reply.isHit()) {
                assertEquals(body, reply.text());
                return reply;
            }
        }
        throw new AssertionError("never a hit at " + target);
    }

    /** Asks twice and sees two renders of the only view; returns the second answer. */
    public Reply getNeverStored(String target, String... fields) {
        int before = totalRenders();
        Reply first = get(target, fields);
        assertEquals(before + 1, totalRenders(), () -> "renders after " + first);
        assertFalse(first.saysStored() || first.isHit(), first::toString);
        Reply second = get(target, fields);
        assertEquals(before + 2, totalRenders(), () -> "renders after " + second);
        assertFalse(second.saysStored() || second.isHit(), second::toString);
        return second;
    }

    @Override
    public void close() {
        server.close();
    }

    private int totalRenders() {
        return renders.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Says what is on a site; can start it more than once. */
    public static final class Builder {
        private final Map<String, String> filterParams = new LinkedHashMap<>();
        private final Map<String, String> contextParams = new LinkedHashMap<>();
        private final Map<String, View> views = new LinkedHashMap<>();
        private final Map<String, Class<? extends HttpServlet>> servlets = new LinkedHashMap<>();
        private final Map<String, Path> files = new LinkedHashMap<>();
        private final Map<Integer, String> errorPages = new LinkedHashMap<>();
        private final List<Filter> before = new ArrayList<>();
        private final List<Filter> after = new ArrayList<>();
        private String contextPath = "/";
        private boolean hasClassLoader = true;
        private EnumSet<DispatcherType> dispatchers = EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC);

        /** An init-param of the filter. */
        public Builder param(String name, String value) {
            filterParams.put(name, value);
            return this;
        }

        public Builder contextParam(String name, String value) {
            contextParams.put(name, value);
            return this;
        }

        public Builder page(String mapping, View view) {
            views.put(mapping, view);
            return this;
        }

        public Builder servlet(String mapping, Class<? extends HttpServlet> type) {
            servlets.put(mapping, type);
            return this;
        }

        /** Static files, as the container's own servlet gives them out. */
        public Builder files(String mapping, Path folder) {
            files.put(mapping, folder);
            return this;
        }

        public Builder errorPage(int status, String path) {
            errorPages.put(status, path);
            return this;
        }

        public Builder dispatchers(DispatcherType first, DispatcherType... more) {
            dispatchers = EnumSet.of(first, more);
            return this;
        }

        public Builder contextPath(String path) {
            contextPath = path;
            return this;
        }

        /** Leaves the context without a class loader of its own, as embedded servers often do. */
        public Builder withoutClassLoader() {
            hasClassLoader = false;
            return this;
        }

        /** A filter nearer to the client than the cache. */
        public Builder before(Filter filter) {
            before.add(filter);
            return this;
        }

        /** A filter nearer to the servlet than the cache. */
        public Builder after(Filter filter) {
            after.add(filter);
            return this;
        }

        public TestSite start() {
            AtomicLong passedNanos = new AtomicLong();
            return start(context -> declareCache(context, passedNanos), List.of(), passedNanos);
        }

        /** Starts the same site without the cache. */
        public TestSite startPlain() {
            return start(context -> {}, List.of(), new AtomicLong());
        }

        /** Starts the same site with what the jar registers by itself, in place of the declared filter. */
        public TestSite startAuto() {
            return start(context -> {}, ownInitializers(), new AtomicLong());
        }

        /** Starts the same site with both. */
        public TestSite startDeclaredAndAuto() {
            AtomicLong passedNanos = new AtomicLong();
            return start(context -> declareCache(context, passedNanos), ownInitializers(), passedNanos);
        }

        private static List<ServletContainerInitializer> ownInitializers() {
            List<ServletContainerInitializer> own = new ArrayList<>();
            for (ServletContainerInitializer initializer : ServiceLoader.load(ServletContainerInitializer.class)) {
                if (initializer.getClass().getName().startsWith("dev.pagecache.")) {
                    own.add(initializer);
                }
            }
            return own;
        }

        private void declareCache(ServletContext context, AtomicLong passedNanos) {
            Filter filter = new PageCacheFilter(() -> System.nanoTime() + passedNanos.get());
            FilterRegistration.Dynamic registration = context.addFilter("pages", filter);
            registration.setAsyncSupported(true);
            filterParams.forEach(registration::setInitParameter);
            registration.addMappingForUrlPatterns(dispatchers, true, "/*");
        }

        private TestSite start(
                Consumer<ServletContext> cache, List<ServletContainerInitializer> found, AtomicLong passedNanos) {
            Map<String, AtomicInteger> renders = new ConcurrentHashMap<>();
            List<ServletContainerInitializer> initializers = new ArrayList<>();
            initializers.add((classes, context) -> declare(context, cache, renders));
            initializers.addAll(found);
            SiteParts parts = new SiteParts(contextPath, hasClassLoader, errorPages, files, initializers);
            return new TestSite(TestContainer.present().start(parts), renders, passedNanos);
        }

        private void declare(
                ServletContext context, Consumer<ServletContext> cache, Map<String, AtomicInteger> renders) {
            contextParams.forEach(context::setInitParameter);
            before.forEach(filter -> addFilter(context, filter));
            cache.accept(context);
            after.forEach(filter -> addFilter(context, filter));
            views.forEach((mapping, view) -> {
                AtomicInteger count = new AtomicInteger();
                renders.put(mapping, count);
                map(context.addServlet(name(mapping), new ViewServlet(view, count)), mapping);
            });
            servlets.forEach((mapping, type) -> map(context.addServlet(name(mapping), type), mapping));
        }

        private static void addFilter(ServletContext context, Filter filter) {
            String name = "filter " + context.getFilterRegistrations().size();
            FilterRegistration.Dynamic registration = context.addFilter(name, filter);
            registration.setAsyncSupported(true);
            registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
        }

        private static String name(String mapping) {
            return "servlet of " + mapping;
        }

        private static void map(ServletRegistration.Dynamic registration, String mapping) {
            registration.setAsyncSupported(true);
            registration.addMapping(mapping);
        }
    }

    /** Counts its renders and lets a lambda do the rest. */
    private static final class ViewServlet extends HttpServlet {
        private final transient View view;
        private final AtomicInteger renders;

        ViewServlet(View view, AtomicInteger renders) {
            this.view = view;
            this.renders = renders;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            request.setAttribute(RENDER, renders.incrementAndGet());
            view.render(request, response);
        }
    }
}
