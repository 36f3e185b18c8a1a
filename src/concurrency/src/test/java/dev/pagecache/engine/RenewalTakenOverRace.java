package dev.pagecache.engine;

import dev.pagecache.concurrency.Samples;
import dev.pagecache.engine.SingleFlight.Flight;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.store.HitForMissMarks;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/**
 * A renewer has answered his slow client while another takes the renewal over: one of them renders. Results: whether
 * each does, flights under way when he has landed.
 */
@JCStressTest
@Outcome(
        id = {"true, false, 0", "false, true, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "one render")
@State
public class RenewalTakenOverRace {
    private static final CacheKey KEY = Samples.key("/a");
    private static final long LONG = Duration.ofSeconds(2).toNanos();

    private final AtomicLong nanos = new AtomicLong();
    private final SingleFlight flights = new SingleFlight(Duration.ZERO, nanos::get);
    private final Renewals renewals = new Renewals(flights, new HitForMissMarks(10, () -> 0), nanos::get);
    private final Flight slow;
    private @Nullable Flight next;

    /** One whose client takes long. */
    public RenewalTakenOverRace() {
        Flight flight = renewals.board(KEY, KEY, true);
        if (flight == null) {
            throw new IllegalStateException("boarded by nobody");
        }
        slow = flight;
        slow.postpone();
        nanos.set(LONG);
    }

    /** Has answered. */
    @Actor
    public void begin(ZZI_Result result) {
        result.r1 = slow.begin();
    }

    /** Finds the page stale. */
    @Actor
    public void takeOver(ZZI_Result result) {
        next = renewals.board(KEY, KEY, true);
        result.r2 = next != null;
    }

    /** When both are done. */
    @Arbiter
    public void land(ZZI_Result result) {
        slow.land(Landing.Released.INSTANCE);
        if (next != null) {
            next.land(Landing.Released.INSTANCE);
        }
        result.r3 = renewals.size() + flights.size();
    }
}
