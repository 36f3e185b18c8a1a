package dev.pagecache.proof;

import dev.pagecache.redis.RedisTestSentinel;
import java.util.ArrayList;
import java.util.List;

/** A master with two replicas under three Sentinels, who promote a replica when the master is away for a second. */
final class SentinelRedis implements Topology {
    private static final int SENTINELS = 3;

    private final RedisTestSentinel servers = RedisTestSentinel.start();

    @Override
    public String location(int node) {
        return servers.location();
    }

    @Override
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        // Most faults of the master here are to make it lose its place, so those come more often.
        for (int i = 0; i < 3; i++) {
            ServerFaults.of(random -> servers.master()).stream()
                    .filter(fault ->
                            fault.name().equals(ServerFaults.FROZEN) || fault.name().equals(ServerFaults.KILLED))
                    .forEach(fault -> faults.add(fault.then(servers::awaitWatched)));
        }
        faults.add(Fault.moment("failover", random -> {
                    servers.failover();
                    return "SENTINEL FAILOVER";
                })
                .then(servers::awaitWatched));
        ServerFaults.of(random -> servers.master())
                .forEach(fault -> faults.add(fault.then(servers::awaitWatched)));
        faults.addAll(ServerFaults.ofReplica(random -> servers.sentinel(random.nextInt(SENTINELS))).stream()
                .filter(fault -> fault.name().equals(ServerFaults.FROZEN))
                .map(fault -> fault.then(servers::awaitWatched))
                .toList());
        faults.addAll(ValueFaults.of(random -> servers.master()));
        return faults;
    }

    @Override
    public void close() {
        servers.close();
    }
}
