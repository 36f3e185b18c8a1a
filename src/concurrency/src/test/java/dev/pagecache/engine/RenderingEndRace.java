package dev.pagecache.engine;

import dev.pagecache.concurrency.SampleRequest;
import dev.pagecache.concurrency.Samples;
import dev.pagecache.engine.Step.Render;
import dev.pagecache.engine.Step.Serve;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.InputsRead;
import dev.pagecache.policy.PageWishes;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.ResponseFacts;
import dev.pagecache.policy.StorePlan;
import dev.pagecache.store.HitForMissMarks;
import dev.pagecache.store.MemoryStampLedger;
import dev.pagecache.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * A rendering is stored and given up at once, as when a time-out meets a completion: it ends once. Results: whether it
 * was stored, whether the next request finds it, flights in the air, ends that were counted.
 */
@JCStressTest
@Outcome(
        id = {"1, 1, 0, 1", "0, 0, 0, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "one end")
@State
public class RenderingEndRace {
    private static final ResponseFacts RESPONSE =
            new ResponseFacts(200, Fields.of("Cache-Control", "max-age=60"), InputsRead.NONE, PageWishes.NONE, false);

    private final Counters counters = new Counters();
    private final Engine engine = new Engine(
            new MemoryStore(1 << 20, null, () -> 0),
            new HitForMissMarks(10, () -> 0),
            new Revocations(new MemoryStampLedger(10)),
            Duration.ofMinutes(5),
            () -> 0,
            () -> Instant.EPOCH,
            counters);
    private final Rendering rendering = ((Render) engine.open(SampleRequest.GET, Samples.POLICY)).rendering();

    private final SealedPage sealed =
            rendering.seal((StorePlan.Store) rendering.assess(RESPONSE), 200, RESPONSE.fields(), new byte[] {7});

    /** Stores what is ready, or the other end would always be there first. */
    @Actor
    public void store(IIII_Result result) {
        result.r1 = rendering.store(sealed) ? 1 : 0;
    }

    /** Gives up. */
    @Actor
    public void release() {
        rendering.release(Reason.ASYNC);
    }

    /** When both are done. */
    @Arbiter
    public void look(IIII_Result result) {
        result.r3 = engine.flightsInAir();
        result.r4 = (int) (counters.storedPages() + counters.refusals(Reason.ASYNC));
        result.r2 = engine.open(SampleRequest.GET, Samples.POLICY) instanceof Serve ? 1 : 0;
    }
}
