package dev.pagecache.benchmarks;

import dev.pagecache.redis.TestNetwork;
import java.time.Duration;

/** How data pass through a network, each way. */
enum Weather {
    FAIR("well"),
    LATE_20("20 ms late each way"),
    LATE_80("80 ms late each way"),
    NARROW("64 kbit/s a connection"),
    TRICKLING("byte by byte"),
    SILENT("a black hole");

    private final String words;

    Weather(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    void befall(TestNetwork network) {
        switch (this) {
            case FAIR -> network.clear();
            case LATE_20 -> network.delay(Duration.ofMillis(20));
            case LATE_80 -> network.delay(Duration.ofMillis(80));
            case NARROW -> network.throttle(8_000);
            case TRICKLING -> network.trickle();
            case SILENT -> network.silence();
        }
    }
}
