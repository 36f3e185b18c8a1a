package dev.pagecache.engine;

import dev.pagecache.concurrency.Samples;
import dev.pagecache.entry.CacheKey;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two requests for one key: one leads. */
@JCStressTest
@Outcome(
        id = {"true, false", "false, true"},
        expect = Expect.ACCEPTABLE,
        desc = "one leader")
@State
public class SingleFlightBoardRace {
    private static final CacheKey KEY = Samples.key("/a");

    private final SingleFlight flights = new SingleFlight(Duration.ZERO);

    /** A request. */
    @Actor
    public void one(ZZ_Result result) {
        result.r1 = flights.board(KEY).isLeader();
    }

    /** Another one. */
    @Actor
    public void other(ZZ_Result result) {
        result.r2 = flights.board(KEY).isLeader();
    }
}
