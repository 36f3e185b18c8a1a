package dev.pagecache.redis;

import dev.pagecache.store.Poll;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A real master with two replicas, watched by three Sentinels, on free loopback ports. */
public final class RedisTestSentinel implements AutoCloseable {
    /** Name under which the master is watched. */
    public static final String MASTER_NAME = "cache";

    private final List<RedisTestServer> servers = new ArrayList<>();
    private final List<RedisTestServer> sentinels = new ArrayList<>();

    private RedisTestSentinel() {}

    /** Running servers; the Sentinels know all of them and each other. */
    public static RedisTestSentinel start() {
        RedisTestSentinel all = new RedisTestSentinel();
        try {
            all.startAll();
            return all;
        } catch (RuntimeException | Error e) {
            all.close();
            throw e;
        }
    }

    private void startAll() {
        for (int i = 0; i < 3; i++) {
            servers.add(RedisTestServer.start("--repl-diskless-sync-delay", "0"));
        }
        // Not by an option: a server that has been promoted would come back as a replica, which Sentinels take for the
        // master for half a minute.
        for (RedisTestServer replica : servers.subList(1, 3)) {
            replica.exec(
                    "REPLICAOF", "127.0.0.1", Integer.toString(servers.get(0).port()));
        }
        Poll.until(
                "the replicas are linked",
                () -> servers.subList(1, 3).stream()
                        .allMatch(replica -> replica.says("replication", "master_link_status:up")));
        for (int i = 0; i < 3; i++) {
            sentinels.add(RedisTestServer.startSentinel(
                    "sentinel monitor " + MASTER_NAME + " 127.0.0.1 "
                            + servers.get(0).port() + " 2",
                    "sentinel down-after-milliseconds " + MASTER_NAME + " 1000",
                    "sentinel failover-timeout " + MASTER_NAME + " 3000"));
        }
        awaitWatched();
    }

    /**
     * Waits until all Sentinels know all others and two replicas that are well, and the master takes itself for one.
     */
    public void awaitWatched() {
        Poll.until("the Sentinels know all", () -> sentinels.stream().allMatch(RedisTestSentinel::knowsAll));
        Poll.until("the master is one", () -> master().says("replication", "role:master"));
    }

    private static boolean knowsAll(RedisTestServer sentinel) {
        return sentinel.says("sentinel", "status=ok,") && sentinel.says("sentinel", "slaves=2,sentinels=3");
    }

    /** The server that the first Sentinel names as master. */
    public RedisTestServer master() {
        List<?> named = (List<?>)
                Objects.requireNonNull(sentinels.get(0).exec("SENTINEL", "get-master-addr-by-name", MASTER_NAME));
        byte[] port = (byte[]) Objects.requireNonNull(named.get(1));
        return servers.stream()
                .filter(server ->
                        Arrays.equals(port, Integer.toString(server.port()).getBytes(StandardCharsets.US_ASCII)))
                .findFirst()
                .orElseThrow();
    }

    /** Sentinel 0 to 2. */
    public RedisTestServer sentinel(int index) {
        return sentinels.get(index);
    }

    /** Has another server promoted, and waits until all Sentinels name it. */
    public void failover() {
        RedisTestServer old = master();
        sentinels.get(0).exec("SENTINEL", "FAILOVER", MASTER_NAME);
        Poll.until("another one is master", () -> master() != old);
    }

    /** Its location: all Sentinels. */
    public String location() {
        return "redis-sentinel://"
                + sentinels.stream()
                        .map(sentinel -> "127.0.0.1:" + sentinel.port())
                        .collect(Collectors.joining(","))
                + "/" + MASTER_NAME + "/0";
    }

    /** Options of the product that lead here. */
    public RedisOptions options(Duration timeout, String keyPrefix) {
        RedisTopology topology = new RedisTopology.Sentinel(
                sentinels.stream().map(RedisTestServer::address).toList(),
                MASTER_NAME,
                RedisLogin.NONE,
                RedisLogin.NONE);
        return new RedisOptions(topology, null, timeout, 8, keyPrefix);
    }

    @Override
    public void close() {
        sentinels.forEach(RedisTestServer::close);
        servers.forEach(RedisTestServer::close);
    }
}
