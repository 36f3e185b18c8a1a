package dev.pagecache.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * The fifth and the sixth failure in a row, or the fourth and the fifth, at once: it opens once, and one probe comes.
 * Results: whether it is open, openings told, probes to come; the second breaker's as tens.
 */
@JCStressTest
@Outcome(id = "11, 11, 11", expect = Expect.ACCEPTABLE, desc = "both opened once")
@State
@SuppressWarnings("this-escape") // nobody extends it
public class CircuitBreakerOpeningRace {
    private final Observed fourth = new Observed(3);
    private final Observed fifth = new Observed(4);

    /** A call fails. */
    @Actor
    public void one() {
        fourth.breaker.failed(null);
        fifth.breaker.failed(null);
    }

    /** Another one fails. */
    @Actor
    public void other() {
        fourth.breaker.failed(null);
        fifth.breaker.failed(null);
    }

    /** When both have failed. */
    @Arbiter
    public void count(III_Result result) {
        result.r1 = (fourth.breaker.isOpen() ? 1 : 0) + (fifth.breaker.isOpen() ? 10 : 0);
        result.r2 = fourth.openings.get() + 10 * fifth.openings.get();
        result.r3 = fourth.probes.get() + 10 * fifth.probes.get();
    }

    /** A breaker after some failures. */
    static final class Observed implements CircuitBreaker.Listener {
        final AtomicInteger openings = new AtomicInteger();
        final AtomicInteger probes = new AtomicInteger();
        final CircuitBreaker breaker =
                new CircuitBreaker(() -> {}, (probe, delay) -> probes.incrementAndGet(), () -> 0, () -> 0, this);

        Observed(int failures) {
            for (int i = 0; i < failures; i++) {
                breaker.failed(null);
            }
        }

        @Override
        public void opened(@Nullable RuntimeException cause) {
            openings.incrementAndGet();
        }

        @Override
        public void closed(Duration openFor) {}
    }
}
