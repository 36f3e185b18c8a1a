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
 * are collapsed or not, and no more often than the marks allow.
 *
 * <p>Safe for use by many threads.
 */
final class Renewals {
    private static final int MAX_PAGES = 10_000;

    /** A page is told apart once, and is asked about again when its lifetime is over. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    /** So soon the page of another node is looked for, which may not come. */
    private static final Duration LEFT_TO_OTHERS = Duration.ofMillis(100);

    /** Whose renewal fails for his credentials keeps nobody else from renewing. */
    private static final List<String> AUTHORIZED = List.of("authorization");

    private final SingleFlight gate;
    private final @Nullable SingleFlight flights;
    private final HitForMissMarks marks;
    private final HitForMissMarks needClient;
    private final HitForMissMarks leftToOthers;

    /**
     * Nothing being renewed.
     *
     * @param flights the flights on which requests without a page wait, or null where none waits
     * @param marks keys whose pages are not rendered again for a while
     */
    Renewals(@Nullable SingleFlight flights, HitForMissMarks marks, LongSupplier nanoTime) {
        this.gate = new SingleFlight(Duration.ZERO, nanoTime);
        this.flights = flights;
        this.marks = marks;
        this.needClient = new HitForMissMarks(MAX_PAGES, nanoTime);
        this.leftToOthers = new HitForMissMarks(MAX_PAGES, nanoTime);
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
        return board(key, marked, mayBeAwaited, false);
    }

    /**
     * Begins once more to renew a page, at once: for who has lost the flight while his client read.
     *
     * @param lost the flight that was lost
     * @return the flight that the caller has to land, or null if another request renders
     */
    @Nullable
    Flight boardAgain(Flight lost) {
        return board(lost.pageKey(), lost.key(), lost.hasCompanion(), true);
    }

    private @Nullable Flight board(CacheKey key, CacheKey marked, boolean mayBeAwaited, boolean isReady) {
        if (isTooEarly(marked)) {
            return null;
        }
        Boarding own = gate.board(key, marked, isReady);
        if (!own.isLeader()) {
            return null;
        }
        if (!mayBeAwaited || flights == null) {
            return own.flight();
        }
        Boarding awaited = flights.board(key, key, isReady);
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

    /** Whether nobody is renewing a page, and none has failed to a short while ago. */
    boolean mayBoard(CacheKey key, CacheKey marked) {
        return !isTooEarly(marked) && !gate.isInAir(key);
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
