package dev.pagecache.proof;

import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.redis.TestNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One server, which each node reaches by a network of its own. */
final class SingleRedis implements Topology {
    private static final int NODES = 3;

    private final RedisTestServer server;
    private final List<TestNetwork> networks;

    SingleRedis() {
        this.server = RedisTestServer.start("--lua-time-limit", "50");
        this.networks = IntStream.range(0, NODES)
                .mapToObj(node -> new TestNetwork(server.port()))
                .toList();
    }

    @Override
    public String location(int node) {
        return "redis://127.0.0.1:" + networks.get(node).port();
    }

    @Override
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        faults.addAll(ServerFaults.of(random -> server));
        faults.addAll(ValueFaults.of(random -> server));
        faults.addAll(NetworkFaults.of(networks));
        return faults;
    }

    @Override
    public void close() {
        networks.forEach(TestNetwork::close);
        server.close();
    }
}
