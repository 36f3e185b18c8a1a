package dev.pagecache.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What it means for a page that the application read a request attribute which it did not set itself: filters outside
 * the cache hand on by attributes what they know of the request.
 */
public final class AttributeRules {
    /** Longest text that a key takes. */
    static final int MAX_TEXT = 1024;

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final String OF_CONNECTION = "jakarta.servlet.request.";

    /** Tomcat makes these when they are asked for, and does not name them. */
    private static final String OF_CONNECTION_OF_TOMCAT = "org.apache.coyote.";

    private static final String CREDENTIAL_OF_TOMCAT = "org.apache.catalina.realm.GSS_CREDENTIAL";

    /** Tools of frameworks and paths that the key holds: they say nothing of who asks. */
    private static final Set<String> HARMLESS = Set.of(
            "org.springframework.web.context.request.RequestContextListener.REQUEST_ATTRIBUTES",
            "org.springframework.web.context.request.async.WebAsyncManager.WEB_ASYNC_MANAGER",
            "org.springframework.web.filter.ServerHttpObservationFilter.context",
            "org.springframework.web.filter.ServerHttpObservationFilter.observation",
            "org.springframework.web.servlet.handler.AbstractHandlerMapping.SUPPRESS_LOGGING",
            "org.springframework.web.servlet.handler.HandlerMappingIntrospector.CachedResult",
            "org.springframework.web.util.ServletRequestPathUtils.PATH",
            "org.springframework.web.util.UrlPathHelper.PATH");

    private static final String REQUEST_ON_THREAD =
            "org.springframework.web.context.request.RequestContextListener.REQUEST_ATTRIBUTES";

    /** Marks by which filters know that they have run. */
    private static final List<String> HARMLESS_ENDS = List.of(".FILTERED", ".APPLIED", "_filter_applied");

    /** What containers keep for themselves, and what they set at a dispatch, which is the application's own. */
    private static final List<String> OF_CONTAINERS = List.of(
            "dev.pagecache.",
            "io.undertow.",
            "jakarta.servlet.async.",
            "jakarta.servlet.error.",
            "jakarta.servlet.forward.",
            "jakarta.servlet.include.",
            "org.apache.catalina.ASYNC_SUPPORTED",
            "org.apache.catalina.core.DISPATCHER",
            "org.apache.catalina.jsp_",
            "org.apache.jasper.",
            "org.apache.tomcat.sendfile.",
            "org.eclipse.jetty.");

    private AttributeRules() {}

    /** What becomes of a page whose application read an attribute. */
    public enum Verdict {
        /** It does not depend on it. */
        NOTHING,
        /** Its value joins the key. */
        VALUE,
        /** The names of all attributes join the key: another request of these has not got this one either. */
        ABSENCE,
        /** It is not stored: no key holds such an object. */
        OBJECT,
        /** It is not stored: the attribute says who the client is. */
        PRINCIPAL,
        /** It is not stored: the attribute tells of the connection. */
        CONNECTION
    }

    /**
     * The verdict on an attribute that the application did not set.
     *
     * @param name its name
     * @param arrived the value with which the request came to the cache, or null
     * @param isThere whether it has a value now, which a container may make when it is asked
     * @return the verdict
     */
    public static Verdict assess(String name, @Nullable Object arrived, boolean isThere) {
        if (name.equals(CERTIFICATES) || (isThere && name.equals(CREDENTIAL_OF_TOMCAT))) {
            return Verdict.PRINCIPAL;
        }
        if (name.startsWith(OF_CONNECTION) || name.startsWith(OF_CONNECTION_OF_TOMCAT)) {
            return isThere ? Verdict.CONNECTION : Verdict.NOTHING;
        }
        if (isHarmless(name)) {
            return Verdict.NOTHING;
        }
        if (arrived == null) {
            return isThere ? Verdict.NOTHING : Verdict.ABSENCE;
        }
        return text(arrived) == null ? Verdict.OBJECT : Verdict.VALUE;
    }

    /**
     * Whether an attribute says nothing of the request.
     *
     * @param name its name
     * @return true for what the cache itself and containers keep there, and for tools and marks of well-known
     *     frameworks
     */
    public static boolean isHarmless(String name) {
        if (HARMLESS.contains(name)) {
            return true;
        }
        for (String prefix : OF_CONTAINERS) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        for (String end : HARMLESS_ENDS) {
            if (name.endsWith(end)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether an attribute is the mark of Spring's filter or listener that puts the request on the thread. Such a one
     * outside the cache lets servlets get at the session past the view that they are given.
     *
     * @param name its name
     * @return true for the listener's, and for the filter's under a name that says what it is
     */
    public static boolean tellsOfRequestOnThread(String name) {
        if (name.endsWith(".FILTERED")) {
            return name.contains("RequestContextFilter") || name.contains("requestContextFilter");
        }
        return name.equals(REQUEST_ON_THREAD);
    }

    /**
     * The value of an attribute as a key holds it. A page that depends on a value of which the key holds the type only
     * is not stored.
     *
     * @param value the value, or null
     * @return type and value, the type alone, or null
     */
    public static @Nullable String value(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = text(value);
        return text == null ? value.getClass().getName() : value.getClass().getName() + ':' + text;
    }

    /** A text that tells the values of its type apart, or null. */
    private static @Nullable String text(Object value) {
        if (value instanceof String text) {
            return text.length() > MAX_TEXT ? null : text;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Locale locale) {
            return LocaleRules.text(locale);
        }
        return value instanceof Boolean
                        || value instanceof Character
                        || value instanceof Integer
                        || value instanceof Long
                        || value instanceof Short
                        || value instanceof Byte
                        || value instanceof Double
                        || value instanceof Float
                ? value.toString()
                : null;
    }
}
