package dev.pagecache.store;

import dev.pagecache.entry.Stamp;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A page that begins to be rendered while its name is raised: what is raised later kills it. Results: whether a page
 * that began before the raise is dead, and whether the other one is after one more raise.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "a later raise kills both")
@State
public class LedgerClockRace {
    private final MemoryStampLedger ledger = new MemoryStampLedger(10);
    private volatile Stamp other = Stamp.FIRST;

    /** Renders, and revokes. */
    @Actor
    public void begin(ZZ_Result result) {
        Stamp stamp = ledger.now();
        ledger.raise(List.of("url:a"));
        result.r1 = ledger.isRaisedSince(stamp, "url:a");
        Stamp seen = other;
        ledger.raise(List.of("url:a"));
        result.r2 = ledger.isRaisedSince(seen, "url:a");
    }

    /** Renders, too. */
    @Actor
    public void beginOther() {
        other = ledger.now();
    }
}
