package dev.pagecache.proof;

import dev.pagecache.redis.RedisTestReplicas;
import dev.pagecache.redis.TestNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A primary with two replicas, each of which each node reaches by a network of its own. */
final class ReplicatedRedis implements Topology {
    private static final int NODES = 3;
    private static final int REPLICAS = 2;

    private final RedisTestReplicas servers = RedisTestReplicas.start();

    /** Of each node the one to the primary, and those to the replicas. */
    private final List<List<TestNetwork>> networks = IntStream.range(0, NODES)
            .mapToObj(node -> Stream.of(servers.primary(), servers.replica(0), servers.replica(1))
                    .map(server -> new TestNetwork(server.port()))
                    .toList())
            .toList();

    @Override
    public String location(int node) {
        return networks.get(node).stream()
                .map(network -> "redis://127.0.0.1:" + network.port())
                .collect(Collectors.joining(","));
    }

    @Override
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        faults.addAll(ServerFaults.of(random -> servers.primary()));
        faults.addAll(ServerFaults.ofReplica(random -> servers.replica(random.nextInt(REPLICAS))));
        faults.addAll(ValueFaults.of(random -> servers.primary()));
        faults.addAll(NetworkFaults.of(networks.stream().flatMap(List::stream).toList()));
        return faults;
    }

    @Override
    public void close() {
        networks.forEach(own -> own.forEach(TestNetwork::close));
        servers.close();
    }
}
