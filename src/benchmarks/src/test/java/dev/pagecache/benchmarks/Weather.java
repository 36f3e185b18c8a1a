package dev.pagecache.benchmarks;

import dev.pagecache.redis.TestNetwork;
import java.time.Duration;
import java.util.function.Consumer;

/** How data pass through a network, each way. */
enum Weather {
    FAIR("well", TestNetwork::clear),
    LATE_20("20 ms late each way", network -> network.delay(Duration.ofMillis(20))),
    LATE_80("80 ms late each way", network -> network.delay(Duration.ofMillis(80))),
    NARROW("64 kbit/s a connection", network -> network.throttle(8_000)),
    TRICKLING("byte by byte", TestNetwork::trickle),
    SILENT("a black hole", TestNetwork::silence);

    private final String words;
    private final Consumer<TestNetwork> change;

    Weather(String words, Consumer<TestNetwork> change) {
        this.words = words;
        this.change = change;
    }

    String words() {
        return words;
    }

    void befall(TestNetwork network) {
        change.accept(network);
    }
}
