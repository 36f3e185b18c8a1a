package dev.pagecache.servlet;

import dev.pagecache.PageControl;
import dev.pagecache.config.ViewSettings.View;
import dev.pagecache.engine.Rendering;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.Reason;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the application with its answer captured: what the application sees, its asynchronous
 * steps, and its one end.
 *
 * <p>T1 the filter runs the chain. T2 the response commits or the chain returns: the {@link Outcome} is decided. T3 the
 * exchange ends: after the chain if it is not asynchronous, else at complete, or after the dispatch that did not go on
 * asynchronously, or at an error or time-out. Whatever comes first counts; later ends have no effect.
 */
final class Exchange implements AsyncSteps {
    private final HttpServletResponse target;
    private final @Nullable Rendering rendering;
    private final ExchangeControl control;
    private final InputLog inputs;
    private final Outcome outcome;
    private final Capture capture;
    private final RequestView requestView;
    private final CaptureResponse response;

    /** No monitor: who sends what is held may wait for his client, and would pin a virtual thread before Java 24. */
    private final ReentrantLock ending = new ReentrantLock();

    private final AtomicBoolean isEnded = new AtomicBoolean();
    private final AsyncState async = new AsyncState();

    /**
     * @param rendering the permission to store, or null where only the view's fields are added
     * @param bypass why there is no such permission, else null
     * @param budget memory for what is captured
     */
    Exchange(
            HttpServletRequest request,
            HttpServletResponse target,
            ServletRequestFacts facts,
            View view,
            @Nullable Rendering rendering,
            @Nullable Reason bypass,
            PageSender sender,
            CaptureBudget budget) {
        this.inputs = InputLog.of(request);
        this.target = target;
        this.rendering = rendering;
        this.control = new ExchangeControl(new FactTexts(request, view.policy().hidden())::cookie);
        this.outcome =
                new Outcome(target, facts, view, rendering, bypass, sender, inputs, control, budget, isEnded::get);
        this.capture = outcome.capture();
        boolean isWatched = rendering != null && view.policy().inputs() != PagePolicy.Inputs.DECLARED;
        this.requestView = new RequestView(
                request,
                this,
                inputs,
                rendering == null
                        ? Visibility.ALL
                        : Visibility.of(view.policy(), outcome.conditions(), rendering.isRanged()),
                isWatched ? facts.freezeAttributes() : OuterAttributes.NONE,
                facts);
        if (isWatched) {
            outcome.noteThere();
        }
        this.response = new CaptureResponse(target, outcome, capture, inputs);
    }

    /** What the application has read of the request by now. */
    InputLog inputs() {
        return inputs;
    }

    CaptureResponse response() {
        return response;
    }

    /** Runs the application; what it throws goes on untouched, unless a stale page stands in for it. */
    void run(FilterChain chain) throws IOException, ServletException {
        requestView.setAttribute(ServletNames.EXCHANGE, this);
        requestView.setAttribute(PageControl.ATTRIBUTE, control);
        runAndEnd(chain, requestView, response);
    }

    /** Goes on after an asynchronous dispatch came back through the filter. */
    void resume(FilterChain chain, ServletRequest request, ServletResponse given) throws IOException, ServletException {
        if (!capture.unsuspend()) {
            outcome.refuse(Reason.ASYNC);
        }
        if (outcome.refusal() == null) {
            outcome.shown().forget();
        }
        runAndEnd(chain, request, given);
    }

    private void runAndEnd(FilterChain chain, ServletRequest request, ServletResponse given)
            throws IOException, ServletException {
        async.enterChain();
        boolean isReturned = false;
        try {
            chain.doFilter(request, given);
            isReturned = true;
        } catch (IOException | ServletException | RuntimeException e) {
            if (!outcome.isCoveredByStale(0) && !Renewal.swallows(target, request, outcome.refusal(), e)) {
                throw e;
            }
        } finally {
            if (!isReturned) {
                fail(Reason.ERROR);
            }
        }
        if (async.leaveChain(request.isAsyncStarted())) {
            end();
        } else if (!async.isListening()) {
            request.getAsyncContext().addListener(new ExchangeListener(this));
            letGo();
        }
    }

    AsyncContext startAsync(AsyncContext started) {
        started.addListener(new ExchangeListener(this));
        async.listen();
        return new CaptureAsync(started, this);
    }

    void beforeForward() {
        if (capture.isHolding() && !target.isCommitted()) {
            capture.clear();
        }
    }

    @Override
    public boolean isAbandoned() {
        return async.isAbandoned();
    }

    @Override
    public boolean isDetached() {
        return outcome.isDetached();
    }

    /** The container refuses what the application asks for, because the response is complete. */
    void refuseDetached() {
        if (isDetached()) {
            outcome.refuse(Reason.DETACHED);
        }
    }

    AsyncState async() {
        return async;
    }

    @Override
    public void beforeComplete() throws IOException {
        if (async.mayCompleteNow()) {
            end();
        }
    }

    @Override
    public void beforeDispatch() throws IOException {
        async.dispatch();
        if (!capture.isHolding()) {
            return;
        }
        if (!capture.suspend()) {
            capture.pass(Reason.ASYNC);
        } else if (rendering != null) {
            outcome.shown().show(Rendering.status(Reason.ASYNC));
        }
    }

    /** The body is whole and the application is done with it. */
    void end() throws IOException {
        if (!isEnded.compareAndSet(false, true)) {
            return;
        }
        try {
            ending.lock();
            try {
                capture.end();
            } finally {
                ending.unlock();
            }
        } finally {
            settle();
        }
    }

    /** The application failed, or the exchange was given up. */
    @Override
    public void fail(Reason reason) {
        if (!isEnded.compareAndSet(false, true)) {
            return;
        }
        try {
            ending.lock();
            try {
                outcome.discard(reason);
                capture.abandon(reason);
            } finally {
                ending.unlock();
            }
        } finally {
            settle();
        }
    }

    private void settle() {
        try {
            outcome.settle();
        } finally {
            capture.free();
        }
    }

    /**
     * A time-out or an error whose answer others will write: nothing is held back from it. T1 the container tells of
     * the time-out while T2 the application completes: what is held is sent by one of them.
     */
    void letGo() throws IOException {
        ending.lock();
        try {
            capture.pass(Reason.ASYNC);
        } finally {
            ending.unlock();
        }
    }
}
