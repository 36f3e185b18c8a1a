package dev.pagecache.engine;

import dev.pagecache.engine.Landing.Stored;
import dev.pagecache.engine.SingleFlight.Boarding;
import dev.pagecache.engine.SingleFlight.Flight;
import dev.pagecache.engine.Step.Render;
import dev.pagecache.engine.Step.Renew;
import dev.pagecache.engine.Step.Serve;
import dev.pagecache.engine.Step.Unsatisfiable;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.http.CacheStatus;
import dev.pagecache.policy.HitPlan;
import dev.pagecache.policy.HitRules;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.RequestFacts;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.RequestRules;
import org.jspecify.annotations.Nullable;

/**
 * The walk of one request through the cache: look up, assess what is found, and either serve it or let one request per
 * key render. Memory is asked first; where what it has answers nobody, or is about to be rendered anew, what other
 * nodes have stored since comes before a render.
 *
 * <p>Confined to one request.
 */
final class Walk {
    /** A follower whose leader stored another variant looks again; more rounds than this are not worth the wait. */
    private static final int MAX_ROUNDS = 3;

    private final Engine engine;
    private final Finder finder;
    private final Counters counters;
    private final Inquiry inquiry;
    private Lookup lookup;

    Walk(Engine engine, RequestFacts request, PagePolicy policy, Lookup lookup) {
        this.engine = engine;
        this.finder = engine.finder();
        this.counters = engine.counters();
        this.inquiry = Inquiry.of(request, policy, engine.searches().of(request, policy));
        this.lookup = lookup;
    }

    Step go() {
        for (int round = 1; ; round++) {
            Found found = finder.find(inquiry);
            @Nullable HitPlan hit = assess(found);
            if (found.isLocal() && isOutOfDate(hit) && engine.looks().mayLook(found.key())) {
                found = finder.findShared(inquiry);
                hit = assess(found);
            }
            if (hit instanceof HitPlan.Serve serve) {
                return serveFresh(found, serve);
            }
            if (lookup.directives() != null && lookup.directives().onlyIfCached()) {
                return new Unsatisfiable();
            }
            lookup = RequestRules.beforeRender(inquiry.request(), lookup);
            if (hit instanceof HitPlan.ServeStale stale) {
                return serveAndRenew(found, stale, stale.ttlSeconds());
            }
            Serve part = part(found);
            if (part != null) {
                return part;
            }
            if (!mayLead(found.key(), hit) || round == MAX_ROUNDS) {
                return render(null, found, hit);
            }
            Boarding boarding = engine.mustFlights().board(found.key());
            if (boarding.isLeader()) {
                return lead(boarding.flight(), found, hit);
            }
            Step followed = follow(boarding.flight().await(), found, hit);
            if (followed != null) {
                return followed;
            }
        }
    }

    /** Whether a newer page of another node could answer: this one was revoked, or is too old. */
    private boolean isOutOfDate(@Nullable HitPlan hit) {
        if (!(hit instanceof HitPlan.Render render)) {
            return hit == null;
        }
        return render.reason() == null
                || (render.reason() == Reason.REQUEST_DIRECTIVE
                        && lookup.directives() != null
                        && !lookup.directives().noCache());
    }

    private Step serveFresh(Found found, HitPlan.Serve hit) {
        Page page = found.mustPage();
        if (engine.earlyRenewals().isDue(found, age(page), inquiry, lookup)) {
            lookup = RequestRules.beforeRender(inquiry.request(), lookup);
            return serveAndRenew(found, hit, hit.ttlSeconds());
        }
        counters.hit();
        return serve(page, CacheStatus.hit(hit.ttlSeconds()));
    }

    /** Everybody gets the page, and one request renews it when its client has it (RFC 5861 section 3). */
    private Step serveAndRenew(Found found, HitPlan hit, long ttlSeconds) {
        Renewals renewals = engine.renewals();
        CacheKey key = found.key();
        CacheKey marked = Renewals.marked(inquiry, key, lookup);
        Rendering renewal = null;
        if (Renewals.isPossible(lookup) && renewals.volunteer(key, marked, !lookup.isAuthorized())) {
            Serve renewed = renewedBefore(found, hit);
            if (renewed != null) {
                renewals.withdraw(key);
                counters.hit();
                return renewed;
            }
            if (!renewals.needsClient(marked)) {
                renewal = render(null, found, hit).rendering();
                renewal.boardLater(() -> boardRenewal(found, hit, marked));
            } else {
                Flight flight = boardRenewal(found, hit, marked);
                if (flight != null) {
                    return render(flight, found, hit);
                }
            }
        }
        if (hit instanceof HitPlan.Serve) {
            counters.hit();
        } else {
            counters.staleHit();
        }
        Serve meanwhile = serve(found.mustPage(), CacheStatus.hit(ttlSeconds));
        return renewal == null ? meanwhile : new Renew(meanwhile, renewal);
    }

    private Step lead(Flight flight, Found found, @Nullable HitPlan hit) {
        boolean isInAir = false;
        try {
            Serve landed = landedBefore(flight, found);
            if (landed != null) {
                return landed;
            }
            ClusterFlight all = engine.clusterFlight();
            Found shared = all == null ? null : all.await(flight, found.key(), this::servable);
            if (shared != null) {
                Stored stored = new Stored(shared.mustPage(), shared.names());
                flight.land(stored);
                Step followed = follow(stored, found, hit);
                return followed == null ? render(null, found, hit) : followed;
            }
            Render render = render(flight, found, hit);
            isInAir = true;
            return render;
        } finally {
            if (!isInAir) {
                flight.land(Landing.Released.INSTANCE);
            }
        }
    }

    /** The page that a flight before, or another node, has stored since the look-up, if it spares the renewal. */
    private @Nullable Serve renewedBefore(Found found, HitPlan hit) {
        Serve renewed = renewed(found, hit, finder.findAgain(inquiry));
        return renewed != null || !found.isLocal() ? renewed : renewed(found, hit, finder.findShared(inquiry));
    }

    /** Null if there is nothing to do: the page was renewed meanwhile, or is by another request or node. */
    private @Nullable Flight boardRenewal(Found found, HitPlan hit, CacheKey marked) {
        Flight flight = engine.renewals().board(found.key(), marked, !lookup.isAuthorized());
        if (flight == null) {
            return null;
        }
        boolean isInAir = false;
        try {
            ClusterFlight all = lookup.isAuthorized() ? null : engine.clusterFlight();
            boolean isLeft = all != null && !all.tryBoard(flight, found.key());
            Found again = finder.findShared(inquiry);
            if (renewed(found, hit, again) != null) {
                flight.land(new Stored(again.mustPage(), again.names()));
                return null;
            }
            if (isLeft) {
                engine.renewals().leaveToOthers(flight.key());
                // Who waits has no page that serves: he looks again, and waits for the other node.
                flight.land(Landing.Revoked.INSTANCE);
                return null;
            }
            isInAir = true;
            return flight;
        } finally {
            if (!isInAir) {
                flight.land(Landing.Released.INSTANCE);
            }
        }
    }

    /** A leader looks once more: the flight before his may have landed between his look-up and his boarding. */
    private @Nullable Serve landedBefore(Flight flight, Found found) {
        Found again = finder.findAgain(inquiry);
        return again.key().equals(found.key()) && isOther(again.page(), found.page()) ? landWith(flight, again) : null;
    }

    /**
     * Memory gives the same page as the same object; one that was read anew costs a renewal that waits for the next.
     */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isOther(@Nullable Page one, @Nullable Page other) {
        return one != other;
    }

    /** A page that was stale, or due, as it is now; null if it has not been renewed. */
    private @Nullable Serve renewed(Found found, HitPlan hit, Found again) {
        Page page = again.page();
        if (page == null || !(assess(page) instanceof HitPlan.Serve serve)) {
            return null;
        }
        boolean isRenewed = hit instanceof HitPlan.ServeStale
                || engine.earlyRenewals().isDone(found.mustPage(), page, inquiry, engine.nowNanos());
        return isRenewed ? serve(page, CacheStatus.hit(serve.ttlSeconds())) : null;
    }

    /** Serves a page without a render, to those who wait too, if it is fresh. */
    private @Nullable Serve landWith(Flight flight, Found fresh) {
        if (!(assess(fresh) instanceof HitPlan.Serve serve)) {
            return null;
        }
        flight.land(new Stored(fresh.mustPage(), fresh.names()));
        counters.hit();
        return serve(fresh.mustPage(), CacheStatus.hit(serve.ttlSeconds()));
    }

    private @Nullable Found servable() {
        Found found = finder.findShared(inquiry);
        return assess(found) instanceof HitPlan.Serve ? found : null;
    }

    /** The page waited for, if it is the one that this request selects; null means to look again. */
    private @Nullable Step follow(Landing landing, Found found, @Nullable HitPlan hit) {
        if (landing instanceof Landing.Revoked) {
            return null;
        }
        if (!(landing instanceof Stored stored)) {
            return render(null, found, hit);
        }
        CacheKey selected = inquiry.key(stored.names());
        Page page = stored.page();
        if (!selected.equals(page.key())
                || engine.revocations().isRevoked(page, inquiry.request(), inquiry.policy())
                || !(assess(page) instanceof HitPlan.Serve serve)) {
            return null;
        }
        counters.collapsed();
        return serve(page, CacheStatus.collapsed(found.forward(hit), serve.ttlSeconds()));
    }

    /** A request whose response will not be stored, or that has credentials, makes nobody wait. */
    private boolean mayLead(CacheKey key, @Nullable HitPlan hit) {
        return engine.collapses()
                && lookup.notStored() == null
                && !lookup.isAuthorized()
                && !lookup.isRanged()
                && !(hit instanceof HitPlan.Render render && render.reason() != null)
                && !engine.marks().isMarked(key);
    }

    private Render render(@Nullable Flight flight, Found found, @Nullable HitPlan hit) {
        boolean mayCoverErrors = hit != null && !(hit instanceof HitPlan.Render render && !render.mayCoverErrors());
        Page fallback = mayCoverErrors ? found.page() : null;
        boolean isForOthers = hit instanceof HitPlan.Render render && render.reason() == Reason.AUTHORIZATION;
        return new Render(new Rendering(
                engine,
                flight,
                inquiry,
                found.names(),
                lookup,
                found.forward(hit),
                fallback,
                isForOthers || lookup.isRanged() ? null : found.page()));
    }

    /** The stored part of a page, where the request asks for a range within it (RFC 9111 section 3.3). */
    private @Nullable Serve part(Found found) {
        if (!lookup.isRanged() || !inquiry.policy().has(Feature.PARTIAL)) {
            return null;
        }
        Page part = finder.part(inquiry, found.names());
        if (part == null || !(assess(part) instanceof HitPlan.Serve serve)) {
            return null;
        }
        counters.hit();
        return serve(part, CacheStatus.hit(serve.ttlSeconds()));
    }

    private @Nullable HitPlan assess(Found found) {
        Page page = found.page();
        return page == null ? null : assess(page);
    }

    private HitPlan assess(Page page) {
        return HitRules.assess(
                page, age(page), engine.revocations().standing(page, inquiry.request(), inquiry.policy()), lookup);
    }

    private long age(Page page) {
        return page.ageMillis(engine.nowNanos());
    }

    private Serve serve(Page page, CacheStatus status) {
        return new Serve(page, age(page), status);
    }
}
