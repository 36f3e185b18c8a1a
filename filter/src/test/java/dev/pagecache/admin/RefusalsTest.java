package dev.pagecache.admin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.engine.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** However many guess, the log has one line a minute. */
final class RefusalsTest {

    @Test
    void add_manyInAMinute_areOneLine() {
        FakeClock clock = new FakeClock();
        Refusals refusals = new Refusals(clock::nanos);
        assertTrue(refusals.add("192.0.2.1"));
        for (int i = 0; i < 1_000; i++) {
            assertFalse(refusals.add("192.0.2.1"));
        }
        clock.advance(Duration.ofSeconds(59));
        assertFalse(refusals.add("192.0.2.1"));
        clock.advance(Duration.ofSeconds(1));
        assertTrue(refusals.add("192.0.2.1"));
        assertFalse(refusals.add("192.0.2.1"));
    }
}
