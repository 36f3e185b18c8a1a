package dev.pagecache.servlet;

import dev.pagecache.engine.Engine;
import dev.pagecache.engine.Posting;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.http.CacheGroups;
import dev.pagecache.policy.InvalidationRules;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.RequestRules;
import dev.pagecache.policy.TargetUrl;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request whose method is not safe, on its way through the application: once it is answered without an error, the
 * pages of its URL and of those that the answer names are revoked (RFC 9111 section 4.4).
 *
 * <p>They are revoked twice, before the answer can reach the client and after the application has ended.
 *
 * <p>Why before: T1 the application changes its data and answers; T2 the client reads the answer and asks for the page,
 * as it does at once after a redirect; T3 the filter chain returns. A page revoked at T3 only would still be served at
 * T2. An answer is sent no earlier than the application has asked for its output, has flushed, redirected or completed,
 * so these revoke first.
 *
 * <p>Why after: T1 the application asks for its output, and the page is revoked; T2 another request renders the page
 * from data that are not changed yet, with a stamp above the first one; T3 the application changes its data. The second
 * time revokes what T2 made. It also sees fields that were set after the output was asked for.
 *
 * <p>An exception of the application means that it failed, and the second time does not take place. What an error
 * answer revoked before it was known to be one costs a render.
 *
 * <p>The answer to a POST may be the page of its own URL. What captures it stands between the application and this: so
 * the application's asking for its output revokes here first, the fields are read as the application set them, and what
 * is captured is sent through here. When the application has ended and the page is to be stored, before it is sent,
 * this revokes for the last time: whoever has read the answer finds the page, and it outlives what it revoked.
 *
 * <p>Used by the threads of one exchange; the engine takes calls from any of them.
 */
final class UnsafeExchange implements AsyncSteps, AsyncListener {
    private final HttpServletResponse container;
    private final PagePolicy policy;
    private final Engine engine;
    private final @Nullable Posting posting;
    private final TargetUrl target;
    private final @Nullable CacheKey base;
    private final UnsafeRequest request;
    private final UnsafeResponse response;

    /** @param posting the permission to store the answer as the page of its URL, or null */
    UnsafeExchange(
            HttpServletRequest request,
            HttpServletResponse response,
            ServletRequestFacts facts,
            PagePolicy policy,
            Engine engine,
            @Nullable Posting posting) {
        this.container = response;
        this.policy = policy;
        this.engine = engine;
        this.posting = posting;
        this.target = TargetUrl.of(facts);
        this.base = policy.paths().accepts(facts.mappedPath()) ? RequestRules.key(facts, policy) : null;
        this.response = new UnsafeResponse(response, this);
        this.request = new UnsafeRequest(request, this);
        request.setAttribute(ServletNames.UNSAFE, this);
        if (posting != null) {
            posting.beforeStoring(this::revoke);
        }
    }

    HttpServletRequest request() {
        return request;
    }

    HttpServletResponse response() {
        return response;
    }

    /** The application has returned without an exception; the container has sent no more than it was told to. */
    void chainReturned(ServletRequest returned) {
        if (!returned.isAsyncStarted()) {
            revoke();
        }
    }

    AsyncContext startAsync(AsyncContext started) {
        started.addListener(this);
        return new CaptureAsync(started, this);
    }

    /** Revokes if the answer is no error as it stands. */
    boolean revoke() {
        return revoke(container.getStatus(), container.getHeader("Location"));
    }

    /** Revokes if an answer of this status is no error. */
    boolean revoke(int status, @Nullable String location) {
        if (!InvalidationRules.revokes(status)) {
            return false;
        }
        if (posting != null && posting.isOver()) {
            return true;
        }
        List<String> references = new ArrayList<>();
        if (location != null) {
            references.add(location);
        }
        Collection<String> contentLocations = container.getHeaders("Content-Location");
        if (contentLocations != null) {
            references.addAll(contentLocations);
        }
        Set<String> names = InvalidationRules.names(target, policy, references, invalidatedGroups());
        if (posting == null) {
            engine.revoke(names, base);
        } else {
            posting.revoke(names, base);
        }
        return true;
    }

    /** The groups that the answer wants to be invalidated (RFC 9875 section 3). */
    private List<String> invalidatedGroups() {
        Collection<String> lines = container.getHeaders("Cache-Group-Invalidation");
        return lines == null || lines.isEmpty() ? List.of() : CacheGroups.parse(List.copyOf(lines));
    }

    @Override
    public void beforeComplete() {
        revoke();
    }

    @Override
    public void beforeDispatch() {}

    @Override
    public void fail(Reason reason) {}

    @Override
    public void onComplete(AsyncEvent event) {
        revoke();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    /** A container forgets its listeners when asynchronous processing starts anew. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
