package dev.pagecache.store;

import dev.pagecache.concurrency.Samples;
import dev.pagecache.entry.CacheKey;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * What a remote store gave is put into memory while a page is rendered: the rendered one stays. Results: what is found
 * right after it was put, and at the end.
 */
@JCStressTest
@Outcome(id = "7, 7", expect = Expect.ACCEPTABLE, desc = "the newer one")
@State
public class MemoryStoreFillRace {
    private static final CacheKey KEY = Samples.key("/a");

    private final MemoryStore memory = new MemoryStore(1 << 20, null, () -> 0);

    /** Fills. */
    @Actor
    public void fill() {
        memory.replace(null, Samples.page(KEY, 1));
    }

    /** Puts. */
    @Actor
    public void put(II_Result result) {
        memory.put(Samples.page(KEY, 7));
        result.r1 = Samples.version(memory.find(KEY));
    }

    /** When both are done. */
    @Arbiter
    public void look(II_Result result) {
        result.r2 = Samples.version(memory.find(KEY));
    }
}
