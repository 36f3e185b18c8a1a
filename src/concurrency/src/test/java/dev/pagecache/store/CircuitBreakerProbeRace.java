package dev.pagecache.store;

import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The probe of an open breaker is served while calls fail: it is closed with no probe to come, or open again with one.
 * Results: whether it is open, probes to come.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "closed")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "closed and open again")
@State
@SuppressWarnings("this-escape") // nobody extends it
public class CircuitBreakerProbeRace implements CircuitBreaker.Listener {
    private final Queue<Runnable> probes = new ConcurrentLinkedQueue<>();
    private final CircuitBreaker breaker =
            new CircuitBreaker(() -> {}, (probe, delay) -> probes.add(probe), () -> 0, () -> 0, this);

    /** An open breaker. */
    public CircuitBreakerProbeRace() {
        fail();
    }

    private void fail() {
        for (int i = 0; i < CircuitBreaker.FAILURES_TO_OPEN; i++) {
            breaker.failed(null);
        }
    }

    /** The background. */
    @Actor
    public void probe() {
        Objects.requireNonNull(probes.poll()).run();
    }

    /** The callers. */
    @Actor
    public void calls() {
        fail();
    }

    /** When both are done. */
    @Arbiter
    public void count(II_Result result) {
        result.r1 = breaker.isOpen() ? 1 : 0;
        result.r2 = probes.size();
    }

    @Override
    public void opened(@Nullable RuntimeException cause) {}

    @Override
    public void closed(Duration openFor) {}
}
