package dev.pagecache.servlet;

import dev.pagecache.config.ViewSettings.View;
import dev.pagecache.engine.Rendering;
import dev.pagecache.engine.SealedPage;
import dev.pagecache.engine.Step.Serve;
import dev.pagecache.http.CacheStatus;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.ConditionRules;
import dev.pagecache.policy.FactNames;
import dev.pagecache.policy.HitRules;
import dev.pagecache.policy.Input;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.StorePlan;
import dev.pagecache.policy.StorePlan.Refuse;
import dev.pagecache.policy.StorePlan.Store;
import dev.pagecache.policy.StoreRules;
import dev.pagecache.servlet.WrapperTraits.Trait;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the application's answer: it is stored or not, and sent as it is, or a stored page in its place. That
 * is decided when the response commits; what is stored is so when the exchange settles it.
 *
 * <p>Confined to one exchange.
 */
final class Outcome implements Decisions {
    private final HttpServletResponse target;
    private final ServletRequestFacts facts;
    private final View view;
    private final @Nullable Rendering rendering;
    private final PageSender sender;
    private final InputLog inputs;
    private final BooleanSupplier isEnded;
    private final ShownStatus shown;
    private final Answer answer;
    private final ShownConditions conditions;
    private final Capture capture;
    private @Nullable Reason refusal;
    private @Nullable Store plan;
    private @Nullable SealedPage sealed;

    /**
     * @param rendering the permission to store, or null where only the view's fields are added
     * @param bypass why there is no such permission, else null
     * @param budget memory for what is captured
     * @param isEnded whether the exchange has come to its end
     */
    Outcome(
            HttpServletResponse target,
            ServletRequestFacts facts,
            View view,
            @Nullable Rendering rendering,
            @Nullable Reason bypass,
            PageSender sender,
            InputLog inputs,
            ExchangeControl control,
            CaptureBudget budget,
            BooleanSupplier isEnded) {
        this.target = target;
        this.facts = facts;
        this.view = view;
        this.rendering = rendering;
        this.refusal = bypass;
        this.sender = sender;
        this.inputs = inputs;
        this.isEnded = isEnded;
        this.shown = new ShownStatus(target, sender.cacheName(), rendering != null && rendering.isPosted());
        this.answer = new Answer(target, view, inputs, control, shown);
        this.capture = new Capture(target, this, view.policy().maxBodyBytes(), budget);
        this.conditions = new ShownConditions(rendering == null ? Fields.empty() : rendering.conditions());
    }

    Capture capture() {
        return capture;
    }

    /** The fields by which the application is asked whether a stale page still holds. */
    ShownConditions conditions() {
        return conditions;
    }

    /** Why the answer is not stored, or null as long as it may be. */
    @Nullable
    Reason refusal() {
        return refusal;
    }

    ShownStatus shown() {
        return shown;
    }

    /** Whether the client has its answer already. */
    boolean isDetached() {
        return target instanceof DetachedResponse;
    }

    void noteTrailers() {
        answer.noteTrailers();
    }

    /** The language that the container will add when it commits, or null for none. */
    void noteLanguage(@Nullable String tag) {
        answer.noteLanguage(tag);
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
        if (isEnded.getAsBoolean()) {
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

    @Override
    public boolean isLengthOfStored() {
        return isValidating() && target.getStatus() == HttpServletResponse.SC_NOT_MODIFIED;
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
        noteUnasked();
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
        noteUnasked();
        return rendering.assess(answer.facts());
    }

    /**
     * A page rendered for a user is not stored even where nobody asked who it is: security frameworks hand the user on
     * by ways of their own. So one that was rendered for nobody is for nobody only, where a wrapper can tell of a user.
     * A session that was looked for in vain and is there by now was made past the application's view; where the request
     * is on the thread, one may be read so. Nor is a page stored where one of its facts could not be told.
     */
    private void noteUnasked() {
        noteThere();
        if (facts.isWrapped(Trait.USER)) {
            inputs.noteFact(FactNames.USER);
        }
        if (facts.isOnThread()) {
            inputs.noteFact(FactNames.SESSION);
        }
        if (facts.untold() != null) {
            inputs.noteAttribute(facts.untold());
        }
        if (inputs.hasFact(FactNames.SESSION) && facts.field(FactNames.SESSION) != null) {
            inputs.note(Input.SESSION);
        }
    }

    /**
     * Notes user and session of a request as it arrives: when the page is written they may be gone, or known to the
     * first thread only.
     */
    void noteThere() {
        if (facts.field(FactNames.USER) != null) {
            inputs.note(Input.PRINCIPAL);
        }
        if (facts.isOnThread() && facts.field(FactNames.SESSION) != null) {
            inputs.note(Input.SESSION);
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
        if (shown.isOfPost() || !ConditionRules.isNotModified(facts, answer.status(), fields)) {
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
            CacheStatus status = rendering.status(isCertain);
            shown.show(sealed == null ? status : sender.shown(status, sealed.page()));
        }
    }

    /** It comes to nothing, whatever was decided. */
    void discard(Reason reason) {
        sealed = null;
        refuse(reason);
    }

    /** Before a whole page is sent: who has read it finds it stored, and a slow reader keeps nobody waiting. */
    void settle() {
        if (rendering != null && sealed != null && refusal == null) {
            rendering.store(sealed);
        } else if (rendering != null) {
            rendering.release(refusal == null ? Reason.INCOMPLETE : refusal);
        }
    }
}
