package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitBreakerTest {
    private final AtomicLong nanoTime = new AtomicLong(3);
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Long> delaysMillis = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private int probes;
    private boolean isServing;

    private CircuitBreaker breaker(double drawn) {
        RandomGenerator random = new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("only doubles are drawn");
            }

            @Override
            public double nextDouble() {
                return drawn;
            }
        };
        CircuitBreaker.Listener listener = new CircuitBreaker.Listener() {
            @Override
            public void opened(@Nullable RuntimeException cause) {
                events.add("opened " + (cause == null ? "?" : cause.getMessage()));
            }

            @Override
            public void closed(Duration openFor) {
                events.add("closed " + openFor.toMillis());
            }
        };
        return new CircuitBreaker(this::probe, this::later, nanoTime::get, random, listener);
    }

    private void probe() {
        probes++;
        if (!isServing) {
            throw new IllegalStateException("still down");
        }
    }

    private void later(Runnable task, Duration delay) {
        tasks.add(task);
        delaysMillis.add(delay.toMillis());
    }

    private static void fail(CircuitBreaker breaker, int times) {
        for (int i = 1; i <= times; i++) {
            breaker.failed(new IllegalStateException("failure " + i));
        }
    }

    private static void succeed(CircuitBreaker breaker, int times) {
        for (int i = 0; i < times; i++) {
            breaker.succeeded();
        }
    }

    @Test
    void failures_fewerThanFive_keepItClosed() {
        CircuitBreaker breaker = breaker(0.5);
        fail(breaker, 4);
        assertFalse(breaker.isOpen());
        succeed(breaker, 20);
        fail(breaker, 4);
        assertFalse(breaker.isOpen(), "those before are no longer counted");
        assertEquals(List.of(), events);
    }

    /** The fifth failure comes as the last of the calls that count, or one call later. */
    @ParameterizedTest(name = "{0} calls are served between the failures: open {1}")
    @CsvSource({"0, true", "1, true", "3, true", "4, false", "9, false"})
    void failures_notInARow_openItWhereMoreThanAFifthFails(int served, boolean isOpen) {
        CircuitBreaker breaker = breaker(0.5);
        for (int i = 0; i < 5; i++) {
            fail(breaker, 1);
            succeed(breaker, served);
        }
        assertEquals(isOpen, breaker.isOpen());
    }

    @Test
    void failures_fiveInARow_openItOnce() {
        CircuitBreaker breaker = breaker(0.5);
        fail(breaker, 9);
        assertTrue(breaker.isOpen());
        assertEquals(List.of("opened failure 5"), events);
        assertEquals(List.of(500L), delaysMillis);
        assertEquals(0, probes);
    }

    @Test
    void success_ofACallFromBefore_doesNotCloseIt() {
        CircuitBreaker breaker = breaker(0.5);
        fail(breaker, 5);
        breaker.succeeded();
        assertTrue(breaker.isOpen());
    }

    @Test
    void probe_thatFails_doublesTheTimeUpToALimit() {
        CircuitBreaker breaker = breaker(0.5);
        fail(breaker, 5);
        for (int i = 0; i < 5; i++) {
            tasks.remove().run();
            assertTrue(breaker.isOpen());
        }
        assertEquals(List.of(500L, 1_000L, 1_500L, 1_500L, 1_500L, 1_500L), delaysMillis);
        assertEquals(5, probes);
    }

    @Test
    void probe_thatIsServed_closesIt() {
        CircuitBreaker breaker = breaker(0.5);
        fail(breaker, 5);
        nanoTime.addAndGet(Duration.ofMillis(1_234).toNanos());
        isServing = true;
        tasks.remove().run();
        assertFalse(breaker.isOpen());
        assertEquals(List.of("opened failure 5", "closed 1234"), events);
        assertTrue(tasks.isEmpty());
    }

    @Test
    void breaker_openedAgain_startsShort() {
        CircuitBreaker breaker = breaker(0.5);
        fail(breaker, 5);
        tasks.remove().run();
        isServing = true;
        tasks.remove().run();
        fail(breaker, 4);
        assertFalse(breaker.isOpen());
        fail(breaker, 1);
        assertTrue(breaker.isOpen());
        assertEquals(List.of(500L, 1_000L, 500L), delaysMillis);
    }

    @ParameterizedTest(name = "{0} drawn: {1} ms")
    @CsvSource({"0, 400", "0.5, 500", "0.9999999, 599"})
    void delay_isSpreadByAFifth(double drawn, long millis) {
        fail(breaker(drawn), 5);
        assertEquals(List.of(millis), delaysMillis);
    }
}
