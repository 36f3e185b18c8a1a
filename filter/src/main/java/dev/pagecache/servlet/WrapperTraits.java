package dev.pagecache.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the wrappers that filters outside put around a request answer in its place. A container's own answers follow
 * from the URL and the fields, which keys hold; a wrapper's may come from anywhere.
 *
 * <p>Safe for use by many threads.
 */
final class WrapperTraits {

    /** What a wrapper may answer by itself, with no regard to what the key holds. */
    enum Trait {
        /** Fields that one of their methods need not tell as another one does. */
        FIELDS(1),
        /** Fields as numbers and dates. */
        NUMBERS(1 << 1),
        /** Attributes that need not be among the names of all. */
        ATTRIBUTES(1 << 2),
        /** A URL that need not be made of the parts that the key holds. */
        URL(1 << 3),
        /** Parameters that need not stand in the query. */
        PARAMETERS(1 << 4),
        /** Locales that need not follow from Accept-Language. */
        LOCALES(1 << 5),
        /** A context path that need not be the beginning of the path. */
        CONTEXT_PATH(1 << 6),
        /** Cookies that need not stand in the Cookie field. */
        COOKIES(1 << 7),
        /** A user whom the container does not know. */
        USER(1 << 8);

        private final int bit;

        Trait(int bit) {
            this.bit = bit;
        }
    }

    private static final Map<String, Trait> METHODS = Map.ofEntries(
            Map.entry("getHeader", Trait.FIELDS),
            Map.entry("getHeaders", Trait.FIELDS),
            Map.entry("getIntHeader", Trait.NUMBERS),
            Map.entry("getDateHeader", Trait.NUMBERS),
            Map.entry("getAttribute", Trait.ATTRIBUTES),
            Map.entry("getRequestURL", Trait.URL),
            Map.entry("getRequestURI", Trait.URL),
            Map.entry("getScheme", Trait.URL),
            Map.entry("getServerName", Trait.URL),
            Map.entry("getServerPort", Trait.URL),
            // The query that the key holds is the wrapper's, the parameters are those of the request below
            Map.entry("getQueryString", Trait.PARAMETERS),
            Map.entry("getParameter", Trait.PARAMETERS),
            Map.entry("getParameterValues", Trait.PARAMETERS),
            Map.entry("getParameterMap", Trait.PARAMETERS),
            Map.entry("getParameterNames", Trait.PARAMETERS),
            Map.entry("getLocale", Trait.LOCALES),
            Map.entry("getLocales", Trait.LOCALES),
            Map.entry("getContextPath", Trait.CONTEXT_PATH),
            Map.entry("getCookies", Trait.COOKIES),
            Map.entry("getUserPrincipal", Trait.USER),
            Map.entry("getRemoteUser", Trait.USER));

    /**
     * Requests of containers, whose answers follow from URL and fields. Any other class may be a wrapper of its own.
     */
    private static final List<String> CONTAINERS =
            List.of("io.undertow.", "org.apache.catalina.", "org.eclipse.jetty.", "org.springframework.mock.");

    /**
     * The traits as bits. A class keeps its value for as long as it lives, and a container's class outlives the
     * application: a value of a type of ours would keep our class loader, and with it the application.
     */
    private final ClassValue<Integer> byClass = new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
            if (ServletRequestWrapper.class.isAssignableFrom(type)) {
                return bits(ofWrapper(type));
            }
            return bits(isContainers(type) ? EnumSet.noneOf(Trait.class) : EnumSet.allOf(Trait.class));
        }
    };

    /** Whether a wrapper of a request answers for itself. Our own wrappers ask the request below. */
    boolean has(ServletRequest request, Trait trait) {
        ServletRequest next = request;
        while (next instanceof ServletRequestWrapper wrapper) {
            if (has(wrapper.getClass(), trait)) {
                return true;
            }
            next = wrapper.getRequest();
        }
        return has(next.getClass(), trait);
    }

    private boolean has(Class<?> type, Trait trait) {
        return (byClass.get(type) & trait.bit) != 0;
    }

    private static int bits(Set<Trait> traits) {
        int bits = 0;
        for (Trait trait : traits) {
            bits |= trait.bit;
        }
        return bits;
    }

    private static boolean isContainers(Class<?> request) {
        for (String prefix : CONTAINERS) {
            if (request.getName().startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static Set<Trait> ofWrapper(Class<?> wrapper) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (Class<?> type = wrapper;
                type != HttpServletRequestWrapper.class && type != ServletRequestWrapper.class;
                type = type.getSuperclass()) {
            if (type == QueryRequest.class || type == UnsafeRequest.class) {
                continue;
            }
            try {
                for (Method method : type.getDeclaredMethods()) {
                    Trait trait = METHODS.get(method.getName());
                    if (trait != null) {
                        traits.add(trait);
                    }
                }
            } catch (LinkageError e) {
                // A method names a class that is not there: what the wrapper overrides cannot be told
                return EnumSet.allOf(Trait.class);
            }
        }
        return traits;
    }
}
