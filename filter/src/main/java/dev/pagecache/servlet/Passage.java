package dev.pagecache.servlet;

import dev.pagecache.config.Scope;
import dev.pagecache.config.ViewSettings.View;
import dev.pagecache.engine.Engine;
import dev.pagecache.engine.Posting;
import dev.pagecache.engine.Rendering;
import dev.pagecache.engine.Step;
import dev.pagecache.http.CacheStatus;
import dev.pagecache.http.CacheStatus.Forward;
import dev.pagecache.policy.InvalidationRules;
import dev.pagecache.policy.QueryRules;
import dev.pagecache.policy.Reason;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One request's way through the filter: what the engine says is done here. Confined to one request. */
final class Passage {
    private final Wiring wiring;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final FilterChain chain;

    Passage(Wiring wiring, HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
        this.wiring = wiring;
        this.request = request;
        this.response = response;
        this.chain = chain;
    }

    void go() throws IOException, ServletException {
        if (wiring.purgeMethod().isFor(request.getMethod())) {
            ServletRequestFacts facts = new ServletRequestFacts(request, wiring.policy(), wiring.wrappers());
            wiring.purgeMethod().answer(request, facts, response);
            return;
        }
        if (!request.getMethod().equals(QueryRules.METHOD)) {
            pass();
            return;
        }
        QueryRequest query = new QueryRequest(request, response);
        new Passage(wiring, query, response, chain).pass();
        query.chainReturned();
    }

    private void pass() throws IOException, ServletException {
        View view = wiring.views().of(request);
        ServletRequestFacts facts = new ServletRequestFacts(request, view.policy(), wiring.wrappers());
        Reason outside = outside(view);
        if (outside != null) {
            wiring.counters(view.cacheAlias()).bypass(outside);
            goPast(outside, view, facts);
            return;
        }
        Step step = wiring.engine(view.cacheAlias()).open(facts, view.policy());
        if (step instanceof Step.Serve serve) {
            wiring.sender().send(serve, facts, view.policy(), response);
        } else if (step instanceof Step.Bypass bypass) {
            goPast(bypass.reason(), view, facts);
        } else if (step instanceof Step.Renew renew) {
            new Renewal(request, response, facts, view, wiring.sender(), wiring.captureBudget()).run(renew, chain);
        } else if (step instanceof Step.Render render) {
            render(render.rendering(), view, facts);
        } else {
            show(CacheStatus.forwarded(Forward.REQUEST, false, "only-if-cached"));
            response.sendError(HttpServletResponse.SC_GATEWAY_TIMEOUT);
        }
    }

    private @Nullable Reason outside(View view) {
        if (view.isNeverCached()) {
            return Reason.NEVER_CACHE;
        }
        return wiring.scope() == Scope.VIEW && !view.isCached() ? Reason.NOT_ANNOTATED : null;
    }

    private void render(Rendering rendering, View view, ServletRequestFacts facts)
            throws IOException, ServletException {
        Reason notStored = rendering.notStored();
        if (notStored != null) {
            rendering.release(notStored);
            goPast(notStored, view, facts);
            return;
        }
        exchange(rendering, view, facts);
    }

    private void exchange(Rendering rendering, View view, ServletRequestFacts facts)
            throws IOException, ServletException {
        boolean isReturned = false;
        try {
            Exchange exchange = new Exchange(
                    request, response, facts, view, rendering, null, wiring.sender(), wiring.captureBudget());
            exchange.run(chain);
            wiring.inputEvents().tell(request, view.policy(), exchange.inputs());
            isReturned = true;
        } finally {
            if (!isReturned) {
                rendering.release(Reason.ERROR);
            }
        }
    }

    private void goPast(Reason reason, View view, ServletRequestFacts facts) throws IOException, ServletException {
        if (InvalidationRules.isSafe(request.getMethod())) {
            handOn(reason, view, facts);
            return;
        }
        Engine engine = wiring.engine(view.cacheAlias());
        Posting posting = reason == Reason.METHOD ? Posting.of(engine, facts, view.policy()) : null;
        UnsafeExchange unsafe = new UnsafeExchange(request, response, facts, view.policy(), engine, posting);
        Passage inner = new Passage(wiring, unsafe.request(), unsafe.response(), chain);
        if (posting == null) {
            inner.handOn(reason, view, facts);
        } else {
            inner.exchange(posting.rendering(), view, facts);
        }
        unsafe.chainReturned(request);
    }

    private void handOn(Reason reason, View view, ServletRequestFacts facts) throws IOException, ServletException {
        if (ViewFields.areNeededBy(view)) {
            new Exchange(request, response, facts, view, null, reason, wiring.sender(), wiring.captureBudget())
                    .run(chain);
            return;
        }
        request.setAttribute(ServletNames.EXCHANGE, reason);
        String cacheName = wiring.cacheName();
        if (cacheName == null) {
            chain.doFilter(request, response);
        } else {
            chain.doFilter(
                    request,
                    new BypassResponse(response, Rendering.status(reason).toFieldValue(cacheName)));
        }
    }

    private void show(CacheStatus status) {
        String cacheName = wiring.cacheName();
        if (cacheName != null) {
            response.addHeader(ServletNames.CACHE_STATUS, status.toFieldValue(cacheName));
        }
    }
}
