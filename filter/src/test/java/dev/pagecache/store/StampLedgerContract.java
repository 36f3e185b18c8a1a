package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.Stamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every ledger of stamps does. */
public interface StampLedgerContract {

    /** The ledger under test, the same within one test; it may hold any number of names, but at least one. */
    StampLedger ledger();

    @Test
    default void isEmpty_untilTheFirstRaise() {
        assertTrue(ledger().isEmpty());
        ledger().now();
        ledger().raise(List.of());
        assertTrue(ledger().isEmpty());
        ledger().raise(List.of("tag:a"));
        assertFalse(ledger().isEmpty());
    }

    @Test
    default void isRaisedSince_neverRaised_isFalse() {
        assertFalse(ledger().isRaisedSince(ledger().now(), "tag:a"));
        assertFalse(ledger().isRaisedSince(Stamp.FIRST, "tag:a"));
    }

    @Test
    default void isRaisedSince_stampOfBefore_isTrueEverAfter() {
        Stamp before = ledger().now();
        ledger().raise(List.of("tag:a"));
        assertTrue(ledger().isRaisedSince(before, "tag:a"));
        assertTrue(ledger().isRaisedSince(Stamp.FIRST, "tag:a"));
        ledger().raise(List.of("tag:a"));
        assertTrue(ledger().isRaisedSince(before, "tag:a"));
    }

    @Test
    default void isRaisedSince_stampOfAfterwards_isFalseUntilTheNextRaise() {
        ledger().raise(List.of("tag:a"));
        Stamp after = ledger().now();
        assertFalse(ledger().isRaisedSince(after, "tag:a"));
        ledger().raise(List.of("tag:a"));
        assertTrue(ledger().isRaisedSince(after, "tag:a"));
    }

    @Test
    default void mayHave_kindOfARaisedName_isTrue() {
        assertFalse(ledger().mayHave('t'));
        ledger().raise(List.of("tag:a"));
        assertTrue(ledger().mayHave('t'));
        assertFalse(ledger().mayHave('p'));
    }

    /** Or what was rendered from new data would be rendered again. */
    @Test
    default void now_raiseOfBefore_isKnownToIt() {
        ledger().raise(List.of("tag:a"));
        Stamp first = ledger().now();
        Stamp second = ledger().now();
        assertTrue(first.node() <= second.node());
        assertFalse(ledger().isRaisedSince(second, "tag:a"));
    }

    @Test
    default void raise_manyThreads_everyStampOfBeforeIsRevoked() throws InterruptedException {
        Set<String> faults = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = "tag:" + i;
            Thread thread = new Thread(() -> {
                for (int round = 0; round < 500; round++) {
                    Stamp before = ledger().now();
                    ledger().raise(List.of(name, "tag:all"));
                    if (!ledger().isRaisedSince(before, name) || !ledger().isRaisedSince(before, "tag:all")) {
                        faults.add(name + " in round " + round);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(Set.of(), faults);
    }

    /** Pages are made and names are raised at random: what was revoked once is revoked after every later raise. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {9_111, 4_4, 20_261_122})
    default void raise_anySequence_neverMakesARevokedPageLive(long seed) {
        Random random = new Random(seed);
        List<Stamped> revoked = new ArrayList<>();
        List<Stamped> live = new ArrayList<>();
        for (int step = 0; step < 2_000; step++) {
            if (random.nextBoolean()) {
                live.add(new Stamped("n" + random.nextInt(40), ledger().now()));
            } else {
                Set<String> names = new HashSet<>();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    names.add("n" + random.nextInt(40));
                }
                ledger().raise(names);
                for (Stamped page : List.copyOf(live)) {
                    if (names.contains(page.name())) {
                        live.remove(page);
                        revoked.add(page);
                    }
                }
            }
            if (step % 50 == 0) {
                for (Stamped page : revoked) {
                    assertTrue(
                            ledger().isRaisedSince(page.stamp(), page.name()),
                            () -> "seed " + seed + ": live again: " + page);
                }
            }
        }
        assertFalse(revoked.isEmpty(), () -> "seed " + seed);
    }

    /** What a ledger sees of a page. */
    record Stamped(String name, Stamp stamp) {}
}
