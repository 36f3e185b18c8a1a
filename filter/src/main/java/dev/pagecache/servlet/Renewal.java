package dev.pagecache.servlet;

import dev.pagecache.config.ViewSettings.View;
import dev.pagecache.engine.Rendering;
import dev.pagecache.engine.Step.Renew;
import dev.pagecache.entry.Page;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.Reason;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A page is sent, and renewed in the tail of the request that found it (RFC 5861 section 3). T1 the page goes out and
 * the response is complete: the client waits for nothing more. T2 the same thread runs the application into a response
 * without a client. T3 what comes is stored, or not; nothing of that reaches the client.
 *
 * <p>Confined to one request.
 */
final class Renewal {
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ServletRequestFacts facts;
    private final View view;
    private final PageSender sender;
    private final CaptureBudget budget;
    private final Fields outside;

    /** A response as it comes: what it has by now the container and filters outside have set. */
    Renewal(
            HttpServletRequest request,
            HttpServletResponse response,
            ServletRequestFacts facts,
            View view,
            PageSender sender,
            CaptureBudget budget) {
        this.request = request;
        this.response = response;
        this.facts = facts;
        this.view = view;
        this.sender = sender;
        this.budget = budget;
        this.outside = ResponseFields.read(response);
    }

    /** A client that goes away while it is answered does not keep the page from being renewed. */
    void run(Renew step, FilterChain chain) throws IOException {
        try {
            answer(step);
        } finally {
            renew(step.meanwhile().page(), step.rendering(), chain);
        }
    }

    /** On a connection of HTTP/1 the client's next request would wait behind the render (RFC 9112 section 9.6). */
    private void answer(Renew step) throws IOException {
        if (request.getProtocol().startsWith("HTTP/1.")) {
            response.setHeader("Connection", "close");
        }
        sender.send(step.meanwhile(), facts, view.policy(), response);
        response.flushBuffer();
        if (isStreaming()) {
            response.getOutputStream().close();
        } else {
            response.getWriter().close();
        }
    }

    /** Whether a filter outside has not asked for the writer. */
    private boolean isStreaming() throws IOException {
        try {
            response.getOutputStream();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** What is thrown has nobody to go to: even an error would only make the container cut the connection. */
    private void renew(Page stale, Rendering rendering, FilterChain chain) {
        boolean isReturned = false;
        try {
            if (rendering.begin()) {
                new Exchange(request, detached(stale), facts, view, rendering, null, sender, budget).run(chain);
            }
            isReturned = true;
        } catch (Throwable thrown) {
            ServletEvents.renewalFailed(stale.key(), thrown);
        } finally {
            if (!isReturned) {
                rendering.release(Reason.ERROR);
            }
        }
    }

    /**
     * Logs what the application threw while it renewed a page, and ends what it began asynchronously.
     *
     * @return false if the response has a client, to whose container it goes on
     */
    static boolean swallows(
            HttpServletResponse target, ServletRequest request, @Nullable Reason refusal, Exception thrown) {
        if (!(target instanceof DetachedResponse detached)) {
            return false;
        }
        if (detached.isGivenUp() || refusal == Reason.DETACHED) {
            ServletEvents.renewalGivenUp(detached.key(), thrown);
        } else {
            ServletEvents.renewalFailed(detached.key(), thrown);
        }
        if (request.isAsyncStarted()) {
            complete(request.getAsyncContext());
        }
        return true;
    }

    /** After a time-out or an error of asynchronous processing there is nobody whom an error page would tell. */
    static void abandon(Exchange exchange, AsyncContext context) {
        exchange.fail(Reason.ASYNC);
        complete(context);
        exchange.async().abandon();
    }

    /** The application may have completed it, or dispatched; then it ends by that. */
    private static void complete(AsyncContext context) {
        try {
            context.complete();
        } catch (IllegalStateException e) {
            ServletEvents.alreadyEnded(e);
        }
    }

    private DetachedResponse detached(Page stale) throws IOException {
        @Nullable String contextCharset = request.getServletContext().getResponseCharacterEncoding();
        DetachedResponse detached = new DetachedResponse(
                response,
                stale.key(),
                new DetachedType(stale.fields().first("Content-Type"), contextCharset),
                view.policy().maxBodyBytes(),
                isStreaming() && DetachedStream.encodesByCharset(response.getOutputStream()));
        // What they said of this answer forbids storing it as it would with a client, and is none of the page's own.
        ResponseFields.set(detached, outside);
        return detached;
    }
}
