package dev.pagecache.proof;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Injects one fault after the other, from a seed, with some time in between in which all must be well again.
 *
 * <p>Runs on a thread of its own.
 */
final class Nemesis implements Runnable {
    private static final int MIN_PAUSE_MILLIS = 500;
    private static final int MAX_PAUSE_MILLIS = 9_000;
    private static final int MIN_HOLD_MILLIS = 200;
    private static final int MAX_HOLD_MILLIS = 4_000;

    private final Trial trial;
    private final List<Fault> faults;
    private final SplittableRandom random;

    Nemesis(Trial trial, List<Fault> faults, long seed) {
        this.trial = trial;
        this.faults = faults;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
        try {
            while (!faults.isEmpty() && !trial.awaitEnd(millis(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS))) {
                inject(faults.get(random.nextInt(faults.size())));
            }
        } catch (Exception e) {
            trial.failed(e);
        }
    }

    private void inject(Fault fault) throws Exception {
        long holdNanos = millis(MIN_HOLD_MILLIS, MAX_HOLD_MILLIS);
        trial.health().faultBegins();
        try {
            String done = fault.begin().inject(random.split());
            trial.say("%s: %s, for %d ms", fault.name(), done, TimeUnit.NANOSECONDS.toMillis(holdNanos));
            trial.awaitEnd(holdNanos);
        } finally {
            fault.end().heal();
            trial.health().faultEnds(System.nanoTime());
        }
        trial.totals().fault(fault.name());
    }

    private long millis(int min, int max) {
        return TimeUnit.MILLISECONDS.toNanos(random.nextInt(min, max));
    }
}
