package dev.pagecache.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many refreshes a second are let through, on a clock that overflows meanwhile. */
final class RefreshRateTest {
    private final FakeClock clock = new FakeClock();

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 0", "1, 3", "10, 30", "1000, 3000", "10000, 3000"})
    void tryTake_askedEachMillisecond_keepsThePace(int perSecond, int expected) {
        RefreshRate rate = new RefreshRate(perSecond, clock::nanos);
        int taken = 0;
        for (int millis = 0; millis < 3_000; millis++) {
            taken += rate.tryTake() ? 1 : 0;
            clock.advance(Duration.ofMillis(1));
        }
        assertEquals(expected, taken);
    }

    @Test
    void tryTake_afterAQuietHour_givesOneAndNoMore() {
        RefreshRate rate = new RefreshRate(10, clock::nanos);
        clock.advance(Duration.ofHours(1));
        assertTrue(rate.tryTake());
        assertFalse(rate.tryTake());
        clock.advance(Duration.ofMillis(99));
        assertFalse(rate.tryTake());
        clock.advance(Duration.ofMillis(1));
        assertTrue(rate.tryTake());
    }

    @Test
    void tryTake_manyThreads_oneGetsIt() throws Exception {
        RefreshRate rate = new RefreshRate(1, clock::nanos);
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                tasks.add(rate::tryTake);
            }
            int taken = 0;
            for (Future<Boolean> result : executor.invokeAll(tasks)) {
                taken += result.get() ? 1 : 0;
            }
            assertEquals(1, taken);
        } finally {
            executor.shutdownNow();
        }
    }
}
