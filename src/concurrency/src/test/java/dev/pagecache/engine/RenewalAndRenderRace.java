package dev.pagecache.engine;

import dev.pagecache.concurrency.Samples;
import dev.pagecache.engine.SingleFlight.Boarding;
import dev.pagecache.engine.SingleFlight.Flight;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.store.HitForMissMarks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/**
 * One request finds a page stale, the other finds it too old: one renders. Results: whether each renders, renewals
 * under way when whoever renders has landed.
 */
@JCStressTest
@Outcome(
        id = {"true, false, 0", "false, true, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "one render")
@State
public class RenewalAndRenderRace {
    private static final CacheKey KEY = Samples.key("/a");

    private final SingleFlight flights = new SingleFlight(Duration.ZERO);
    private final Renewals renewals = new Renewals(flights, new HitForMissMarks(10, () -> 0), () -> 0);
    private @Nullable Flight renewal;
    private @Nullable Boarding boarding;

    /** Renews. */
    @Actor
    public void renew(ZZI_Result result) {
        renewal = renewals.board(KEY, KEY, true);
        result.r1 = renewal != null;
    }

    /** Renders. */
    @Actor
    public void render(ZZI_Result result) {
        boarding = flights.board(KEY);
        result.r2 = boarding.isLeader();
    }

    /** When both are done. */
    @Arbiter
    public void land(ZZI_Result result) {
        if (renewal != null) {
            renewal.land(Landing.Released.INSTANCE);
        } else if (boarding != null) {
            boarding.flight().land(Landing.Released.INSTANCE);
        }
        result.r3 = renewals.size() + flights.size();
    }
}
