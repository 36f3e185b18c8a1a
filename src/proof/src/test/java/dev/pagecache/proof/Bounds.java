package dev.pagecache.proof;

import java.time.Duration;

/**
 * What the checker demands.
 *
 * @param healthy how long after its acknowledgement a change may be unseen on other nodes while nothing is wrong
 * @param faulty the same while a fault is on or has just ended
 * @param recovery how long after its end a fault counts as being on
 * @param slow longest time of an answer
 */
record Bounds(Duration healthy, Duration faulty, Duration recovery, Duration slow) {
    /** What the filter promises with the settings of {@link Node}, and a second for this machine. */
    static final Bounds OF_THE_FILTER = new Bounds(
            Duration.ofSeconds(1), Node.MEMORY_MAX_AGE.plusSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(10));
}
