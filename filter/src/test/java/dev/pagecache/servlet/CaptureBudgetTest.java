package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CaptureBudgetTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 20_000;

    private final CaptureBudget budget = new CaptureBudget(100);

    @Test
    void take_upToTheBound_isGranted() {
        CaptureBudget.Share one = budget.share();
        CaptureBudget.Share other = budget.share();
        assertTrue(one.take(60));
        assertFalse(other.take(41));
        assertTrue(other.take(40));
        assertFalse(one.take(1));
        assertTrue(one.take(0));
        assertEquals(100, budget.takenBytes());
        one.giveBack(20);
        assertTrue(other.take(20));
        one.end();
        assertEquals(60, budget.takenBytes());
    }

    @Test
    void end_givesBackOnceAndTakesNothingAnyMore() {
        CaptureBudget.Share share = budget.share();
        assertTrue(share.take(50));
        share.end();
        share.end();
        share.giveBack(50);
        assertFalse(share.take(1));
        assertEquals(0, budget.takenBytes());
    }

    @Test
    void ofHeap_isAQuarterOfIt() {
        assertEquals(
                Runtime.getRuntime().maxMemory() / 4, CaptureBudget.ofHeap().maxBytes());
    }

    /** One thread ends shares that others still take for. */
    @Test
    void take_whileOthersEnd_neverExceedsTheBoundAndLeavesNothing() {
        AtomicLong most = new AtomicLong();
        List<CaptureBudget.Share> shares = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            shares.add(budget.share());
        }
        CyclicBarrier together = new CyclicBarrier(THREADS);
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            boolean isEnding = i == 0;
            tasks.add(Latches.start(() -> {
                Latches.await(together);
                for (CaptureBudget.Share share : shares) {
                    if (isEnding) {
                        share.end();
                    } else if (share.take(30)) {
                        most.accumulateAndGet(budget.takenBytes(), Math::max);
                        share.giveBack(10);
                    }
                }
                return true;
            }));
        }
        for (FutureTask<Boolean> task : tasks) {
            assertTrue(Latches.get(task));
        }
        assertEquals(0, budget.takenBytes());
        assertTrue(most.get() <= 100, "at most " + most);
    }
}
