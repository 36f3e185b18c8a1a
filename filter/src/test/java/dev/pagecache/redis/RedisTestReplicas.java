package dev.pagecache.redis;

import dev.pagecache.store.Poll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A real primary with two replicas on free loopback ports. */
public final class RedisTestReplicas implements AutoCloseable {
    private final RedisTestServer primary;
    private final List<RedisTestServer> replicas = new ArrayList<>();

    private RedisTestReplicas(RedisTestServer primary) {
        this.primary = primary;
    }

    /** Running servers whose replicas are linked. */
    public static RedisTestReplicas start() {
        RedisTestReplicas servers = new RedisTestReplicas(RedisTestServer.start("--repl-diskless-sync-delay", "0"));
        for (int i = 0; i < 2; i++) {
            servers.replicas.add(RedisTestServer.start(
                    "--repl-diskless-sync-delay",
                    "0",
                    "--replicaof",
                    "127.0.0.1",
                    Integer.toString(servers.primary.port())));
        }
        servers.awaitLinked();
        return servers;
    }

    /** Waits until each replica is linked. */
    public void awaitLinked() {
        Poll.until(
                "the replicas are linked",
                () -> replicas.stream().allMatch(replica -> replica.says("replication", "master_link_status:up")));
    }

    /** Waits until each replica has what the primary has. */
    public void awaitReplicated() {
        long offset = primary.offset("master_repl_offset:");
        Poll.until(
                "the replicas are up to date",
                () -> replicas.stream().allMatch(replica -> replica.offset("slave_repl_offset:") >= offset));
    }

    /** Where writes go. */
    public RedisTestServer primary() {
        return primary;
    }

    /** Replica 0 or 1. */
    public RedisTestServer replica(int index) {
        return replicas.get(index);
    }

    /** Its location: the primary first. */
    public String location() {
        return primary.uri()
                + replicas.stream().map(replica -> "," + replica.uri()).collect(Collectors.joining());
    }

    /** Options of the product that lead here. */
    public RedisOptions options(Duration timeout, String keyPrefix) {
        List<RedisTopology.Single> copies =
                replicas.stream().map(RedisTestReplicas::single).toList();
        return new RedisOptions(new RedisTopology.Replicated(single(primary), copies), null, timeout, 8, keyPrefix);
    }

    private static RedisTopology.Single single(RedisTestServer server) {
        return new RedisTopology.Single(server.address(), RedisLogin.NONE);
    }

    @Override
    public void close() {
        replicas.forEach(RedisTestServer::close);
        primary.close();
    }
}
