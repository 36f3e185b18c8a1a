package dev.pagecache.proof;

import java.time.Duration;

/** The Redis servers that a trial runs over. */
enum Servers {
    SINGLE(45);

    private final int shortSeconds;

    Servers(int shortSeconds) {
        this.shortSeconds = shortSeconds;
    }

    /** Starts servers of their own for a trial. */
    Topology start() {
        return switch (this) {
            case SINGLE -> new SingleRedis();
        };
    }

    /** How long each build tries them. */
    Duration shortTime() {
        return Duration.ofSeconds(shortSeconds);
    }
}
