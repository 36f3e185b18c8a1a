package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.store.Poll;
import dev.pagecache.store.RemoteException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Users who may do what the operations page lists, and nothing else. */
class RedisAclIT {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RedisLogin LOGIN = new RedisLogin("web", "s3cret", 0);

    private static final String NAME_START = "cmdstat_";

    /** Keys and commands of every topology. */
    private static final List<String> COMMON = List.of(
            "ACL",
            "SETUSER",
            "web",
            "on",
            ">s3cret",
            "resetkeys",
            "~pc1:site:*",
            "resetchannels",
            "&pc1:site:*",
            "-@all",
            "+getrange",
            "+set",
            "+unlink",
            "+ping",
            "+subscribe");

    private static void allow(RedisTestServer server, String... more) {
        List<String> command = new ArrayList<>(COMMON);
        command.addAll(List.of(more));
        server.exec(command.toArray(String[]::new));
        server.exec("CONFIG", "RESETSTAT");
    }

    private static RedisOptions options(RedisTopology topology, String keyPrefix) {
        return new RedisOptions(topology, null, LONG, 2, keyPrefix);
    }

    private static void assertAllWorks(RedisOptions options) {
        byte[] value = "x".getBytes(StandardCharsets.UTF_8);
        try (RedisRemoteStore store = RedisRemoteStore.open(options)) {
            store.ping();
            store.put("{a}", value, MINUTE);
            assertArrayEquals(value, store.get("{a}", 10));
            store.remove("{a}");
        }
        try (Servers servers = Servers.open(options);
                Subscription subscription = servers.subscribe("pc1:site:news")) {
            subscription.ping();
            assertEquals(Subscription.Sign.PONG, subscription.read(LONG));
        }
    }

    /** Commands that the server has got, but for those of this test itself. */
    private static Set<String> commands(RedisTestServer server) {
        Set<String> commands = server.info("commandstats")
                .lines()
                .filter(line -> line.startsWith(NAME_START))
                .map(line ->
                        line.substring(NAME_START.length(), line.indexOf(':')).toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        commands.removeAll(Set.of("config|resetstat", "config", "info", "client", "client|setinfo"));
        return commands;
    }

    @Test
    void single_withItsCommandsOnly_doesAll() {
        try (RedisTestServer server = RedisTestServer.start()) {
            allow(server);
            assertAllWorks(options(new RedisTopology.Single(server.address(), LOGIN), "site"));
            assertEquals(Set.of("auth", "getrange", "ping", "set", "subscribe", "unlink"), commands(server));
            RedisTopology topology = new RedisTopology.Single(server.address(), LOGIN);
            try (RedisRemoteStore other = RedisRemoteStore.open(options(topology, "other"))) {
                RemoteException thrown = assertThrows(RemoteException.class, () -> other.get("{a}", 10));
                assertEquals("error reply NOPERM", thrown.getMessage());
            }
        }
    }

    @Test
    void sentinel_withItsCommandsOnly_doesAll() {
        try (RedisTestServer server = RedisTestServer.start();
                RedisTestServer sentinel =
                        RedisTestServer.startSentinel("sentinel monitor cache 127.0.0.1 " + server.port() + " 1")) {
            allow(server, "+role");
            sentinel.exec("ACL", "SETUSER", "web", "on", ">s3cret", "-@all", "+sentinel|get-master-addr-by-name");
            RedisTopology topology = new RedisTopology.Sentinel(List.of(sentinel.address()), "cache", LOGIN, LOGIN);
            assertAllWorks(options(topology, "site"));
            assertTrue(commands(server).contains("role"), () -> commands(server).toString());
        }
    }

    @Test
    void cluster_withItsCommandsOnly_doesAll() {
        try (RedisTestServer server = RedisTestServer.start("--cluster-enabled", "yes", "--cluster-announce-ip", "")) {
            List<String> slots = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            for (int slot = 0; slot < SlotRanges.SLOTS; slot++) {
                slots.add(Integer.toString(slot));
            }
            server.exec(slots.toArray(String[]::new));
            Poll.until("it is well", () -> server.clusterInfo().contains("cluster_state:ok"));
            allow(server, "+asking", "+cluster|slots", "+cluster|info");
            RedisTopology topology = new RedisTopology.Cluster(List.of(server.address()), LOGIN);
            assertAllWorks(options(topology, "site"));
            Set<String> commands = commands(server);
            assertTrue(
                    commands.stream().noneMatch(command -> command.matches("keys|scan|flush.*")), commands::toString);
        }
    }
}
