package dev.pagecache.admin;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What purging and inspecting answers: JSON that nobody stores. */
final class JsonAnswer {
    private static final int TOO_MANY_REQUESTS = 429;

    private JsonAnswer() {}

    static void send(HttpServletResponse response, int status, Json json) throws IOException {
        byte[] body = (json + "\n").getBytes(StandardCharsets.US_ASCII);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static void refuse(HttpServletResponse response, int status, String error) throws IOException {
        send(response, status, new Json().put("error", error));
    }

    /** The sentence holds nothing of the request but what is known to be harmless. */
    static void badRequest(HttpServletResponse response, String sentence) throws IOException {
        refuse(response, HttpServletResponse.SC_BAD_REQUEST, sentence);
    }

    /** The same for whoever has no token and whoever has a wrong one (RFC 9110 section 15.5.2). */
    static void unauthorized(HttpServletResponse response) throws IOException {
        response.setHeader("WWW-Authenticate", "Bearer realm=\"pagecache\"");
        refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "a token is needed");
    }

    /** RFC 9110 section 15.5.6. */
    static void methodNotAllowed(HttpServletResponse response, String allowed, String sentence) throws IOException {
        response.setHeader("Allow", allowed);
        refuse(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, sentence);
    }

    static void notFound(HttpServletResponse response) throws IOException {
        refuse(response, HttpServletResponse.SC_NOT_FOUND, "there are /purge, /warm and /status");
    }

    static void tooLarge(HttpServletResponse response, String sentence) throws IOException {
        refuse(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, sentence);
    }

    static void unsupportedType(HttpServletResponse response) throws IOException {
        refuse(
                response,
                HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                "the body has to be application/x-www-form-urlencoded");
    }

    static void unavailable(HttpServletResponse response) throws IOException {
        refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "no PageCacheFilter runs in this application");
    }

    /** RFC 6585 section 4. */
    static void tooMany(HttpServletResponse response, String sentence) throws IOException {
        response.setHeader("Retry-After", "1");
        refuse(response, TOO_MANY_REQUESTS, sentence);
    }

    /** A purge, after waiting for the other nodes for a moment. */
    static void purged(HttpServletResponse response, int count, boolean isShared) throws IOException {
        send(
                response,
                HttpServletResponse.SC_OK,
                new Json().put("purged", count).put("shared", isShared));
    }
}
