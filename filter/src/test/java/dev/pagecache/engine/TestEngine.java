package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.engine.Step.Bypass;
import dev.pagecache.engine.Step.Render;
import dev.pagecache.engine.Step.Renew;
import dev.pagecache.engine.Step.Serve;
import dev.pagecache.engine.Step.Unsatisfiable;
import dev.pagecache.entry.Page;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.InputsRead;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PageWishes;
import dev.pagecache.policy.Reason;
import dev.pagecache.policy.RequestFacts;
import dev.pagecache.policy.ResponseFacts;
import dev.pagecache.policy.StorePlan;
import dev.pagecache.policy.StorePlan.Refuse;
import dev.pagecache.policy.StorePlan.Store;
import dev.pagecache.store.HitForMissMarks;
import dev.pagecache.store.LeaseStore;
import dev.pagecache.store.MemoryStampLedger;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.RecordStore;
import dev.pagecache.store.StampLedger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An engine on a fake clock with its store, and a count of what it was asked. {@link #assertSound} holds after every
 * test. Safe for use by many threads.
 */
final class TestEngine {
    /** Longer than any test takes: a test that waits this long has failed. */
    static final Duration LONG_WAIT = Duration.ofMinutes(5);

    final FakeClock clock;
    final MemoryStore memory;
    final HitForMissMarks marks;
    final StampLedger ledger;
    final Counters counters = new Counters();
    final Engine engine;
    final AtomicLong asked = new AtomicLong();
    final AtomicLong bypassed = new AtomicLong();
    final AtomicLong unsatisfied = new AtomicLong();
    final AtomicLong released = new AtomicLong();

    TestEngine(@Nullable Duration collapseWait) {
        this(null, new FakeClock(), collapseWait, () -> 0.5, null);
    }

    /** One whose chances are drawn from here, each from 0 to less than 1. */
    static TestEngine drawing(DoubleSupplier draws, @Nullable Duration collapseWait) {
        return new TestEngine(null, new FakeClock(), collapseWait, draws, null);
    }

    TestEngine(RecordStore store) {
        this(store, new FakeClock());
    }

    TestEngine(RecordStore store, FakeClock clock) {
        this(store, clock, () -> 0.5);
    }

    TestEngine(RecordStore store, FakeClock clock, DoubleSupplier draws) {
        this(store, clock, LONG_WAIT, draws, null);
    }

    /** One that shares renders with other nodes. */
    TestEngine(RecordStore store, FakeClock clock, LeaseStore leases) {
        this(store, clock, LONG_WAIT, () -> 0.5, leases);
    }

    private TestEngine(
            @Nullable RecordStore store,
            FakeClock clock,
            @Nullable Duration collapseWait,
            DoubleSupplier draws,
            @Nullable LeaseStore leases) {
        this.clock = clock;
        this.memory = new MemoryStore(1 << 24, null, clock::nanos);
        this.marks = new HitForMissMarks(100, clock::nanos);
        this.ledger = new MemoryStampLedger(100);
        this.engine = new Engine(
                store == null ? memory : store,
                marks,
                new Revocations(ledger),
                collapseWait,
                new RefreshRate(10, clock::nanos),
                new Draws(draws),
                leases,
                clock::nanos,
                clock,
                counters);
    }

    /** Random numbers of a test's own. */
    private record Draws(DoubleSupplier draws) implements RandomGenerator {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException("only doubles are drawn");
        }

        @Override
        public double nextDouble() {
            return draws.getAsDouble();
        }
    }

    Step open(RequestFacts request, PagePolicy policy) {
        asked.incrementAndGet();
        Step step = engine.open(request, policy);
        if (step instanceof Bypass) {
            bypassed.incrementAndGet();
        } else if (step instanceof Unsatisfiable) {
            unsatisfied.incrementAndGet();
        }
        return step;
    }

    Rendering render(RequestFacts request, PagePolicy policy) {
        return assertInstanceOf(Render.class, open(request, policy)).rendering();
    }

    /** Finds a page stale and is the one that renews it; its client has the page. */
    Renew renew(RequestFacts request, PagePolicy policy) {
        Renew renew = renewLater(request, policy);
        assertTrue(renew.rendering().begin());
        return renew;
    }

    /** The same, while its client still reads. */
    Renew renewLater(RequestFacts request, PagePolicy policy) {
        return assertInstanceOf(Renew.class, open(request, policy));
    }

    /** Finds a page stale, and leaves its renewal to others when its client has the page. */
    Serve leave(RequestFacts request, PagePolicy policy) {
        Renew renew = renewLater(request, policy);
        assertFalse(renew.rendering().begin());
        return renew.meanwhile();
    }

    Serve serve(RequestFacts request, PagePolicy policy) {
        return assertInstanceOf(Serve.class, open(request, policy));
    }

    /** Ends a rendering with a 200 of these fields, in the way in which the edge does. */
    @Nullable
    SealedPage answer(Rendering rendering, RequestFacts request, String body, String... fields) {
        ResponseFacts response = new ResponseFacts(200, Fields.of(fields), InputsRead.NONE, PageWishes.NONE, false);
        StorePlan plan = rendering.assess(response);
        if (plan instanceof Refuse refuse) {
            release(rendering, refuse.reason());
            return null;
        }
        SealedPage sealed = rendering.seal((Store) plan, 200, response.fields(), body.getBytes(StandardCharsets.UTF_8));
        if (!rendering.store(sealed)) {
            released.incrementAndGet();
        }
        return sealed;
    }

    void release(Rendering rendering, Reason reason) {
        released.incrementAndGet();
        rendering.release(reason);
    }

    /** Renders and stores in one go. */
    Page store(RequestFacts request, PagePolicy policy, String body, String... fields) {
        SealedPage sealed = answer(render(request, policy), request, body, fields);
        assertInstanceOf(SealedPage.class, sealed);
        return sealed == null ? missing() : sealed.page();
    }

    private static Page missing() {
        throw new AssertionError("nothing was stored");
    }

    static String body(Serve serve) {
        return new String(serve.page().body().toBytes(), StandardCharsets.UTF_8);
    }

    /** Every flight landed, every request was counted once, and every render ended once. */
    void assertSound() {
        assertEquals(0, engine.flightsInAir(), "flights in the air");
        assertEquals(
                asked.get(),
                counters.hits()
                        + counters.staleHits()
                        + counters.collapsedHits()
                        + counters.renders()
                        + bypassed.get()
                        + unsatisfied.get(),
                "requests");
        assertEquals(counters.renders() + counters.renewals(), counters.storedPages() + released.get(), "renders");
        long refusals = 0;
        for (Reason reason : Reason.values()) {
            refusals += counters.refusals(reason);
        }
        assertEquals(bypassed.get() + released.get(), refusals, "reasons");
    }
}
