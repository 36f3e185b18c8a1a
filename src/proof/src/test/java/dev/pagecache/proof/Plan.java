package dev.pagecache.proof;

import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How a trial goes.
 *
 * @param servers what the nodes share
 * @param faults which of the topology's faults are injected
 * @param pace how fast one follows the other
 * @param bounds what the checker demands
 * @param seed of clients and nemesis
 * @param time how long it runs at most
 * @param maxRequests how many requests it makes at most, nearly
 * @param endsAt violations of which one is enough
 */
record Plan(
        Servers servers,
        Predicate<Fault> faults,
        Pace pace,
        Bounds bounds,
        long seed,
        Duration time,
        long maxRequests,
        Set<Violation.Type> endsAt) {

    /** Whether nodes wait for one another's renders: with every other seed. */
    String collapse() {
        return seed % 2 == 0 ? "cluster" : "node";
    }

    /** Whether nodes hear of what Redis deletes: with two of four seeds, and not over a cluster, which cannot. */
    boolean tracksDeletions() {
        return seed / 2 % 2 == 1 && servers != Servers.CLUSTER;
    }

    /**
     * How fast faults follow one another.
     *
     * @param maxPause longest time without a fault
     * @param maxHold longest time of a fault
     */
    record Pace(Duration maxPause, Duration maxHold) {
        /** All is well between two faults as often as not. */
        static final Pace CALM = new Pace(Duration.ofSeconds(9), Duration.ofSeconds(4));

        /** There is always a fault. */
        static final Pace FAST = new Pace(Duration.ofMillis(200), Duration.ofMillis(200));
    }
}
