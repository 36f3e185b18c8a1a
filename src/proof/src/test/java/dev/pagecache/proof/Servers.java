package dev.pagecache.proof;

import java.time.Duration;

/** The Redis servers that a trial runs over. */
enum Servers {
    /** One server. */
    SINGLE(35),
    /** A primary and two replicas. */
    REPLICAS(12),
    /** A master and two replicas under three Sentinels. */
    SENTINEL(20),
    /** Three masters with a replica each. */
    CLUSTER(20);

    private final int shortSeconds;

    /** @param shortSeconds how long each build tries them, 0 for by command only */
    Servers(int shortSeconds) {
        this.shortSeconds = shortSeconds;
    }

    /** Starts servers of their own for a trial. */
    Topology start() {
        return switch (this) {
            case SINGLE -> new SingleRedis();
            case REPLICAS -> new ReplicatedRedis();
            case SENTINEL -> new SentinelRedis();
            case CLUSTER -> new ClusterRedis();
        };
    }

    /** Whether each build tries them. */
    boolean areInEachBuild() {
        return shortSeconds > 0;
    }

    /** How long each build tries them. */
    Duration shortTime() {
        return Duration.ofSeconds(shortSeconds);
    }
}
