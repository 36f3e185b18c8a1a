package dev.pagecache.frameworks;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Notes the request attributes that were set nearer to the client and are read nearer to the servlet. */
final class OuterAttributeReads implements Filter {
    private final Map<String, String> read = new TreeMap<>();

    /** Their names, with the class of the value. */
    synchronized Map<String, String> read() {
        return new TreeMap<>(read);
    }

    private synchronized void note(String name, Object value) {
        read.put(name, value.getClass().getName());
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new Recorded((HttpServletRequest) request), response);
    }

    /** A request that tells of its attributes. */
    private final class Recorded extends HttpServletRequestWrapper {
        private final Set<String> own = new HashSet<>();

        Recorded(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            Object value = super.getAttribute(name);
            if (value != null && !own.contains(name)) {
                note(name, value);
            }
            return value;
        }

        @Override
        public void setAttribute(String name, @Nullable Object value) {
            own.add(name);
            super.setAttribute(name, value);
        }

        @Override
        public void removeAttribute(String name) {
            own.add(name);
            super.removeAttribute(name);
        }
    }
}
