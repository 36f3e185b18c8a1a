package dev.pagecache.engine;

import dev.pagecache.concurrency.SampleRequest;
import dev.pagecache.concurrency.Samples;
import dev.pagecache.entry.Stamp;
import dev.pagecache.policy.InvalidationRules;
import dev.pagecache.store.MemoryStampLedger;
import dev.pagecache.store.MemoryStore;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A page is rendered while its data change: once the revocation has returned, nobody finds the old one. Results: what
 * the page was rendered from, what was found after the revocation and at the end, -1 where nothing was.
 */
@JCStressTest
@Outcome(id = "0, -1, -1", expect = Expect.ACCEPTABLE, desc = "rendered from old data, and never found")
@Outcome(id = "1, -1, -1", expect = Expect.ACCEPTABLE, desc = "begun before the revocation: dead all the same")
@Outcome(
        id = {"1, -1, 1", "1, 1, 1", "1, 1, -1"},
        expect = Expect.ACCEPTABLE,
        desc = "rendered from new data, and at worst removed in vain")
@State
public class RevocationRace {
    private static final List<String> NAMES = List.of(InvalidationRules.urlName(SampleRequest.GET, Samples.POLICY));

    private final MemoryStore store = new MemoryStore(1 << 20, null, () -> 0);
    private final Revocations revocations = new Revocations(new MemoryStampLedger(1));
    private final Shelf shelf = new Shelf(store, new KnownSearches(), () -> 0);
    private final Finder finder = new Finder(store, revocations);
    private final Inquiry inquiry = Inquiry.of(SampleRequest.GET, Samples.POLICY, null);
    private volatile int data;

    /** Renders and keeps a page. */
    @Actor
    public void render(III_Result result) {
        Stamp stamp = revocations.now();
        int version = data;
        result.r1 = version;
        SealedPage page = new SealedPage(Samples.page(inquiry.base(), version, stamp), List.of());
        shelf.keep(
                inquiry,
                List.of(),
                page,
                () -> revocations.isRevoked(page.page(), inquiry.request(), inquiry.policy()));
    }

    /** Changes the data, revokes, and looks. */
    @Actor
    public void change(III_Result result) {
        data = 1;
        revocations.raise(NAMES);
        result.r2 = Samples.version(finder.find(inquiry).page());
        shelf.remove(inquiry.base());
    }

    /** When both are done. */
    @Arbiter
    public void look(III_Result result) {
        result.r3 = Samples.version(finder.find(inquiry).page());
    }
}
