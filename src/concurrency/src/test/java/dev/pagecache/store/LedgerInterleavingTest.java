package dev.pagecache.store;

import dev.pagecache.concurrency.Run;
import dev.pagecache.entry.Stamp;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** A ledger of one name in which two are raised: what was raised is seen from then on, also when it is forgotten. */
@Param(name = "name", gen = IntGen.class, conf = "0:1")
public class LedgerInterleavingTest {
    private static final List<String> NAMES = List.of("url:a", "url:b");

    private final MemoryStampLedger ledger = new MemoryStampLedger(1);
    private final AtomicIntegerArray raised = new AtomicIntegerArray(NAMES.size());
    private final Stamp stamp = ledger.now();

    /** Raises a name: whether a page begun before is dead. */
    @Operation
    public boolean raise(@Param(name = "name") int name) {
        Stamp before = ledger.now();
        ledger.raise(List.of(NAMES.get(name)));
        raised.set(name, 1);
        return ledger.isRaisedSince(before, NAMES.get(name));
    }

    /** Whether what was raised before is seen. */
    @Operation
    public boolean look(@Param(name = "name") int name) {
        boolean isRaised = raised.get(name) == 1;
        return !isRaised || (!ledger.isEmpty() && ledger.isRaisedSince(stamp, NAMES.get(name)));
    }

    /** The clock never falls. */
    @Operation
    public boolean begin() {
        long first = ledger.now().node();
        return first <= ledger.now().node();
    }

    @Test
    void ledger_neverForgetsARaise() {
        Run.modelChecking().check(LedgerInterleavingTest.class);
    }
}
