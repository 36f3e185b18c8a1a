package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.Stamp;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A ledger in memory, large enough and too small. */
final class MemoryStampLedgerTest {
    /** Nothing is forgotten. */
    @Nested
    final class Large implements StampLedgerContract {
        private final StampLedger ledger = new MemoryStampLedger(1_000);

        @Override
        public StampLedger ledger() {
            return ledger;
        }
    }

    /** Nearly all is forgotten. */
    @Nested
    final class Small implements StampLedgerContract {
        private final StampLedger ledger = new MemoryStampLedger(2);

        @Override
        public StampLedger ledger() {
            return ledger;
        }
    }

    @Test
    void raise_ofOneName_leavesOthersAlone() {
        MemoryStampLedger ledger = new MemoryStampLedger(10);
        Stamp stamp = ledger.now();
        ledger.raise(List.of("tag:a", "tag:b"));
        assertTrue(ledger.isRaisedSince(stamp, "tag:a"));
        assertTrue(ledger.isRaisedSince(stamp, "tag:b"));
        assertFalse(ledger.isRaisedSince(stamp, "tag:c"));
    }

    @Test
    void raise_fullLedger_forgetsTheOldestAndTakesOlderPagesForRevoked() {
        MemoryStampLedger ledger = new MemoryStampLedger(2);
        Stamp first = ledger.now();
        ledger.raise(List.of("a"));
        Stamp second = ledger.now();
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
        MemoryStampLedger ledger = new MemoryStampLedger(2);
        Stamp stamp = ledger.now();
        ledger.raise(List.of("a"));
        ledger.raise(List.of("b"));
        ledger.raise(List.of("a"));
        assertFalse(ledger.isRaisedSince(stamp, "c"), "nothing is forgotten yet");
        Stamp middle = ledger.now();
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
        MemoryStampLedger ledger = new MemoryStampLedger(10);
        Stamp stamp = ledger.now();
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
        MemoryStampLedger ledger = new MemoryStampLedger(100);
        for (int i = 0; i < 1_000; i++) {
            ledger.raise(List.of("x".repeat(chars - 1) + (char) ('a' + i)));
            ledger.raise(List.of("x".repeat(chars - 1) + (char) ('a' + i)));
        }
        assertEquals(kept, ledger.size());
    }

    @Test
    void constructor_noNames_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new MemoryStampLedger(0));
    }
}
