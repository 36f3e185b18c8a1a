package dev.pagecache.proof;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Injects one fault after the other, from a seed, with some time in between in which all must be well again.
 *
 * <p>Runs on a thread of its own.
 */
final class Nemesis implements Runnable {

    private final Trial trial;
    private final List<Fault> faults;
    private final Plan.Pace pace;
    private final SplittableRandom random;

    Nemesis(Trial trial, List<Fault> faults, Plan.Pace pace, long seed) {
        this.trial = trial;
        this.faults = faults;
        this.pace = pace;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
        try {
            while (!faults.isEmpty() && !trial.awaitEnd(some(pace.maxPause()))) {
                inject(faults.get(random.nextInt(faults.size())));
            }
        } catch (Exception e) {
            trial.failed(e);
        }
    }

    private void inject(Fault fault) throws Exception {
        long holdNanos = some(pace.maxHold());
        trial.health().faultBegins();
        try {
            String done = fault.begin().inject(random.split());
            trial.say(fault.name() + ": " + done + ", for " + TimeUnit.NANOSECONDS.toMillis(holdNanos) + " ms");
            trial.awaitEnd(holdNanos);
        } finally {
            fault.end().heal();
            trial.health().faultEnds(System.nanoTime());
        }
        trial.totals().fault(fault.name());
    }

    /** At least a tenth of it, in nanoseconds. */
    private long some(Duration most) {
        return random.nextLong(most.toNanos() / 10, most.toNanos());
    }
}
