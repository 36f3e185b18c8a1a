package dev.pagecache.store;

import dev.pagecache.concurrency.Run;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls fail and are served while probes come: an open breaker has one probe to come, a closed one has none. */
@SuppressWarnings("this-escape") // nobody extends it
public class CircuitBreakerInterleavingTest implements CircuitBreaker.Listener {
    private final Deque<Runnable> probes = new ArrayDeque<>();
    private final CircuitBreaker breaker = new CircuitBreaker(() -> {}, this::later, () -> 0, () -> 0, this);

    /** A breaker that opens soon. */
    public CircuitBreakerInterleavingTest() {
        for (int i = 2; i < CircuitBreaker.FAILURES_TO_OPEN; i++) {
            breaker.failed(null);
        }
    }

    private void later(Runnable probe, Duration delay) {
        synchronized (probes) {
            probes.add(probe);
        }
    }

    /** A call failed; the result is no matter of order. */
    @Operation
    public void fail() {
        breaker.failed(null);
    }

    /** The probe that is due is served. */
    @Operation(nonParallelGroup = "background")
    public void probe() {
        Runnable probe;
        synchronized (probes) {
            probe = probes.poll();
        }
        if (probe != null) {
            probe.run();
        }
    }

    /** What holds in the end. */
    @Validate
    public void validate() {
        if (probes.size() != (breaker.isOpen() ? 1 : 0)) {
            throw new IllegalStateException(probes.size() + " probes, open: " + breaker.isOpen());
        }
    }

    @Override
    public void opened(@Nullable RuntimeException cause) {}

    @Override
    public void closed(Duration openFor) {}

    @Test
    void breaker_openWithOneProbe() {
        Run.modelChecking().check(CircuitBreakerInterleavingTest.class);
    }
}
