package dev.pagecache.proof;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * How a trial goes.
 *
 * @param servers what the nodes share
 * @param faults which of the topology's faults are injected
 * @param bounds what the checker demands
 * @param seed of clients and nemesis
 * @param time how long it runs at most
 * @param maxRequests how many requests it makes at most, nearly
 * @param endsAtViolation whether one violation is enough
 */
record Plan(
        Servers servers,
        Predicate<Fault> faults,
        Bounds bounds,
        long seed,
        Duration time,
        long maxRequests,
        boolean endsAtViolation) {}
