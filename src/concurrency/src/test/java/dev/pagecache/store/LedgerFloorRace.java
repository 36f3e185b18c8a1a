package dev.pagecache.store;

import dev.pagecache.entry.Stamp;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A full ledger forgets a name while it is asked for it: what was raised stays raised. */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "raised, or below the floor")
@State
public class LedgerFloorRace {
    private final MemoryStampLedger ledger = new MemoryStampLedger(1);
    private final Stamp stamp = ledger.now();

    /** A ledger full of one name. */
    public LedgerFloorRace() {
        ledger.raise(List.of("url:a"));
    }

    /** Pushes the name out. */
    @Actor
    public void raise() {
        ledger.raise(List.of("url:b"));
    }

    /** Looks for it. */
    @Actor
    public void look(Z_Result result) {
        result.r1 = ledger.isRaisedSince(stamp, "url:a");
    }
}
