package dev.pagecache.servlet;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * What must be known of the container's own response. Tomcat 11 looks for it in the wrappers at the end of a forward
 * and lets nothing through from then on; only where it does not find it, it closes the response that it was given, by
 * which a capture sends what it holds.
 */
final class ContainerResponse {
    /** Request attribute by which Tomcat offers to send a file past all wrappers of the response. */
    static final String SENDFILE_SUPPORT = "org.apache.tomcat.sendfile.support";

    private static final String TOMCAT = "org.apache.catalina.";
    private static final String JETTY = "org.eclipse.jetty.";

    private ContainerResponse() {}

    /** Whether the response, without its wrappers, is one that a forward must not find. */
    static boolean isCutByForward(ServletResponse response) {
        return isOf(TOMCAT, response);
    }

    /**
     * Whether the response, without its wrappers, only notes the size of a buffer, and sends an array as it is, in
     * parts of that size. Tomcat allocates the buffer at once and copies into it: a page would be there once more for
     * each client that is slow to read it.
     */
    static boolean sendsWithoutCopy(ServletResponse response) {
        return isOf(JETTY, response);
    }

    private static boolean isOf(String container, ServletResponse response) {
        ServletResponse innermost = response;
        while (innermost instanceof ServletResponseWrapper wrapper) {
            innermost = wrapper.getResponse();
        }
        return innermost.getClass().getName().startsWith(container);
    }

    /** The same response as an object that no container knows. */
    static HttpServletResponse hidden(HttpServletResponse response) {
        return (HttpServletResponse) Proxy.newProxyInstance(
                HttpServletResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(response, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
