package dev.pagecache.store;

import dev.pagecache.concurrency.Samples;
import dev.pagecache.entry.CacheKey;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two more variants of a URL that has room for one. */
@JCStressTest
@Outcome(
        id = {"true, false", "false, true"},
        expect = Expect.ACCEPTABLE,
        desc = "one is admitted")
@State
public class VariantCountsRace {
    private static final CacheKey URL = Samples.key("/a");
    private static final CacheKey[] VARIANTS = new CacheKey[VariantCounts.MAX_VARIANTS + 1];

    static {
        for (int i = 0; i < VARIANTS.length; i++) {
            VARIANTS[i] = Samples.variant(URL, "v" + i);
        }
    }

    private final VariantCounts counts = new VariantCounts(() -> 0);

    /** A URL with all variants but one. */
    public VariantCountsRace() {
        for (int i = 2; i < VARIANTS.length; i++) {
            counts.admits(URL, VARIANTS[i]);
        }
    }

    /** A variant. */
    @Actor
    public void one(ZZ_Result result) {
        result.r1 = counts.admits(URL, VARIANTS[0]);
    }

    /** Another one. */
    @Actor
    public void other(ZZ_Result result) {
        result.r2 = counts.admits(URL, VARIANTS[1]);
    }
}
