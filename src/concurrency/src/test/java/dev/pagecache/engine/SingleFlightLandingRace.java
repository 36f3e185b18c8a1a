package dev.pagecache.engine;

import dev.pagecache.concurrency.Samples;
import dev.pagecache.engine.Landing.Stored;
import dev.pagecache.engine.SingleFlight.Boarding;
import dev.pagecache.engine.SingleFlight.Flight;
import dev.pagecache.entry.CacheKey;
import java.time.Duration;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A leader lands while another request boards: either it follows and gets the page, at once and whole, or it leads a
 * flight of its own. Results: whether it leads, what it read, flights in the air.
 */
@JCStressTest
@Outcome(id = "0, 7, 0", expect = Expect.ACCEPTABLE, desc = "it followed")
@Outcome(id = "1, -1, 1", expect = Expect.ACCEPTABLE, desc = "the flight was over, it leads the next")
@State
public class SingleFlightLandingRace {
    private static final CacheKey KEY = Samples.key("/a");
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SingleFlight flights = new SingleFlight(LONG);
    private final Flight flight = flights.board(KEY).flight();
    private int written;

    /** The leader. */
    @Actor
    public void land() {
        written = 7;
        flight.land(new Stored(Samples.page(KEY, 7), List.of()));
    }

    /** The other request. */
    @Actor
    public void board(III_Result result) {
        Boarding boarding = flights.board(KEY);
        result.r1 = boarding.isLeader() ? 1 : 0;
        result.r2 = -1;
        if (!boarding.isLeader() && boarding.flight().await() instanceof Stored stored) {
            result.r2 = Samples.version(stored.page()) == written ? written : -2;
        }
    }

    /** When both are done. */
    @Arbiter
    public void count(III_Result result) {
        result.r3 = flights.size();
    }
}
