package dev.pagecache.engine;

import dev.pagecache.engine.SingleFlight.Boarding;
import dev.pagecache.engine.SingleFlight.Flight;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.store.HitForMissMarks;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who renews a stale page that all get meanwhile (RFC 5861 section 3): one request per key at a time, whether requests
 * are collapsed or not, and no more often than the marks allow. T1 a request volunteers and answers its client, who may
 * read as slowly as he likes: nothing is held, and a second later another one may. T2 who has answered boards, if
 * nobody has before him, and renders.
 *
 * <p>Safe for use by many threads.
 */
final class Renewals {
    private static final int MAX_PAGES = 10_000;

    /** A page is told apart once, and is asked about again when its lifetime is over. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    /** So soon the page of another node is looked for, which may not come. */
    private static final Duration LEFT_TO_OTHERS = Duration.ofMillis(100);

    /** So long one who volunteered is expected to answer his client. */
    private static final Duration ANSWERING = Duration.ofSeconds(1);

    /** Whose renewal fails for his credentials keeps nobody else from renewing. */
    private static final List<String> AUTHORIZED = List.of("authorization");

    private final SingleFlight gate = new SingleFlight(Duration.ZERO);
    private final @Nullable SingleFlight flights;
    private final HitForMissMarks marks;
    private final HitForMissMarks needClient;
    private final HitForMissMarks leftToOthers;
    private final HitForMissMarks answering;

    /**
     * Nothing being renewed.
     *
     * @param flights the flights on which requests without a page wait, or null where none waits
     * @param marks keys whose pages are not rendered again for a while
     */
    Renewals(@Nullable SingleFlight flights, HitForMissMarks marks, LongSupplier nanoTime) {
        this.flights = flights;
        this.marks = marks;
        this.needClient = new HitForMissMarks(MAX_PAGES, nanoTime);
        this.leftToOthers = new HitForMissMarks(MAX_PAGES, nanoTime);
        this.answering = new HitForMissMarks(MAX_PAGES, nanoTime);
    }

    /**
     * Whether the caller is to renew a page when his client has the answer: if nobody renews it, has said so a moment
     * ago, or has failed to.
     *
     * @param key the page's key
     * @param marked the key under which a failure is remembered
     * @param mayBeAwaited as for {@link #board}
     * @return true for one request per key and second
     */
    boolean volunteer(CacheKey key, CacheKey marked, boolean mayBeAwaited) {
        if (!mayVolunteer(key, marked) || !answering.markIfNone(key, ANSWERING)) {
            return false;
        }
        // Who volunteered before may have boarded meanwhile, and the mark is not his any more.
        if (gate.isInAir(key) || (mayBeAwaited && flights != null && flights.isInAir(key))) {
            withdraw(key);
            return false;
        }
        return true;
    }

    /** Who volunteered does not renew the page; another may at once. */
    void withdraw(CacheKey key) {
        answering.mark(key, Duration.ZERO);
    }

    /**
     * Begins to renew a page.
     *
     * @param key the page's key
     * @param marked the key under which a failure is remembered
     * @param mayBeAwaited whether requests that find the window over meanwhile may wait for the result
     * @return the flight that the caller has to land, or null if somebody else renews, or it is too early
     */
    @Nullable
    Flight board(CacheKey key, CacheKey marked, boolean mayBeAwaited) {
        try {
            return isTooEarly(marked) ? null : boardGate(key, marked, mayBeAwaited);
        } finally {
            withdraw(key);
        }
    }

    private @Nullable Flight boardGate(CacheKey key, CacheKey marked, boolean mayBeAwaited) {
        Boarding own = gate.board(key, marked);
        if (!own.isLeader()) {
            return null;
        }
        if (!mayBeAwaited || flights == null) {
            return own.flight();
        }
        Boarding awaited = flights.board(key);
        if (!awaited.isLeader()) {
            own.flight().land(Landing.Released.INSTANCE);
            return null;
        }
        return awaited.flight().landingWith(own.flight());
    }

    /** Whether a request can renew a page: HEAD and requests for ranges make none. */
    static boolean isPossible(Lookup lookup) {
        return lookup.notStored() == null && !lookup.isRanged();
    }

    /** The key under which it is remembered that a request's renewal failed. */
    static CacheKey marked(Inquiry inquiry, CacheKey key, Lookup lookup) {
        return lookup.isAuthorized() ? inquiry.base().variant(AUTHORIZED, inquiry.request()) : key;
    }

    /** Whether nobody is renewing a page or about to, and none has failed to a short while ago. */
    boolean mayVolunteer(CacheKey key, CacheKey marked) {
        return !isTooEarly(marked) && !gate.isInAir(key) && !answering.isMarked(key);
    }

    private boolean isTooEarly(CacheKey marked) {
        return marks.isMarked(marked) || leftToOthers.isMarked(marked);
    }

    /** Another node is renewing the page: this one looks for it in a moment. */
    void leaveToOthers(CacheKey marked) {
        leftToOthers.mark(marked, LEFT_TO_OTHERS);
    }

    /** The page could not be rendered without a client: its next renewal is done by a request that waits for it. */
    void keepClient(CacheKey marked) {
        needClient.mark(marked, REMEMBERED);
    }

    boolean needsClient(CacheKey marked) {
        return needClient.isMarked(marked);
    }

    /** Number of keys being renewed now. */
    int size() {
        return gate.size();
    }
}
