package dev.pagecache.store;

import java.time.Instant;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A page that begins to be rendered while its name is raised: its stamp is no raise's, and what is raised later kills
 * it. Results: whether the stamps differ, and whether the page is dead after one more raise.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "stamps differ, and a later raise is higher")
@State
public class LedgerClockRace {
    private final MemoryStampLedger ledger = new MemoryStampLedger(10, () -> Instant.EPOCH);
    private volatile long other;

    /** Renders, and revokes. */
    @Actor
    public void begin(ZZ_Result result) {
        long stamp = ledger.now();
        ledger.raise(List.of("url:a"));
        result.r2 = ledger.isRaisedSince(stamp, "url:a");
        result.r1 = stamp != other;
    }

    /** Renders, too. */
    @Actor
    public void beginOther() {
        other = ledger.now();
    }
}
