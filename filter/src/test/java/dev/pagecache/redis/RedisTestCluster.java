package dev.pagecache.redis;

import dev.pagecache.store.Poll;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * A real cluster of three masters with a replica each on free loopback ports. Shard {@code i} is node {@code i} with
 * node {@code i + 3} as its replica, until one of them is promoted.
 */
public final class RedisTestCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final int SHARDS = 3;

    private final List<RedisTestServer> nodes = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();

    private RedisTestCluster() {}

    /** A running cluster that is well, with further options of each server, such as a password. */
    public static RedisTestCluster start(String... options) {
        RedisTestCluster cluster = new RedisTestCluster();
        try {
            cluster.startNodes(List.of(options));
            cluster.join();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private void startNodes(List<String> options) {
        List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf"));
        all.addAll(List.of("--cluster-node-timeout", "1000", "--cluster-require-full-coverage", "no"));
        all.addAll(List.of("--repl-diskless-sync-delay", "0"));
        all.addAll(options);
        for (int i = 0; i < 2 * SHARDS; i++) {
            nodes.add(RedisTestServer.start(all.toArray(String[]::new)));
            ids.add(text(nodes.get(i).exec("CLUSTER", "MYID")));
        }
    }

    private void join() {
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).exec("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            if (i > 0) {
                nodes.get(0)
                        .exec(
                                "CLUSTER",
                                "MEET",
                                "127.0.0.1",
                                Integer.toString(nodes.get(i).port()));
            }
        }
        for (int i = 0; i < SHARDS; i++) {
            List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            for (int slot = firstSlot(i); slot < firstSlot(i + 1); slot++) {
                command.add(Integer.toString(slot));
            }
            nodes.get(i).exec(command.toArray(String[]::new));
        }
        Poll.until("all know all", () -> nodes.stream().allMatch(this::knowsAll));
        for (int i = SHARDS; i < nodes.size(); i++) {
            nodes.get(i).exec("CLUSTER", "REPLICATE", ids.get(i - SHARDS));
        }
        awaitWell();
    }

    private boolean knowsAll(RedisTestServer node) {
        String known = text(node.exec("CLUSTER", "NODES"));
        return ids.stream().allMatch(known::contains) && !known.contains("handshake");
    }

    /** The first slot of a shard at the start. */
    public static int firstSlot(int shard) {
        return (int) ((long) SLOTS * shard / SHARDS);
    }

    /** Waits until each node that runs sees a cluster that is well, with all replicas linked. */
    public void awaitWell() {
        Poll.until("the cluster is well", () -> nodes.stream().allMatch(RedisTestCluster::isWell));
    }

    private static boolean isWell(RedisTestServer node) {
        try {
            String role = node.info("replication");
            return text(node.exec("CLUSTER", "INFO")).contains("cluster_state:ok")
                    && (role.contains("role:master") || role.contains("master_link_status:up"));
        } catch (JedisException e) {
            return false;
        }
    }

    /** Its location: two of its servers. */
    public String location() {
        return "redis-cluster://127.0.0.1:" + nodes.get(0).port() + ",127.0.0.1:"
                + nodes.get(1).port();
    }

    /** Options of the product that lead here, naming all servers. */
    public RedisOptions options(Duration timeout, String keyPrefix) {
        List<RedisAddress> seeds =
                nodes.stream().map(RedisTestServer::address).collect(Collectors.toCollection(ArrayList::new));
        return new RedisOptions(new RedisTopology.Cluster(seeds, RedisLogin.NONE), null, timeout, 8, keyPrefix);
    }

    /** Node 0 to 5. */
    public RedisTestServer node(int index) {
        return nodes.get(index);
    }

    /** Whether a node runs and takes itself for a master. */
    public boolean isMaster(int index) {
        try {
            return nodes.get(index).info("replication").contains("role:master");
        } catch (JedisException e) {
            return false;
        }
    }

    /** The node that is master of a shard at present. */
    public int masterOf(int shard) {
        return isMaster(shard) ? shard : shard + SHARDS;
    }

    /** The shard to which a key belonged at the start. */
    public static int shardOf(String key) {
        int slot = JedisClusterCRC16.getSlot(key);
        return slot < firstSlot(1) ? 0 : slot < firstSlot(2) ? 1 : 2;
    }

    /** Makes the replica of a shard its master, without loss, and waits for it. */
    public void failover(int shard) {
        int replica = masterOf(shard) == shard ? shard + SHARDS : shard;
        nodes.get(replica).exec("CLUSTER", "FAILOVER");
        Poll.until("it is promoted", () -> isMaster(replica));
        awaitWell();
    }

    /** Moves slots with all that is in them. */
    public void reshard(int firstSlot, int slots, int fromNode, int toNode) {
        for (int slot = firstSlot; slot < firstSlot + slots; slot++) {
            beginMove(slot, fromNode, toNode);
            endMove(slot, fromNode, toNode);
        }
    }

    /** Leaves a slot on its way: new keys go to the other node. */
    public void beginMove(int slot, int fromNode, int toNode) {
        String number = Integer.toString(slot);
        nodes.get(toNode).exec("CLUSTER", "SETSLOT", number, "IMPORTING", ids.get(fromNode));
        nodes.get(fromNode).exec("CLUSTER", "SETSLOT", number, "MIGRATING", ids.get(toNode));
    }

    /** Moves what is in the slot, and tells everybody. */
    public void endMove(int slot, int fromNode, int toNode) {
        String number = Integer.toString(slot);
        String port = Integer.toString(nodes.get(toNode).port());
        List<?> keys =
                (List<?>) Objects.requireNonNull(nodes.get(fromNode).exec("CLUSTER", "GETKEYSINSLOT", number, "1000"));
        for (Object key : keys) {
            nodes.get(fromNode).exec("MIGRATE", "127.0.0.1", port, text(key), "0", "5000");
        }
        nodes.get(toNode).exec("CLUSTER", "SETSLOT", number, "NODE", ids.get(toNode));
        for (int i = 0; i < nodes.size(); i++) {
            if (i != toNode && isMaster(i)) {
                nodes.get(i).exec("CLUSTER", "SETSLOT", number, "NODE", ids.get(toNode));
            }
        }
    }

    /** Whether a node's view of the others has a word as a flag of one of them. */
    public boolean says(int index, String flag) {
        return text(nodes.get(index).exec("CLUSTER", "NODES")).contains("," + flag + " ");
    }

    /** Waits until each replica has what its master has. */
    public void awaitReplicated() {
        for (int shard = 0; shard < SHARDS; shard++) {
            int master = masterOf(shard);
            RedisTestServer replica = nodes.get((master + SHARDS) % nodes.size());
            long offset = nodes.get(master).offset("master_repl_offset:");
            Poll.until("the replica is up to date", () -> replica.offset("slave_repl_offset:") >= offset);
        }
    }

    /** Removes all keys of all masters. */
    public void clear() {
        for (int i = 0; i < nodes.size(); i++) {
            if (isMaster(i)) {
                nodes.get(i).exec("FLUSHALL");
            }
        }
    }

    private static String text(@Nullable Object bytes) {
        return new String((byte[]) Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        nodes.forEach(RedisTestServer::close);
    }
}
