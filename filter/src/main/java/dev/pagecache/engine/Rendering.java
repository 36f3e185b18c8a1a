package dev.pagecache.engine;

import dev.pagecache.engine.Landing.Released;
import dev.pagecache.engine.Landing.Stored;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.PageTraits;
import dev.pagecache.entry.StoredRecord;
import dev.pagecache.entry.VaryIndex;
import dev.pagecache.http.CacheStatus;
import dev.pagecache.http.CacheStatus.Forward;
import dev.pagecache.http.Fields;
import dev.pagecache.http.HttpDate;
import dev.pagecache.policy.PageFieldRules;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.RequestFacts;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.ResponseFacts;
import dev.pagecache.policy.StorePlan;
import dev.pagecache.policy.StorePlan.Store;
import dev.pagecache.policy.StoreRules;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** The same after an error, which may be over soon. */
    private static final Duration HIT_FOR_ERROR = Duration.ofSeconds(1);

    private final Engine engine;
    private final SingleFlight.@Nullable Flight flight;
    private final CacheKey base;
    private final List<String> knownNames;
    private final RequestFacts request;
    private final Lookup lookup;
    private final PagePolicy policy;
    private final Forward forward;
    private final @Nullable Page fallback;
    private final AtomicBoolean isEnded = new AtomicBoolean();

    Rendering(
            Engine engine,
            SingleFlight.@Nullable Flight flight,
            CacheKey base,
            List<String> knownNames,
            RequestFacts request,
            Lookup lookup,
            PagePolicy policy,
            Forward forward,
            @Nullable Page fallback) {
        this.engine = engine;
        this.flight = flight;
        this.base = base;
        this.knownNames = knownNames;
        this.request = request;
        this.lookup = lookup;
        this.policy = policy;
        this.forward = forward;
        this.fallback = fallback;
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
     * The settings of the view.
     *
     * @return the policy
     */
    public PagePolicy policy() {
        return policy;
    }

    /**
     * A stale page that may be sent in place of an error.
     *
     * @return how to answer with it, or null if there is none
     */
    public Step.@Nullable Serve fallback() {
        return fallback == null ? null : engine.serveInstead(fallback);
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
        StorePlan plan =
                StoreRules.assess(response, lookup, policy, engine.wallClock().instant());
        return plan instanceof Store store && !isAdmitted(names(store.selectingNames()))
                ? new StorePlan.Refuse(Reason.VARIANTS)
                : plan;
    }

    private boolean isAdmitted(List<String> names) {
        return names.isEmpty() || engine.variants().admits(base, base.variant(names, request));
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
        List<String> names = names(plan.selectingNames());
        CacheKey key = names.isEmpty() ? base : base.variant(names, request);
        boolean isTagged = status == 200 && body.length > 0 && !fields.has("ETag");
        PageTraits traits = isTagged ? plan.traits().withContentTag() : plan.traits();
        long born = engine.nowNanos() - TimeUnit.SECONDS.toNanos(plan.initialAgeSeconds());
        Page page = new Page(
                key,
                status,
                pageFields(plan, fields, isTagged ? ContentTag.of(body) : null),
                body,
                born,
                plan.lifetime(),
                traits,
                0,
                plan.tags());
        return new SealedPage(page, names);
    }

    /**
     * Stores the page and ends the rendering, before the request is over: where another response has named more fields
     * since the page was sealed, they are read from it.
     *
     * @param sealed what {@link #seal} gave
     */
    public void store(SealedPage sealed) {
        if (!isEnded.compareAndSet(false, true)) {
            return;
        }
        Landing landing = Released.INSTANCE;
        try {
            SealedPage kept = keep(sealed);
            unmark(kept.page().key());
            engine.counters().stored();
            landing = new Stored(kept.page(), kept.names());
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
            engine.marks().mark(base, Duration.ZERO);
        }
    }

    /** One at a time: T1 reads the index, T2 writes one with more names, T1 would write a page that hides it. */
    private SealedPage keep(SealedPage sealed) {
        synchronized (engine.storeLock()) {
            SealedPage kept = rekey(sealed);
            // The page first: whom the index leads to it finds it.
            engine.store().put(kept.page());
            if (!kept.names().isEmpty()) {
                remember(kept.names(), kept.page());
            }
            return kept;
        }
    }

    private SealedPage rekey(SealedPage sealed) {
        List<String> names = names(sealed.names());
        if (names.equals(sealed.names())) {
            return sealed;
        }
        Page page = sealed.page();
        Page rekeyed = new Page(
                base.variant(names, request),
                page.status(),
                page.fields(),
                page.body(),
                page.bornNanos(),
                page.lifetime(),
                page.traits(),
                page.stamp(),
                page.tags());
        return new SealedPage(rekeyed, names);
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
        engine.counters().reason(reason);
        if (flight == null) {
            return;
        }
        try {
            if (reason == Reason.DETACHED) {
                engine.renewals().keepClient(flight.key());
            } else {
                engine.marks().mark(flight.key(), reason == Reason.ERROR ? HIT_FOR_ERROR : HIT_FOR_MISS);
            }
        } finally {
            flight.land(Released.INSTANCE);
        }
    }

    /**
     * The union of what earlier responses of the URL named and what this one names: once selecting, always selecting,
     * or a response without Vary would answer everybody.
     */
    private List<String> names(List<String> named) {
        List<String> latest = engine.store().getLocal(base) instanceof VaryIndex index ? index.names() : knownNames;
        if (latest.containsAll(named) && latest.containsAll(knownNames)) {
            return latest;
        }
        TreeSet<String> union = new TreeSet<>(latest);
        union.addAll(knownNames);
        union.addAll(named);
        return List.copyOf(union);
    }

    /**
     * Writes the index of the URL where it lacks a name or would end before the page; it lives longer, to be written
     * less.
     */
    private void remember(List<String> names, Page page) {
        long now = engine.nowNanos();
        long retention = page.retentionMillis(now);
        StoredRecord known = engine.store().getLocal(base);
        if (known instanceof VaryIndex index
                && index.names().equals(names)
                && index.retentionMillis(now) >= retention) {
            return;
        }
        engine.store().put(new VaryIndex(base, names, now + TimeUnit.MILLISECONDS.toNanos(2 * retention)));
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
