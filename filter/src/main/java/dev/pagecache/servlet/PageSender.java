package dev.pagecache.servlet;

import dev.pagecache.engine.Step.Serve;
import dev.pagecache.entry.Body;
import dev.pagecache.entry.Page;
import dev.pagecache.http.CacheDirectives;
import dev.pagecache.policy.ConditionRules;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.RequestFacts;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Answers a request with a stored page: 200, or 304 where the client has it. Safe for use by many threads. */
final class PageSender {
    private static final int MIN_BUFFER = 8192;

    private final @Nullable String cacheName;

    PageSender(@Nullable String cacheName) {
        this.cacheName = cacheName;
    }

    @Nullable
    String cacheName() {
        return cacheName;
    }

    void send(Serve serve, RequestFacts request, PagePolicy policy, HttpServletResponse response) throws IOException {
        Page page = serve.page();
        boolean isNotModified = ConditionRules.isNotModified(request, page.status(), page.fields());
        response.setStatus(isNotModified ? HttpServletResponse.SC_NOT_MODIFIED : page.status());
        ResponseFields.set(
                response, page.fields(), isNotModified ? ConditionRules::belongsToNotModified : name -> true);
        response.setHeader("Age", Long.toString(serve.ageMillis() / 1000));
        if (policy.browserTimeout() != null) {
            prolong(response, page, serve.ageMillis(), policy.browserTimeout());
        }
        if (cacheName != null) {
            response.addHeader(ServletNames.CACHE_STATUS, serve.status().toFieldValue(cacheName));
        }
        if (!isNotModified) {
            sendBody(page.body(), request.method().equals("HEAD"), response);
        }
    }

    /** The buffer takes the whole body, so that the container writes it at once, from the array that is stored. */
    private static void sendBody(Body body, boolean isHead, HttpServletResponse response) throws IOException {
        int length = body.length();
        response.setContentLengthLong(length);
        if (isHead || length == 0) {
            return;
        }
        if (length > MIN_BUFFER && length > response.getBufferSize()) {
            response.setBufferSize(length);
        }
        response.getOutputStream().write(body.array(), body.offset(), length);
    }

    /** Age counts against max-age at the client: the time that it shall have is what is left after both. */
    private static void prolong(HttpServletResponse response, Page page, long ageMillis, Duration browserTimeout) {
        long maxAge = ageMillis / 1000 + browserTimeout.toSeconds();
        CacheDirectives directives = CacheDirectives.parse(page.fields().all("Cache-Control"));
        response.setHeader(
                "Cache-Control",
                directives.with("max-age", Long.toString(maxAge)).toFieldValue());
    }
}
