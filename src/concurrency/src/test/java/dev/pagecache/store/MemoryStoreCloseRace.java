package dev.pagecache.store;

import dev.pagecache.concurrency.Samples;
import dev.pagecache.entry.CacheKey;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A page is put while the store is closed: it keeps nothing. */
@JCStressTest
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "nothing")
@State
public class MemoryStoreCloseRace {
    private static final CacheKey KEY = Samples.key("/a");

    private final MemoryStore memory = new MemoryStore(1 << 20, null, () -> 0);

    /** Puts. */
    @Actor
    public void put() {
        memory.put(Samples.page(KEY, 7));
    }

    /** Closes. */
    @Actor
    public void close() {
        memory.close();
    }

    /** When both are done. */
    @Arbiter
    public void look(I_Result result) {
        result.r1 = Samples.version(memory.find(KEY));
    }
}
