package dev.pagecache.admin;

import dev.pagecache.config.BearerToken;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** The credentials of a request. */
final class Authorization {
    private Authorization() {}

    /** Whether a request brings a token. One that brings two credentials is not understood. */
    static boolean hasToken(HttpServletRequest request, BearerToken token) {
        Enumeration<String> lines = request.getHeaders("Authorization");
        @Nullable String first = lines != null && lines.hasMoreElements() ? lines.nextElement() : null;
        boolean isOnly = lines == null || !lines.hasMoreElements();
        return token.isIn(first) && isOnly;
    }
}
