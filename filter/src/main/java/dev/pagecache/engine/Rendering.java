package dev.pagecache.engine;

import dev.pagecache.engine.Landing.Released;
import dev.pagecache.engine.Landing.Stored;
import dev.pagecache.entry.Body;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.Stamp;
import dev.pagecache.http.CacheStatus;
import dev.pagecache.http.CacheStatus.Forward;
import dev.pagecache.http.Fields;
import dev.pagecache.http.HttpDate;
import dev.pagecache.policy.FresheningRules;
import dev.pagecache.policy.InvalidationRules;
import dev.pagecache.policy.PageFieldRules;
import dev.pagecache.policy.PageNames;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.ResponseFacts;
import dev.pagecache.policy.StorePlan;
import dev.pagecache.policy.StorePlan.Store;
import dev.pagecache.policy.StoreRules;
import dev.pagecache.policy.TargetUrl;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One render of the application and what becomes of it. The edge asks {@link #assess} when the response commits, and
 * ends the rendering exactly once: {@link #store} or {@link #release}; further ends have no effect.
 *
 * <p>Used by one thread at a time; an asynchronous exchange may change threads.
 */
public final class Rendering {
    /** How long requests do not queue for a page that turned out not to be storable. */
    private static final Duration HIT_FOR_MISS = Duration.ofMinutes(2);

    /** The same after an error or a lack of memory, which may be over soon. */
    private static final Duration HIT_FOR_ERROR = Duration.ofSeconds(1);

    private static final int NOT_MODIFIED = 304;

    private final Engine engine;
    private SingleFlight.@Nullable Flight flight;
    private Inquiry inquiry;
    private final List<String> knownNames;
    private final Lookup lookup;
    private final Forward forward;
    private final @Nullable Page fallback;
    private final @Nullable Page validated;
    private final PageNames pageNames;
    private Stamp stamp;
    private final AtomicBoolean isEnded = new AtomicBoolean();
    private @Nullable Posting posting;
    private @Nullable Supplier<SingleFlight.@Nullable Flight> boarding;

    Rendering(
            Engine engine,
            SingleFlight.@Nullable Flight flight,
            Inquiry inquiry,
            List<String> knownNames,
            Lookup lookup,
            Forward forward,
            @Nullable Page fallback,
            @Nullable Page validated) {
        this.engine = engine;
        this.flight = flight;
        this.inquiry = inquiry;
        this.knownNames = knownNames;
        this.lookup = lookup;
        this.forward = forward;
        this.fallback = fallback;
        this.validated = validated;
        this.pageNames = PageNames.of(inquiry.request(), inquiry.policy());
        this.stamp = engine.revocations().now();
    }

    /** Makes it the rendering of a POST, before it is used. */
    void bePosted(Posting own) {
        posting = own;
    }

    /** Makes it a rendering that boards when it begins, before it is used. */
    void boardLater(Supplier<SingleFlight.@Nullable Flight> later) {
        boarding = later;
    }

    /**
     * Begins the rendering of a {@link Step.Renew}, whose client has been answered: how long that takes is the client's
     * choice.
     *
     * @return false if the page has been renewed meanwhile, or another request does: then there is nothing to end
     */
    public boolean begin() {
        if (boarding != null) {
            flight = boarding.get();
            if (flight == null) {
                return false;
            }
        }
        stamp = engine.revocations().now();
        engine.counters().renewal();
        return true;
    }

    /**
     * Whether it is that of a POST, which no stored page answers.
     *
     * @return false for a safe method
     */
    public boolean isPosted() {
        return posting != null;
    }

    /**
     * Why the response will not be stored whatever it is.
     *
     * @return the reason, or null if it may be stored
     */
    public @Nullable Reason notStored() {
        return lookup.notStored();
    }

    /**
     * Whether the request asks for a range, and the application sees that.
     *
     * @return true if it does
     */
    public boolean isRanged() {
        return lookup.isRanged();
    }

    /**
     * The settings of the view.
     *
     * @return the policy
     */
    public PagePolicy policy() {
        return inquiry.policy();
    }

    /**
     * A stale page that may be sent in place of an error.
     *
     * @param status status of the error, 0 where there is none
     * @return how to answer with it, or null if there is none
     */
    public Step.@Nullable Serve fallback(int status) {
        return fallback == null || engine.revocations().isRevoked(fallback.stamp(), pageNames, fallback.tags())
                ? null
                : engine.serveInstead(fallback, status);
    }

    /**
     * The fields by which the application can tell whether the page that was found stale still holds (RFC 9111 section
     * 4.3.1).
     *
     * @return conditional request fields; empty if there is no such page, or none that it can tell of
     */
    public Fields conditions() {
        return validated == null ? Fields.empty() : FresheningRules.conditions(validated);
    }

    /**
     * Whether a 304 is about the page that was found stale.
     *
     * @param notModified its fields
     * @return false if it has the validators of another representation
     */
    public boolean isConfirmedBy(Fields notModified) {
        return validated != null && FresheningRules.confirms(validated, notModified);
    }

    /**
     * Ends the rendering with a 304 to {@link #conditions}: the page that was found is freshened and stored again (RFC
     * 9111 section 4.3.4). Where the 304 does not let it be stored, it still is the answer to this request.
     *
     * @param notModified the 304 with all its fields, by which it is decided
     * @param own the fields of it that come into the page
     * @return how to answer
     * @throws IllegalStateException if there were no conditions
     */
    public Step.Serve freshen(ResponseFacts notModified, Fields own) {
        Page stale = validated;
        if (stale == null) {
            throw new IllegalStateException("nothing was to be validated");
        }
        if (!isConfirmedBy(own)) {
            release(Reason.STATUS);
            return served(stale, status(Reason.STATUS));
        }
        ResponseFacts whole = FresheningRules.freshened(stale, notModified, inquiry.policy());
        StorePlan plan = assess(whole);
        if (!(plan instanceof Store store)) {
            Reason reason = plan instanceof StorePlan.Refuse refuse ? refuse.reason() : Reason.INCOMPLETE;
            release(reason);
            Store passing = new Store(stale.lifetime(), 0, stale.traits(), List.of(), List.of(), Fields.empty());
            SealedPage passed = seal(passing, stale.status(), whole.fields(), stale.body(), null);
            return served(passed.page(), status(reason));
        }
        Fields merged = FresheningRules.merge(stale.fields(), own);
        Store renewed = FresheningRules.declaresLifetime(notModified.fields(), inquiry.policy())
                ? store
                : store.withLifetime(stale.lifetime());
        boolean hasContentTag = stale.traits().hasContentTag();
        SealedPage sealed =
                seal(hasContentTag ? renewed.withContentTag() : renewed, stale.status(), merged, stale.body(), null);
        store(sealed);
        return served(sealed.page(), status(true));
    }

    private Step.Serve served(Page page, CacheStatus status) {
        return new Step.Serve(page, page.ageMillis(engine.nowNanos()), status.withForwardStatus(NOT_MODIFIED));
    }

    /**
     * Decides about the response at the moment it commits.
     *
     * @param response what it is then
     * @return the plan
     */
    public StorePlan assess(ResponseFacts response) {
        if (lookup.notStored() != null) {
            return new StorePlan.Refuse(lookup.notStored());
        }
        StorePlan plan = posting != null
                ? posting.assess(response)
                : StoreRules.assess(
                        response, lookup, inquiry.policy(), engine.wallClock().instant());
        if (!(plan instanceof Store store)) {
            return plan;
        }
        if (isRevoked(store.tags())) {
            return new StorePlan.Refuse(Reason.REVOKED);
        }
        List<String> names = names(store.selectingNames());
        return names.size() <= StoreRules.MAX_SELECTING && engine.shelf().admits(inquiry, names)
                ? plan
                : new StorePlan.Refuse(Reason.VARIANTS);
    }

    private boolean isRevoked(List<String> tags) {
        return posting != null
                ? posting.isRevoked(pageNames, tags)
                : engine.revocations().isRevoked(stamp, pageNames, tags);
    }

    /**
     * What Cache-Status says of a response that is stored, or that is being sent before that is known.
     *
     * @param isStored whether it is certain
     * @return the status
     */
    public CacheStatus status(boolean isStored) {
        return CacheStatus.forwarded(forward, isStored, null);
    }

    /**
     * What Cache-Status says of a response that is not stored.
     *
     * @param reason why
     * @return the status
     */
    public static CacheStatus status(Reason reason) {
        return CacheStatus.forwarded(reason.forward(), false, reason.word());
    }

    /**
     * The page of a complete response.
     *
     * @param plan the plan of its commit
     * @param status status code
     * @param fields the response's own fields
     * @param body its whole body, not changed afterwards
     * @return the page, not yet stored
     */
    public SealedPage seal(Store plan, int status, Fields fields, byte[] body) {
        boolean isTagged = status == 200 && body.length > 0 && !fields.has("ETag");
        return seal(
                isTagged ? plan.withContentTag() : plan,
                status,
                fields,
                Body.of(body),
                isTagged ? ContentTag.of(body) : null);
    }

    private SealedPage seal(Store plan, int status, Fields fields, Body body, @Nullable String contentTag) {
        if (policy().has(Feature.NO_VARY_SEARCH)) {
            inquiry = inquiry.under(KnownSearches.in(fields));
        }
        List<String> names = names(plan.selectingNames());
        long born = engine.nowNanos() - TimeUnit.SECONDS.toNanos(plan.initialAgeSeconds());
        Page page = new Page(
                Shelf.key(inquiry, names, status),
                status,
                pageFields(plan, fields, contentTag),
                body,
                born,
                plan.lifetime(),
                plan.traits(),
                stamp,
                InvalidationRules.tags(plan.tags(), fields, TargetUrl.of(inquiry.request()), policy()));
        return new SealedPage(page, names);
    }

    /**
     * Stores the page and ends the rendering, before the request is over: where another response has named more fields
     * since the page was sealed, they are read from it. A page that was revoked meanwhile is not stored.
     *
     * @param sealed what {@link #seal} gave
     * @return whether it was stored
     */
    public boolean store(SealedPage sealed) {
        if (!isEnded.compareAndSet(false, true)) {
            return false;
        }
        Landing landing = Released.INSTANCE;
        try {
            SealedPage last = posting == null ? sealed : posting.last(sealed);
            SealedPage kept = engine.shelf()
                    .keep(inquiry, knownNames, last, () -> isRevoked(last.page().tags()));
            if (kept == null) {
                engine.counters().reason(Reason.REVOKED);
                landing = Landing.Revoked.INSTANCE;
                return false;
            }
            unmark(kept.page().key());
            engine.counters().stored();
            landing = new Stored(kept.page(), kept.names());
            return true;
        } finally {
            if (flight != null) {
                flight.land(landing);
            }
        }
    }

    /** A page that could be stored shows that it is worth waiting for: a mark of before is out of date. */
    private void unmark(CacheKey key) {
        engine.marks().mark(key, Duration.ZERO);
        if (!key.isBase()) {
            engine.marks().mark(inquiry.base(), Duration.ZERO);
        }
    }

    /**
     * Ends the rendering with nothing stored. Who waited renders for himself, and for a while nobody waits again.
     *
     * @param reason why
     */
    public void release(Reason reason) {
        if (!isEnded.compareAndSet(false, true)) {
            return;
        }
        if (posting == null) {
            engine.counters().reason(reason);
        }
        if (flight == null) {
            return;
        }
        if (reason == Reason.REVOKED) {
            flight.land(Landing.Revoked.INSTANCE);
            return;
        }
        try {
            if (reason == Reason.DETACHED) {
                engine.renewals().keepClient(flight.key());
            } else {
                boolean isPassing = reason == Reason.ERROR || reason == Reason.MEMORY;
                engine.marks().mark(flight.key(), isPassing ? HIT_FOR_ERROR : HIT_FOR_MISS);
            }
        } finally {
            flight.land(Released.INSTANCE);
        }
    }

    private List<String> names(List<String> named) {
        return engine.shelf().names(inquiry, knownNames, named);
    }

    private Fields pageFields(Store plan, Fields fields, @Nullable String contentTag) {
        Fields page = fields.without(PageFieldRules.notStored(fields));
        for (int i = 0; i < plan.changedFields().size(); i++) {
            page = page.with(plan.changedFields().name(i), plan.changedFields().value(i));
        }
        if (!page.has("Date")) {
            page = page.with("Date", HttpDate.format(engine.wallClock().instant()));
        }
        return contentTag == null ? page : page.with("ETag", contentTag);
    }
}
