package dev.pagecache.engine;

import dev.pagecache.engine.Landing.Stored;
import dev.pagecache.engine.SingleFlight.Boarding;
import dev.pagecache.engine.Step.Bypass;
import dev.pagecache.engine.Step.Render;
import dev.pagecache.engine.Step.Renew;
import dev.pagecache.engine.Step.Serve;
import dev.pagecache.engine.Step.Unsatisfiable;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.http.CacheStatus;
import dev.pagecache.http.CacheStatus.Forward;
import dev.pagecache.policy.HitPlan;
import dev.pagecache.policy.HitRules;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.RenewalRules;
import dev.pagecache.policy.RequestFacts;
import dev.pagecache.policy.RequestPlan;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.RequestRules;
import dev.pagecache.policy.Standing;
import dev.pagecache.store.HitForMissMarks;
import dev.pagecache.store.LeaseStore;
import dev.pagecache.store.RecordStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The walk of an exchange: assess the request, look up, assess what is found, and either serve it or let one request
 * per key render.
 *
 * <p>Safe for use by many threads. {@link #open} blocks only while another request renders the same key, for a bounded
 * time.
 */
public final class Engine {
    /** A follower whose leader stored another variant looks again; more rounds than this are not worth the wait. */
    private static final int MAX_ROUNDS = 3;

    private final Finder finder;
    private final HitForMissMarks marks;
    private final @Nullable SingleFlight flights;
    private final @Nullable ClusterFlight clusterFlight;
    private final Renewals renewals;
    private final EarlyRenewals earlyRenewals;
    private final LongSupplier nanoTime;
    private final InstantSource wallClock;
    private final Counters counters;
    private final KnownSearches searches = new KnownSearches();
    private final Revocations revocations;
    private final Shelf shelf;

    /**
     * An engine over a store.
     *
     * @param store where records are
     * @param marks keys whose pages turned out not to be storable
     * @param revocations when pages were revoked
     * @param collapseWait how long a request waits for another's render, or null to let each render for itself
     * @param nanoTime monotonic time
     * @param wallClock time of day, for fields only
     * @param counters where to count
     */
    public Engine(
            RecordStore store,
            HitForMissMarks marks,
            Revocations revocations,
            @Nullable Duration collapseWait,
            LongSupplier nanoTime,
            InstantSource wallClock,
            Counters counters) {
        this(
                store,
                marks,
                revocations,
                collapseWait,
                new RefreshRate(RenewalRules.DEFAULT_REFRESHES_PER_SECOND, nanoTime),
                new Random(),
                null,
                nanoTime,
                wallClock,
                counters);
    }

    /**
     * An engine over a store, with a rate of its own at which it refreshes.
     *
     * @param store where records are
     * @param marks keys whose pages turned out not to be storable
     * @param revocations when pages were revoked
     * @param collapseWait how long a request waits for another's render, or null to let each render for itself
     * @param refreshRate how many pages are refreshed a second; engines may share it
     * @param random by which fresh pages are renewed early; safe for use by many threads
     * @param leases by which one node renders for all, or null to let each render for itself
     * @param nanoTime monotonic time
     * @param wallClock time of day, for fields only
     * @param counters where to count
     */
    public Engine(
            RecordStore store,
            HitForMissMarks marks,
            Revocations revocations,
            @Nullable Duration collapseWait,
            RefreshRate refreshRate,
            RandomGenerator random,
            @Nullable LeaseStore leases,
            LongSupplier nanoTime,
            InstantSource wallClock,
            Counters counters) {
        this.marks = marks;
        this.revocations = revocations;
        this.finder = new Finder(store, revocations);
        this.shelf = new Shelf(store, searches, nanoTime);
        this.flights = collapseWait == null ? null : new SingleFlight(collapseWait);
        this.clusterFlight = ClusterFlight.of(leases, collapseWait, nanoTime);
        this.renewals = new Renewals(flights, marks, nanoTime);
        this.earlyRenewals = new EarlyRenewals(revocations, renewals, refreshRate, random);
        this.nanoTime = nanoTime;
        this.wallClock = wallClock;
        this.counters = counters;
    }

    /**
     * Decides what to do with a request.
     *
     * @param request the request
     * @param policy the settings of its view
     * @return the step; the rendering of a {@link Render} or {@link Renew} has to be ended by the caller
     */
    public Step open(RequestFacts request, PagePolicy policy) {
        RequestPlan plan = RequestRules.assess(request, policy);
        if (plan instanceof RequestPlan.Bypass bypass) {
            counters.reason(bypass.reason());
            return new Bypass(bypass.reason());
        }
        Step step = walk(request, policy, (Lookup) plan);
        if (step instanceof Render) {
            counters.render();
        }
        return step;
    }

    /**
     * Revokes pages, those being rendered included, and removes the record of one URL, so that nodes that share a
     * remote store lose it, too.
     *
     * @param names names of the pages
     * @param base key of the URL, or null to leave the store as it is
     */
    public void revoke(Collection<String> names, @Nullable CacheKey base) {
        revocations.raise(names);
        if (base != null) {
            shelf.remove(base);
        }
    }

    private Step walk(RequestFacts request, PagePolicy policy, Lookup lookup) {
        Inquiry inquiry = Inquiry.of(request, policy, searches.of(request, policy));
        for (int round = 1; ; round++) {
            Found found = finder.find(inquiry);
            @Nullable HitPlan hit = assess(found, inquiry, lookup);
            if (hit instanceof HitPlan.Serve serve) {
                return serveFresh(inquiry, found, lookup, serve);
            }
            if (lookup.directives() != null && lookup.directives().onlyIfCached()) {
                return new Unsatisfiable();
            }
            if (hit instanceof HitPlan.ServeStale stale) {
                return serveAndRenew(
                        inquiry, found, RequestRules.beforeRender(request, lookup), stale, stale.ttlSeconds());
            }
            lookup = RequestRules.beforeRender(request, lookup);
            Serve part = part(inquiry, found, lookup);
            if (part != null) {
                return part;
            }
            if (!mayLead(found.key(), lookup, hit) || round == MAX_ROUNDS) {
                return render(null, inquiry, found, lookup, hit);
            }
            Boarding boarding = flights().board(found.key());
            if (boarding.isLeader()) {
                return lead(boarding.flight(), inquiry, found, lookup, hit);
            }
            Step followed = follow(boarding.flight().await(), inquiry, found, lookup, hit);
            if (followed != null) {
                return followed;
            }
        }
    }

    private Step serveFresh(Inquiry inquiry, Found found, Lookup lookup, HitPlan.Serve hit) {
        Page page = found.mustPage();
        if (earlyRenewals.isDue(found, age(page), inquiry, lookup)) {
            return serveAndRenew(
                    inquiry, found, RequestRules.beforeRender(inquiry.request(), lookup), hit, hit.ttlSeconds());
        }
        counters.hit();
        return serve(page, CacheStatus.hit(hit.ttlSeconds()));
    }

    /** Everybody gets the page, and one request renews it when its client has it (RFC 5861 section 3). */
    private Step serveAndRenew(Inquiry inquiry, Found found, Lookup lookup, HitPlan hit, long ttlSeconds) {
        CacheKey marked = Renewals.marked(inquiry, found.key(), lookup);
        SingleFlight.Flight flight =
                Renewals.isPossible(lookup) ? renewals.board(found.key(), marked, !lookup.isAuthorized()) : null;
        Step led = flight == null ? null : lead(flight, inquiry, found, lookup, hit);
        if (led != null && (led instanceof Serve || renewals.needsClient(marked))) {
            return led;
        }
        if (hit instanceof HitPlan.Serve) {
            counters.hit();
        } else {
            counters.staleHit();
        }
        Serve meanwhile = serve(found.mustPage(), CacheStatus.hit(ttlSeconds));
        if (!(led instanceof Render render)) {
            return meanwhile;
        }
        counters.renewal();
        return new Renew(meanwhile, render.rendering());
    }

    /** A leader looks once more: the flight before his may have landed between his look-up and his boarding. */
    private Step lead(SingleFlight.Flight flight, Inquiry inquiry, Found found, Lookup lookup, @Nullable HitPlan hit) {
        boolean isInAir = false;
        try {
            Found again = finder.findLocal(inquiry);
            if (again.key().equals(found.key())
                    && isOther(again.page(), found.page())
                    && assess(again, inquiry, lookup) instanceof HitPlan.Serve serve) {
                flight.land(new Stored(again.mustPage(), again.names()));
                counters.hit();
                return serve(again.mustPage(), CacheStatus.hit(serve.ttlSeconds()));
            }
            Found shared = clusterFlight == null || (hit != null && !(hit instanceof HitPlan.Render))
                    ? null
                    : clusterFlight.await(flight, found.key(), () -> servable(inquiry, lookup));
            if (shared != null) {
                Stored stored = new Stored(shared.mustPage(), shared.names());
                flight.land(stored);
                Step followed = follow(stored, inquiry, found, lookup, hit);
                return followed == null ? render(null, inquiry, found, lookup, hit) : followed;
            }
            Render render = render(flight, inquiry, found, lookup, hit);
            isInAir = true;
            return render;
        } finally {
            if (!isInAir) {
                flight.land(Landing.Released.INSTANCE);
            }
        }
    }

    private @Nullable Found servable(Inquiry inquiry, Lookup lookup) {
        Found found = finder.find(inquiry);
        return assess(found, inquiry, lookup) instanceof HitPlan.Serve ? found : null;
    }

    /**
     * Memory gives the same page as the same object; one that was read anew costs a renewal that waits for the next.
     */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isOther(@Nullable Page one, @Nullable Page other) {
        return one != other;
    }

    /** The page waited for, if it is the one that this request selects; null means to look again. */
    private @Nullable Step follow(Landing landing, Inquiry inquiry, Found found, Lookup lookup, @Nullable HitPlan hit) {
        if (landing instanceof Landing.Revoked) {
            return null;
        }
        if (!(landing instanceof Stored stored)) {
            return render(null, inquiry, found, lookup, hit);
        }
        CacheKey selected = inquiry.key(stored.names());
        Page page = stored.page();
        if (!selected.equals(page.key())
                || revocations.isRevoked(page, inquiry.request(), inquiry.policy())
                || !(assess(page, inquiry, lookup) instanceof HitPlan.Serve serve)) {
            return null;
        }
        counters.collapsed();
        return serve(page, CacheStatus.collapsed(found.forward(hit), serve.ttlSeconds()));
    }

    private @Nullable HitPlan assess(Found found, Inquiry inquiry, Lookup lookup) {
        Page page = found.page();
        return page == null ? null : assess(page, inquiry, lookup);
    }

    private HitPlan assess(Page page, Inquiry inquiry, Lookup lookup) {
        Standing standing = revocations.standing(page, inquiry.request(), inquiry.policy());
        return HitRules.assess(page, age(page), standing, lookup);
    }

    /** A request whose response will not be stored, or that has credentials, makes nobody wait. */
    private boolean mayLead(CacheKey key, Lookup lookup, @Nullable HitPlan hit) {
        return flights != null
                && lookup.notStored() == null
                && !lookup.isAuthorized()
                && !lookup.isRanged()
                && !(hit instanceof HitPlan.Render render && render.reason() != null)
                && !marks.isMarked(key);
    }

    private Render render(
            SingleFlight.@Nullable Flight flight, Inquiry inquiry, Found found, Lookup lookup, @Nullable HitPlan hit) {
        boolean mayCoverErrors = hit != null && !(hit instanceof HitPlan.Render render && !render.mayCoverErrors());
        Page fallback = mayCoverErrors ? found.page() : null;
        boolean isForOthers = hit instanceof HitPlan.Render render && render.reason() == Reason.AUTHORIZATION;
        return new Render(new Rendering(
                this,
                flight,
                inquiry,
                found.names(),
                lookup,
                found.forward(hit),
                fallback,
                isForOthers || lookup.isRanged() ? null : found.page()));
    }

    /** The stored part of a page, where the request asks for a range within it (RFC 9111 section 3.3). */
    private @Nullable Serve part(Inquiry inquiry, Found found, Lookup lookup) {
        if (!lookup.isRanged() || !inquiry.policy().has(Feature.PARTIAL)) {
            return null;
        }
        Page part = finder.part(inquiry, found.names());
        if (part == null || !(assess(part, inquiry, lookup) instanceof HitPlan.Serve serve)) {
            return null;
        }
        counters.hit();
        return serve(part, CacheStatus.hit(serve.ttlSeconds()));
    }

    private Serve serve(Page page, CacheStatus status) {
        return new Serve(page, age(page), status);
    }

    /** A stale page in place of an error, whose status is 0 where there was no answer (RFC 5861 section 4). */
    Serve serveInstead(Page page, int forwardStatus) {
        counters.staleHit();
        // One that was purged softly has time left, of which it makes no use.
        long ttlSeconds = Math.min(0, page.lifetime().freshMillis() / 1000 - age(page) / 1000);
        return serve(
                page,
                new CacheStatus(
                        false, Forward.STALE, forwardStatus, false, false, ttlSeconds, null, Reason.ERROR.word()));
    }

    private long age(Page page) {
        return page.ageMillis(nowNanos());
    }

    private SingleFlight flights() {
        if (flights == null) {
            throw new IllegalStateException("requests are not collapsed");
        }
        return flights;
    }

    long nowNanos() {
        return nanoTime.getAsLong();
    }

    InstantSource wallClock() {
        return wallClock;
    }

    Revocations revocations() {
        return revocations;
    }

    HitForMissMarks marks() {
        return marks;
    }

    Renewals renewals() {
        return renewals;
    }

    Shelf shelf() {
        return shelf;
    }

    Counters counters() {
        return counters;
    }

    /** Number of keys being rendered now; tests see by it that every flight landed. */
    int flightsInAir() {
        return renewals.size() + (flights == null ? 0 : flights.size());
    }
}
