package dev.pagecache.proof;

import dev.pagecache.redis.RedisTestCluster;
import dev.pagecache.redis.RedisTestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A cluster of three masters with a replica each, which takes a master's place when that is away for a second. */
final class ClusterRedis implements Topology {
    private static final int SHARDS = 3;

    /** Slots that are moved from one master to another at once. */
    private static final int MOVED = 400;

    private final RedisTestCluster cluster = RedisTestCluster.start();

    @Override
    public String location(int node) {
        return cluster.location();
    }

    @Override
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ServerFaults.of(this::master).stream()
                    .filter(fault ->
                            fault.name().equals(ServerFaults.FROZEN) || fault.name().equals(ServerFaults.KILLED))
                    .forEach(fault -> faults.add(fault.then(cluster::awaitWell)));
            faults.add(Fault.moment("failover", random -> {
                int shard = random.nextInt(SHARDS);
                cluster.failover(shard);
                return "CLUSTER FAILOVER of shard " + (shard + 1);
            }));
            faults.add(Fault.moment("resharded", random -> {
                int from = random.nextInt(SHARDS);
                int to = (from + 1) % SHARDS;
                int first = RedisTestCluster.firstSlot(from) + random.nextInt(MOVED);
                cluster.reshard(first, MOVED, cluster.masterOf(from), cluster.masterOf(to));
                cluster.reshard(first, MOVED, cluster.masterOf(to), cluster.masterOf(from));
                return MOVED + " slots there and back";
            }));
        }
        ServerFaults.of(this::master).forEach(fault -> faults.add(fault.then(cluster::awaitWell)));
        faults.addAll(ValueFaults.of(this::master));
        return faults;
    }

    private RedisTestServer master(RandomGenerator random) {
        return cluster.node(cluster.masterOf(random.nextInt(SHARDS)));
    }

    @Override
    public void close() {
        cluster.close();
    }
}
