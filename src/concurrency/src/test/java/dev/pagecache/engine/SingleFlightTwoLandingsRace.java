package dev.pagecache.engine;

import dev.pagecache.concurrency.Samples;
import dev.pagecache.engine.SingleFlight.Flight;
import dev.pagecache.entry.CacheKey;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A flight lands twice, and whoever landed it second boards anew: the late landing leaves the new flight alone.
 * Results: whether it leads, flights in the air, landings seen.
 */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "a new flight, and the old one landed once")
@State
public class SingleFlightTwoLandingsRace {
    private static final CacheKey KEY = Samples.key("/a");

    private final SingleFlight flights = new SingleFlight(Duration.ZERO);
    private final Flight flight = flights.board(KEY).flight();

    /** One end of the rendering. */
    @Actor
    public void land() {
        flight.land(Landing.Revoked.INSTANCE);
    }

    /** Another end of it, and the next request. */
    @Actor
    public void landAndBoard(III_Result result) {
        flight.land(Landing.Released.INSTANCE);
        Landing seen = flight.await();
        result.r1 = flights.board(KEY).isLeader() ? 1 : 0;
        result.r3 = seen.equals(flight.await()) ? 1 : 0;
    }

    /** When both are done. */
    @Arbiter
    public void count(III_Result result) {
        result.r2 = flights.size();
    }
}
