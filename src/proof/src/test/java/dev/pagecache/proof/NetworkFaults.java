package dev.pagecache.proof;

import dev.pagecache.redis.TestNetwork;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What can befall the networks between nodes and Redis: that of one node, or all. */
final class NetworkFaults {
    private NetworkFaults() {}

    static List<Fault> of(List<TestNetwork> networks) {
        Fault.End clear = () -> networks.forEach(TestNetwork::clear);
        return List.of(
                new Fault(
                        "slow network",
                        random -> {
                            Duration delay = Duration.ofMillis(random.nextInt(5, 90));
                            return on(networks, random, network -> network.delay(delay)) + ' ' + delay.toMillis()
                                    + " ms";
                        },
                        clear),
                new Fault("narrow network", random -> on(networks, random, network -> network.throttle(8_000)), clear),
                new Fault("torn network", random -> on(networks, random, network -> network.cut(20)), clear),
                new Fault("silent network", random -> on(networks, random, TestNetwork::silence), clear));
    }

    /** Something that happens to one network. */
    @FunctionalInterface
    private interface Change {
        void to(TestNetwork network);
    }

    private static String on(List<TestNetwork> networks, RandomGenerator random, Change change) {
        int chosen = random.nextInt(networks.size() + 1);
        if (chosen == networks.size()) {
            networks.forEach(change::to);
            return "all";
        }
        change.to(networks.get(chosen));
        return "number " + (chosen + 1);
    }
}
