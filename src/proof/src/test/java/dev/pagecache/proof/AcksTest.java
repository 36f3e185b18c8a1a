package dev.pagecache.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which version is due when. Times in seconds; 1 s is the bound while all is well, 3 s under faults. */
final class AcksTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Bounds BOUNDS =
            new Bounds(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(10));
    private static final int HERE = 0;
    private static final int THERE = 1;

    private final Acks acks = new Acks(2, 2, BOUNDS);

    private static long nanos(double seconds) {
        return Math.round(seconds * SECOND);
    }

    @Test
    void due_nothingAcknowledged_isTheFirstVersion() {
        assertEquals(new Acks.Due(0, 0), acks.due(0, HERE, nanos(100), 0));
    }

    @Test
    void due_onTheNodeThatAcknowledged_isAtOnce() {
        acks.acknowledged(0, HERE, 7, nanos(100));
        assertEquals(new Acks.Due(7, 0), acks.due(0, HERE, nanos(100), 0));
        assertEquals(new Acks.Due(0, 0), acks.due(0, THERE, nanos(100), 0));
        assertEquals(new Acks.Due(0, 0), acks.due(1, HERE, nanos(100), 0));
    }

    /** A change of second 100, asked for on another node. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            100.9, 0,     0
            101,   0,     7
            101,   100,   7
            101,   100.5, 0
            101.5, 100.5, 7
            102.9, 102,   0
            103,   102,   7
            102.9, never, 0
            103,   never, 7
            """)
    void due_onOtherNodes_dependsOnHealth(double now, String healthySince, long expected) {
        acks.acknowledged(0, HERE, 7, nanos(100));
        long since = healthySince.equals("never") ? Health.NEVER : nanos(Double.parseDouble(healthySince));
        assertEquals(expected, acks.due(0, THERE, nanos(now), since).anywhere());
    }

    @Test
    void due_ofSeveralChanges_isTheLatestThatIsOldEnough() {
        acks.acknowledged(0, HERE, 1, nanos(100));
        acks.acknowledged(0, THERE, 2, nanos(101));
        acks.acknowledged(0, HERE, 3, nanos(102));
        assertEquals(new Acks.Due(3, 2), acks.due(0, HERE, nanos(102.5), 0));
        assertEquals(new Acks.Due(2, 2), acks.due(0, THERE, nanos(102.5), 0));
        assertEquals(new Acks.Due(2, 3), acks.due(0, THERE, nanos(103), 0));
    }

    /** The answers to two changes may overtake each other; the lower version is no news. */
    @Test
    void due_lowerVersionAcknowledgedLater_staysTheHigher() {
        acks.acknowledged(0, HERE, 5, nanos(100));
        acks.acknowledged(0, HERE, 4, nanos(100.5));
        assertEquals(new Acks.Due(5, 5), acks.due(0, HERE, nanos(101), 0));
    }

    @Test
    void due_afterManyChanges_forgetsNoneThatCounts() {
        for (int version = 1; version <= 1_000; version++) {
            acks.acknowledged(0, HERE, version, nanos(100 + version / 10.0));
            long now = nanos(100 + version / 10.0);
            assertEquals(
                    Math.max(0, version - 30),
                    acks.due(0, THERE, now, Health.NEVER).anywhere());
            assertEquals(Math.max(0, version - 10), acks.due(0, THERE, now, 0).anywhere());
        }
    }

    @Test
    void health_whileAFaultIsOn_isNever() {
        Health health = new Health(nanos(2), nanos(10));
        assertFalse(health.isHealthy(nanos(11.9)));
        assertTrue(health.isHealthy(nanos(12)));
        health.faultBegins();
        assertEquals(Health.NEVER, health.since());
        health.faultEnds(nanos(20));
        assertEquals(nanos(22), health.since());
        assertFalse(health.isHealthy(nanos(21)));
        assertTrue(health.isHealthy(nanos(22)));
    }
}
