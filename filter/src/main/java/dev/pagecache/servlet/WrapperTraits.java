package dev.pagecache.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Method;
import java.util.EnumSet;
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
        /** Parameters that need not stand in the query. */
        PARAMETERS,
        /** Locales that need not follow from Accept-Language. */
        LOCALES,
        /** A context path that need not be the beginning of the path. */
        CONTEXT_PATH,
        /** Cookies that need not stand in the Cookie field. */
        COOKIES,
        /** A user whom the container does not know. */
        USER
    }

    private static final Map<String, Trait> METHODS = Map.ofEntries(
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

    private final ClassValue<Set<Trait>> byClass = new ClassValue<>() {
        @Override
        protected Set<Trait> computeValue(Class<?> type) {
            return traits(type);
        }
    };

    /** Whether a wrapper of a request answers for itself. Our own wrappers ask the request below. */
    boolean has(ServletRequest request, Trait trait) {
        ServletRequest next = request;
        while (next instanceof ServletRequestWrapper wrapper) {
            if (byClass.get(wrapper.getClass()).contains(trait)) {
                return true;
            }
            next = wrapper.getRequest();
        }
        return false;
    }

    private static Set<Trait> traits(Class<?> wrapper) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (Class<?> type = wrapper;
                type != HttpServletRequestWrapper.class && type != ServletRequestWrapper.class;
                type = type.getSuperclass()) {
            if (type == QueryRequest.class || type == UnsafeRequest.class) {
                continue;
            }
            for (Method method : type.getDeclaredMethods()) {
                Trait trait = METHODS.get(method.getName());
                if (trait != null) {
                    traits.add(trait);
                }
            }
        }
        return traits;
    }
}
