package dev.pagecache.engine;

import dev.pagecache.engine.Step.Bypass;
import dev.pagecache.engine.Step.Render;
import dev.pagecache.engine.Step.Renew;
import dev.pagecache.engine.Step.Serve;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.http.CacheStatus;
import dev.pagecache.http.CacheStatus.Forward;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.RenewalRules;
import dev.pagecache.policy.RequestFacts;
import dev.pagecache.policy.RequestPlan;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.RequestRules;
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
 * Decides what to do with a request: assesses it, and lets it {@linkplain Walk walk} through the cache that this engine
 * holds together.
 *
 * <p>Safe for use by many threads. {@link #open} blocks only while another request renders the same key, for a bounded
 * time.
 */
public final class Engine {
    private final Finder finder;
    private final HitForMissMarks marks;
    private final @Nullable SingleFlight flights;
    private final @Nullable ClusterFlight clusterFlight;
    private final Renewals renewals;
    private final EarlyRenewals earlyRenewals;
    private final Looks looks;
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
        this.looks = new Looks(nanoTime);
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
        Step step = new Walk(this, request, policy, (Lookup) plan).go();
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

    /** Whether requests wait for one another's renders. */
    boolean collapses() {
        return flights != null;
    }

    SingleFlight mustFlights() {
        if (flights == null) {
            throw new IllegalStateException("requests are not collapsed");
        }
        return flights;
    }

    /** By which one node renders for all, or null. */
    @Nullable
    ClusterFlight clusterFlight() {
        return clusterFlight;
    }

    Finder finder() {
        return finder;
    }

    KnownSearches searches() {
        return searches;
    }

    Looks looks() {
        return looks;
    }

    EarlyRenewals earlyRenewals() {
        return earlyRenewals;
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
