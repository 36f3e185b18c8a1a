package dev.pagecache.store;

import dev.pagecache.entry.Stamp;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A raise that has returned is seen. Results: whether it had returned before the look, and whether it was seen. */
@JCStressTest
@Outcome(
        id = {"false, false", "false, true"},
        expect = Expect.ACCEPTABLE,
        desc = "under way")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "over and seen")
@State
public class LedgerRaiseRace {
    private final MemoryStampLedger ledger = new MemoryStampLedger(10);
    private final Stamp stamp = ledger.now();
    private volatile boolean isOver;

    /** Raises. */
    @Actor
    public void raise() {
        ledger.raise(List.of("url:a"));
        isOver = true;
    }

    /** Looks. */
    @Actor
    public void look(ZZ_Result result) {
        result.r1 = isOver;
        result.r2 = !ledger.isEmpty() && ledger.isRaisedSince(stamp, "url:a");
    }
}
