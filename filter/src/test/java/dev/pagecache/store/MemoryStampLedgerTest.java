package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ledger in memory, large enough and too small. */
final class MemoryStampLedgerTest {
    private final AtomicLong millis = new AtomicLong(1_000_000);
    private final InstantSource wallClock = () -> Instant.ofEpochMilli(millis.get());

    /** Nothing is forgotten. */
    @Nested
    final class Large implements StampLedgerContract {
        private final StampLedger ledger = new MemoryStampLedger(1_000, wallClock);

        @Override
        public StampLedger ledger() {
            return ledger;
        }
    }

    /** Nearly all is forgotten. */
    @Nested
    final class Small implements StampLedgerContract {
        private final StampLedger ledger = new MemoryStampLedger(2, wallClock);

        @Override
        public StampLedger ledger() {
            return ledger;
        }
    }

    @Test
    void now_clockStandsOrIsSetBack_grows() {
        MemoryStampLedger ledger = new MemoryStampLedger(10, wallClock);
        assertEquals(1_000_000, ledger.now());
        assertEquals(1_000_001, ledger.now());
        millis.set(5);
        assertEquals(1_000_002, ledger.now());
        millis.set(2_000_000);
        assertEquals(2_000_000, ledger.now());
    }

    @Test
    void raise_ofOneName_leavesOthersAlone() {
        MemoryStampLedger ledger = new MemoryStampLedger(10, wallClock);
        long stamp = ledger.now();
        ledger.raise(List.of("tag:a", "tag:b"));
        assertTrue(ledger.isRaisedSince(stamp, "tag:a"));
        assertTrue(ledger.isRaisedSince(stamp, "tag:b"));
        assertFalse(ledger.isRaisedSince(stamp, "tag:c"));
    }

    @Test
    void raise_fullLedger_forgetsTheOldestAndTakesOlderPagesForRevoked() {
        MemoryStampLedger ledger = new MemoryStampLedger(2, wallClock);
        long first = ledger.now();
        ledger.raise(List.of("a"));
        long second = ledger.now();
        ledger.raise(List.of("b"));
        ledger.raise(List.of("c"));
        assertEquals(2, ledger.size());
        assertTrue(ledger.isRaisedSince(first, "a"), "the forgotten name");
        assertTrue(ledger.isRaisedSince(first, "never raised"), "all below the floor");
        assertFalse(ledger.isRaisedSince(second, "a"), "above the floor");
        assertTrue(ledger.isRaisedSince(second, "b"));
    }

    @Test
    void raise_again_makesANameYoung() {
        MemoryStampLedger ledger = new MemoryStampLedger(2, wallClock);
        long stamp = ledger.now();
        ledger.raise(List.of("a"));
        ledger.raise(List.of("b"));
        ledger.raise(List.of("a"));
        assertFalse(ledger.isRaisedSince(stamp, "c"), "nothing is forgotten yet");
        long middle = ledger.now();
        ledger.raise(List.of("c"));
        assertFalse(ledger.isRaisedSince(middle, "b"));
        assertTrue(ledger.isRaisedSince(stamp, "b"));
        ledger.raise(List.of("a"));
        assertTrue(ledger.isRaisedSince(middle, "a"));
        assertFalse(ledger.isRaisedSince(middle, "b"), "what was forgotten is still b only");
    }

    /** Who sends long URLs fills it no sooner than others. */
    @Test
    void raise_longNames_countAsOthersDo() {
        MemoryStampLedger ledger = new MemoryStampLedger(10, wallClock);
        long stamp = ledger.now();
        for (int i = 0; i < 10; i++) {
            ledger.raise(List.of("x".repeat(10_000) + i));
        }
        assertEquals(10, ledger.size());
        assertFalse(ledger.isRaisedSince(stamp, "never raised"));
        assertFalse(ledger.isRaisedSince(stamp, "x".repeat(10_000)));
        for (int i = 0; i < 10; i++) {
            assertTrue(ledger.isRaisedSince(stamp, "x".repeat(10_000) + i));
        }
    }

    /** Or a flood of them would take four times the memory. */
    @ParameterizedTest
    @CsvSource({"1,100", "64,100", "65,50", "128,50", "129,33", "256,25", "257,100"})
    void raise_manyNames_areKeptByTheirLength(int chars, int kept) {
        MemoryStampLedger ledger = new MemoryStampLedger(100, wallClock);
        for (int i = 0; i < 1_000; i++) {
            ledger.raise(List.of("x".repeat(chars - 1) + (char) ('a' + i)));
            ledger.raise(List.of("x".repeat(chars - 1) + (char) ('a' + i)));
        }
        assertEquals(kept, ledger.size());
    }

    @Test
    void constructor_noNames_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new MemoryStampLedger(0, wallClock));
    }
}
