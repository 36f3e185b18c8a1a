package dev.pagecache.servlet;

import dev.pagecache.PageControl;
import dev.pagecache.config.ViewSettings.View;
import dev.pagecache.engine.Rendering;
import dev.pagecache.engine.SealedPage;
import dev.pagecache.engine.Step.Serve;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.ConditionRules;
import dev.pagecache.policy.HitRules;
import dev.pagecache.policy.Input;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.StorePlan;
import dev.pagecache.policy.StorePlan.Refuse;
import dev.pagecache.policy.StorePlan.Store;
import dev.pagecache.policy.StoreRules;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the application with its answer captured: what the application sees, what it is found
 * to depend on, what is decided when it commits, and its one end.
 *
 * <p>T1 the filter runs the chain. T2 the response commits or the chain returns: {@link Decisions} are taken. T3 the
 * exchange ends: after the chain if it is not asynchronous, else at complete, or after the dispatch that did not go on
 * asynchronously, or at an error or time-out. Whatever comes first counts; later ends have no effect.
 */
final class Exchange implements Decisions, AsyncSteps {
    private final HttpServletResponse target;
    private final ServletRequestFacts facts;
    private final View view;
    private final @Nullable Rendering rendering;
    private final PageSender sender;
    private final ShownStatus shown;
    private final InputLog inputs = new InputLog();
    private final ExchangeControl control = new ExchangeControl();
    private final Answer answer;
    private final ShownConditions conditions;
    private final Capture capture;
    private final RequestView requestView;
    private final CaptureResponse response;
    private @Nullable Reason refusal;
    private @Nullable Store plan;
    private @Nullable SealedPage sealed;
    private final AtomicBoolean isEnded = new AtomicBoolean();

    private final AsyncState async = new AsyncState();

    /**
     * @param rendering the permission to store, or null where only the view's fields are added
     * @param bypass why there is no such permission, else null
     */
    Exchange(
            HttpServletRequest request,
            HttpServletResponse target,
            ServletRequestFacts facts,
            View view,
            @Nullable Rendering rendering,
            @Nullable Reason bypass,
            PageSender sender) {
        this.target = target;
        this.facts = facts;
        this.view = view;
        this.rendering = rendering;
        this.refusal = bypass;
        this.sender = sender;
        this.shown = new ShownStatus(target, sender.cacheName());
        this.answer = new Answer(target, view, inputs, control, shown);
        this.capture = new Capture(target, this, view.policy().maxBodyBytes());
        this.conditions = new ShownConditions(rendering == null ? Fields.empty() : rendering.conditions());
        this.requestView = new RequestView(
                request,
                this,
                inputs,
                rendering == null ? Visibility.ALL : Visibility.of(view.policy(), conditions, rendering.isRanged()));
        this.response = new CaptureResponse(target, this, capture, inputs);
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
            refuse(Reason.ASYNC);
        }
        if (refusal == null) {
            shown.forget();
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
            if (!isCoveredByStale(0) && !Renewal.swallows(target, request, refusal, e)) {
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
        return target instanceof DetachedResponse;
    }

    /** The container refuses what the application asks for, because the response is complete. */
    void refuseDetached() {
        if (isDetached()) {
            refuse(Reason.DETACHED);
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
            shown.show(Rendering.status(Reason.ASYNC));
        }
    }

    /** The body is whole and the application is done with it. */
    void end() throws IOException {
        if (!isEnded.compareAndSet(false, true)) {
            return;
        }
        try {
            capture.end();
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
        sealed = null;
        try {
            refuse(reason);
            capture.abandon(reason);
        } finally {
            settle();
        }
    }

    /** A time-out or an error whose answer others will write: nothing is held back from it. */
    void letGo() throws IOException {
        capture.pass(Reason.ASYNC);
    }

    /** Before a whole page is sent: who has read it finds it stored, and a slow reader keeps nobody waiting. */
    private void settle() {
        if (rendering != null && sealed != null && refusal == null) {
            rendering.store(sealed);
        } else if (rendering != null) {
            rendering.release(refusal == null ? Reason.INCOMPLETE : refusal);
        }
    }

    void noteTrailers() {
        answer.noteTrailers();
    }

    /** A redirect is a whole page without content; its Location is kept as the application gave it. */
    void redirect(int redirectStatus, String location) {
        if (target.isCommitted() || !capture.isHolding()) {
            return;
        }
        capture.clear();
        if (decide(redirectStatus, location) instanceof Store store) {
            seal(store, new byte[0]);
            showStored(true);
        }
        capture.close();
    }

    @Override
    public Delivery decideWhole(byte[] body) throws IOException {
        if (isConfirmed()) {
            return Delivery.SILENCE;
        }
        if (HitRules.isCoverable(target.getStatus()) && isCoveredByStale(target.getStatus())) {
            return Delivery.SILENCE;
        }
        if (refusal == null && body.length > view.policy().maxBodyBytes()) {
            refuse(Reason.BODY_SIZE);
        }
        if (!(decide(target.getStatus(), null) instanceof Store store)) {
            return deliveryOfUnstored();
        }
        if (!StoreRules.isComplete(answer.status(), answer.own(), body.length)) {
            refuse(Reason.INCOMPLETE);
            return deliveryOfUnstored();
        }
        SealedPage page = seal(store, body);
        showStored(true);
        if (isEnded.get()) {
            settle();
        }
        String etag = page.page().fields().first("ETag");
        if (etag != null) {
            target.setHeader("ETag", etag);
        }
        if (isNotModified(page.page().fields())) {
            return Delivery.SILENCE;
        }
        target.setContentLengthLong(body.length);
        return Delivery.SEND;
    }

    @Override
    public Delivery decideEarly(long declaredLength) throws IOException {
        if (isConfirmed()) {
            return Delivery.SILENCE;
        }
        if (HitRules.isCoverable(target.getStatus()) && isCoveredByStale(target.getStatus())) {
            return Delivery.SILENCE;
        }
        if (refusal == null && declaredLength > view.policy().maxBodyBytes()) {
            refuse(Reason.BODY_SIZE);
        }
        if (!(decide(target.getStatus(), null) instanceof Store store)) {
            return deliveryOfUnstored();
        }
        plan = store;
        showStored(false);
        return isNotModified(answer.own()) ? Delivery.SILENCE : Delivery.SEND;
    }

    @Override
    public boolean mayHaveContent() {
        int current = target.getStatus();
        return current != HttpServletResponse.SC_NO_CONTENT && (current < 300 || current >= 400);
    }

    /** What was read after the commit counts too: the page may depend on it. */
    @Override
    public void complete(byte[] body) {
        if (plan == null || refusal != null) {
            return;
        }
        StorePlan again = assess();
        if (again instanceof Store latest && StoreRules.isComplete(answer.status(), answer.own(), body.length)) {
            seal(plan.selectedBy(latest.selectingNames()), body);
        } else if (again instanceof Refuse refused) {
            refuse(refused.reason());
        }
    }

    /** Who waits for the page is released at once: its end may be hours away. */
    @Override
    public void refuse(Reason reason) {
        if (refusal == null) {
            refusal = reason;
            if (rendering != null) {
                rendering.release(reason);
            }
        }
        if (!target.isCommitted()) {
            answer.addViewFields();
            shown.show(Rendering.status(refusal));
        }
    }

    void restoreStatus() {
        shown.restore();
    }

    /**
     * Sends a stale page in place of an error, if there is one and nothing has been sent (RFC 5861 section 4).
     *
     * @param errorStatus status of the error, 0 where there is none
     */
    boolean isCoveredByStale(int errorStatus) throws IOException {
        boolean isSettled = rendering == null || isDetached() || target.isCommitted();
        Serve stale = isSettled || rendering == null ? null : rendering.fallback(errorStatus);
        if (stale == null) {
            return false;
        }
        refusal = Reason.ERROR;
        sendInstead(stale);
        return true;
    }

    /** Whether a 304 of the application's confirms a page of the cache's: it has looked at the cache's conditions. */
    boolean isValidating() {
        return rendering != null && refusal == null && conditions.areSeen();
    }

    /** Answers with the page that was found, if the application said that it still holds (RFC 9111 section 4.3.3). */
    private boolean isConfirmed() throws IOException {
        if (rendering == null || !isValidating() || target.getStatus() != HttpServletResponse.SC_NOT_MODIFIED) {
            return false;
        }
        answer.read(HttpServletResponse.SC_NOT_MODIFIED, null);
        Fields own = answer.own();
        if (!rendering.isConfirmedBy(own) && ConditionRules.isNotModified(facts, HttpServletResponse.SC_OK, own)) {
            // It is about what the client has, by the client's own word.
            return false;
        }
        noteUser();
        sendInstead(rendering.freshen(answer.facts(), own));
        return true;
    }

    /** It is committed at once: what the application writes and sets afterwards goes nowhere. */
    private void sendInstead(Serve page) throws IOException {
        capture.silence();
        answer.reset();
        sender.send(page, facts, view.policy(), target);
        target.flushBuffer();
    }

    private StorePlan decide(int responseStatus, @Nullable String location) {
        answer.read(responseStatus, location);
        StorePlan decided = assess();
        if (decided instanceof Refuse refused) {
            refuse(refused.reason());
        } else if (decided instanceof Store store) {
            ResponseFields.set(target, store.changedFields());
        }
        return decided;
    }

    private StorePlan assess() {
        if (rendering == null || refusal != null) {
            return new Refuse(refusal == null ? Reason.INCOMPLETE : refusal);
        }
        noteUser();
        return rendering.assess(answer.facts());
    }

    private void noteUser() {
        if (requestView.isAuthenticated()) {
            inputs.note(Input.PRINCIPAL);
        }
    }

    private SealedPage seal(Store store, byte[] body) {
        if (rendering == null) {
            throw new IllegalStateException("nothing may be stored");
        }
        sealed = rendering.seal(store, answer.status(), answer.own(), body);
        return sealed;
    }

    /** RFC 9110 section 13: the application did not see the client's conditions, so they are answered here. */
    private boolean isNotModified(Fields fields) {
        if (!ConditionRules.isNotModified(facts, answer.status(), fields)) {
            return false;
        }
        target.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        return true;
    }

    private Delivery deliveryOfUnstored() {
        return rendering != null && isNotModified(answer.own()) ? Delivery.SILENCE : Delivery.HAND_ON;
    }

    private void showStored(boolean isCertain) {
        if (rendering != null) {
            shown.show(rendering.status(isCertain));
        }
    }
}
