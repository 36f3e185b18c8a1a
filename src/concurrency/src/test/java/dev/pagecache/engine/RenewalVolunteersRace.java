package dev.pagecache.engine;

import dev.pagecache.concurrency.Samples;
import dev.pagecache.entry.CacheKey;
import dev.pagecache.store.HitForMissMarks;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two requests find the same page stale, and answer their clients at once: one renews it. */
@JCStressTest
@Outcome(
        id = {"true, false", "false, true"},
        expect = Expect.ACCEPTABLE,
        desc = "one renewal")
@State
public class RenewalVolunteersRace {
    private static final CacheKey KEY = Samples.key("/a");

    private final Renewals renewals = new Renewals(null, new HitForMissMarks(10, () -> 0), () -> 0);

    /** A request. */
    @Actor
    public void one(ZZ_Result result) {
        result.r1 = renewals.volunteer(KEY, KEY, false) && renewals.board(KEY, KEY, false) != null;
    }

    /** Another one. */
    @Actor
    public void other(ZZ_Result result) {
        result.r2 = renewals.volunteer(KEY, KEY, true) && renewals.board(KEY, KEY, true) != null;
    }
}
