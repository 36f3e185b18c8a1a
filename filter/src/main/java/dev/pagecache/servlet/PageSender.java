package dev.pagecache.servlet;

import dev.pagecache.engine.Step.Serve;
import dev.pagecache.entry.Body;
import dev.pagecache.entry.Page;
import dev.pagecache.http.ByteRange;
import dev.pagecache.http.CacheDirectives;
import dev.pagecache.http.CacheStatus;
import dev.pagecache.http.ContentRange;
import dev.pagecache.policy.AnswerPlan;
import dev.pagecache.policy.AnswerPlan.Part;
import dev.pagecache.policy.AnswerPlan.Parts;
import dev.pagecache.policy.AnswerPlan.Plain;
import dev.pagecache.policy.AnswerRules;
import dev.pagecache.policy.ConditionRules;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PartialRules;
import dev.pagecache.policy.PartialRules.Excerpt;
import dev.pagecache.policy.RequestFacts;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Answers a request with a stored page, as {@link AnswerRules} say. Safe for use by many threads. */
final class PageSender {
    private static final int MIN_BUFFER = 8192;

    /** The JDK copies what a socket is given at once to memory outside of the heap, and keeps that for the thread. */
    private static final int MAX_BUFFER = 128 << 10;

    private static final String ACCEPT_RANGES = "Accept-Ranges";
    private static final String CONTENT_RANGE = "Content-Range";

    private final @Nullable String cacheName;
    private final boolean showsKey;
    private final RandomGenerator random;

    /**
     * @param cacheName name in Cache-Status, or null for none
     * @param showsKey whether that field has the key of the page
     * @param random makes boundaries that no content can foresee
     */
    PageSender(@Nullable String cacheName, boolean showsKey, RandomGenerator random) {
        this.cacheName = cacheName;
        this.showsKey = showsKey;
        this.random = random;
    }

    @Nullable
    String cacheName() {
        return cacheName;
    }

    /** A status as the settings want it to be shown. */
    CacheStatus shown(CacheStatus status, Page page) {
        return showsKey ? status.withKey(page.key().toString()) : status;
    }

    void send(Serve serve, RequestFacts request, PagePolicy policy, HttpServletResponse response) throws IOException {
        Page page = serve.page();
        Body body = page.body();
        if (page.status() == HttpServletResponse.SC_PARTIAL_CONTENT) {
            sendOfPart(serve, request, policy, response);
            return;
        }
        AnswerPlan plan = AnswerRules.assess(request, page.status(), page.fields(), body.length());
        if (plan == Plain.WHOLE) {
            setHead(page.status(), name -> true, serve, policy, response);
            sendBody(body, 0, body.length(), request.method().equals("HEAD"), response);
        } else if (plan == Plain.NOT_MODIFIED) {
            setHead(HttpServletResponse.SC_NOT_MODIFIED, ConditionRules::belongsToNotModified, serve, policy, response);
        } else if (plan instanceof Part part) {
            sendPart(part.range(), serve, policy, response);
        } else if (plan instanceof Parts parts) {
            sendParts(parts.ranges(), serve, policy, response);
        } else {
            refuse(plan, serve, response);
        }
    }

    private void setHead(
            int status, Predicate<String> isWanted, Serve serve, PagePolicy policy, HttpServletResponse response) {
        Page page = serve.page();
        response.setStatus(status);
        ResponseFields.set(response, page.fields(), isWanted);
        response.setHeader("Age", Long.toString(serve.ageMillis() / 1000));
        if (policy.browserTimeout() != null) {
            prolong(response, page, serve.ageMillis(), policy.browserTimeout());
        }
        showStatus(serve, response);
    }

    private void showStatus(Serve serve, HttpServletResponse response) {
        if (cacheName != null) {
            CacheStatus status = shown(serve.status(), serve.page());
            response.addHeader(ServletNames.CACHE_STATUS, status.toFieldValue(cacheName));
        }
    }

    private void sendPart(ByteRange range, Serve serve, PagePolicy policy, HttpServletResponse response)
            throws IOException {
        Body body = serve.page().body();
        setHead(HttpServletResponse.SC_PARTIAL_CONTENT, AnswerRules::belongsToPart, serve, policy, response);
        setAcceptRanges(serve.page(), response);
        response.setHeader(CONTENT_RANGE, new ContentRange(range, body.length()).toFieldValue());
        sendBody(body, (int) range.first(), (int) range.length(), false, response);
    }

    /** What a stored part holds of the range that is asked for; the engine has found that it holds all of it. */
    private void sendOfPart(Serve serve, RequestFacts request, PagePolicy policy, HttpServletResponse response)
            throws IOException {
        Page page = serve.page();
        Excerpt excerpt = PartialRules.assess(
                request, page.status(), page.fields(), page.body().length());
        ByteRange range = excerpt == null ? null : excerpt.contentRange().range();
        if (excerpt == null || range == null) {
            throw new IllegalStateException("the stored part does not answer the request");
        }
        setHead(HttpServletResponse.SC_PARTIAL_CONTENT, name -> true, serve, policy, response);
        response.setHeader(CONTENT_RANGE, excerpt.contentRange().toFieldValue());
        sendBody(page.body(), (int) excerpt.offset(), (int) range.length(), false, response);
    }

    private void sendParts(List<ByteRange> ranges, Serve serve, PagePolicy policy, HttpServletResponse response)
            throws IOException {
        Page page = serve.page();
        MultipartRanges multipart = MultipartRanges.of(page, ranges, random);
        setHead(
                HttpServletResponse.SC_PARTIAL_CONTENT,
                name -> AnswerRules.belongsToPart(name) && !name.equalsIgnoreCase("Content-Type"),
                serve,
                policy,
                response);
        setAcceptRanges(page, response);
        response.setHeader("Content-Type", multipart.contentType());
        response.setContentLengthLong(multipart.length());
        multipart.writeTo(response.getOutputStream());
    }

    /** RFC 9110 section 14.3: who asks for a range learns that there are some; other answers stay as stored. */
    private static void setAcceptRanges(Page page, HttpServletResponse response) {
        if (!page.fields().has(ACCEPT_RANGES)) {
            response.setHeader(ACCEPT_RANGES, "bytes");
        }
    }

    /** An answer without content of its own; the page's fields would speak of what is not sent. */
    private void refuse(AnswerPlan plan, Serve serve, HttpServletResponse response) {
        if (plan == Plain.UNSATISFIABLE) {
            ContentRange none = ContentRange.unsatisfied(serve.page().body().length());
            response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            response.setHeader(CONTENT_RANGE, none.toFieldValue());
            response.setHeader(ACCEPT_RANGES, "bytes");
        } else {
            response.setStatus(HttpServletResponse.SC_PRECONDITION_FAILED);
        }
        showStatus(serve, response);
        response.setContentLengthLong(0);
    }

    /**
     * Sends from the array that is stored. Jetty gives it to the socket in parts as large as the buffer; no other
     * container is told of one, which it might allocate.
     */
    private static void sendBody(Body body, int from, int length, boolean isHead, HttpServletResponse response)
            throws IOException {
        response.setContentLengthLong(length);
        if (isHead || length == 0) {
            return;
        }
        int buffer = Math.min(length, MAX_BUFFER);
        if (buffer > MIN_BUFFER && buffer > response.getBufferSize() && ContainerResponse.sendsWithoutCopy(response)) {
            response.setBufferSize(buffer);
        }
        response.getOutputStream().write(body.array(), body.offset() + from, length);
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
