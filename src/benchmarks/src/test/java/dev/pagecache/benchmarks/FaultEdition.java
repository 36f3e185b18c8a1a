package dev.pagecache.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * How much time the part {@code faults} takes.
 *
 * @param warmup time for which requests are sent before each fault
 * @param window time for which requests are counted in each state
 * @param frozen the same while Redis is frozen
 * @param networks states of the network
 * @param recoveries how often Redis comes back, in each way
 * @param away for how long it was away before the first of them
 * @param hasFailovers whether clusters and Sentinels are part of it, too
 */
record FaultEdition(
        Duration warmup,
        Duration window,
        Duration frozen,
        List<Weather> networks,
        int recoveries,
        Duration away,
        boolean hasFailovers) {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final List<Weather> NETWORKS =
            List.of(Weather.LATE_20, Weather.LATE_80, Weather.NARROW, Weather.TRICKLING, Weather.SILENT);

    /** Numbers that can be quoted; about seven minutes. */
    static final FaultEdition FULL = new FaultEdition(
            SECOND.multipliedBy(3), SECOND.multipliedBy(10), SECOND.multipliedBy(30), NETWORKS, 5, SECOND, true);

    /** A first impression; about a minute and a half. */
    static final FaultEdition QUICK =
            new FaultEdition(SECOND, SECOND.multipliedBy(3), SECOND.multipliedBy(3), NETWORKS, 2, SECOND, false);

    /** Shows that everything still runs; its numbers say nothing. */
    static final FaultEdition SMOKE = new FaultEdition(
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofMillis(500),
            List.of(Weather.LATE_20),
            1,
            Duration.ofMillis(50),
            false);

    FaultEdition {
        networks = List.copyOf(networks);
    }

    /**
     * The edition of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static FaultEdition named(String name) {
        return switch (name) {
            case "full" -> FULL;
            case "quick" -> QUICK;
            case "smoke" -> SMOKE;
            default -> throw new IllegalArgumentException("edition '" + name + "'; allowed: full, quick, smoke");
        };
    }
}
