package dev.pagecache.proof;

import dev.pagecache.redis.RedisTestServer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What can befall one Redis server as a whole. */
final class ServerFaults {
    static final String FROZEN = "frozen";
    static final String KILLED = "killed";

    private ServerFaults() {}

    /** Which server is to suffer. */
    @FunctionalInterface
    interface Choice {
        RedisTestServer server(RandomGenerator random);
    }

    /** Does something to a server, and says what. */
    @FunctionalInterface
    private interface Harm {
        String to(RedisTestServer server, RandomGenerator random);
    }

    /** Undoes it. */
    @FunctionalInterface
    private interface Cure {
        void of(RedisTestServer server);
    }

    /** Faults of servers that take writes. */
    static List<Fault> of(Choice choice) {
        return List.of(
                frozen(choice),
                killed(choice),
                moment("flushed", choice, (server, random) -> {
                    server.exec("FLUSHALL");
                    return "FLUSHALL";
                }),
                connectionsKilled(choice),
                moment("subscribers killed", choice, (server, random) -> {
                    for (int i = 0; i < 5; i++) {
                        server.exec("CLIENT", "KILL", "TYPE", "pubsub");
                    }
                    return "CLIENT KILL TYPE pubsub, 5 times";
                }),
                paused(choice),
                moment("busy", choice, (server, random) -> {
                    String loops = random.nextInt(5, 150) + "000000";
                    server.exec("EVAL", "for i=1,tonumber(ARGV[1]) do end return 1", "0", loops);
                    return "a script of " + loops + " loops";
                }),
                moment("scripts gone", choice, (server, random) -> {
                    server.exec("SCRIPT", "FLUSH");
                    return "SCRIPT FLUSH";
                }),
                lasting(
                        "full",
                        choice,
                        (server, random) -> {
                            String policy = random.nextBoolean() ? "noeviction" : "allkeys-lru";
                            server.exec("CONFIG", "SET", "maxmemory-policy", policy);
                            server.exec("CONFIG", "SET", "maxmemory", "1500kb");
                            return policy;
                        },
                        server -> server.exec("CONFIG", "SET", "maxmemory", "0")));
    }

    /** Faults of servers that are read only. */
    static List<Fault> ofReplica(Choice choice) {
        return List.of(frozen(choice), killed(choice), connectionsKilled(choice), paused(choice));
    }

    private static Fault frozen(Choice choice) {
        return lasting(
                FROZEN,
                choice,
                (server, random) -> {
                    server.freeze();
                    return "STOP";
                },
                RedisTestServer::thaw);
    }

    private static Fault killed(Choice choice) {
        return lasting(
                KILLED,
                choice,
                (server, random) -> {
                    server.kill();
                    return "kill -9, comes back empty";
                },
                RedisTestServer::restart);
    }

    private static Fault connectionsKilled(Choice choice) {
        return moment("connections killed", choice, (server, random) -> {
            for (int i = 0; i < 20; i++) {
                server.exec("CLIENT", "KILL", "TYPE", "normal");
            }
            return "CLIENT KILL TYPE normal, 20 times";
        });
    }

    private static Fault paused(Choice choice) {
        return lasting(
                "paused",
                choice,
                (server, random) -> {
                    String what = random.nextBoolean() ? "ALL" : "WRITE";
                    server.exec("CLIENT", "PAUSE", Integer.toString(random.nextInt(100, 1_000)), what);
                    return "CLIENT PAUSE " + what;
                },
                server -> server.exec("CLIENT", "UNPAUSE"));
    }

    private static Fault moment(String name, Choice choice, Harm harm) {
        return lasting(name, choice, harm, server -> {});
    }

    private static Fault lasting(String name, Choice choice, Harm harm, Cure cure) {
        AtomicReference<@Nullable RedisTestServer> victim = new AtomicReference<>();
        return new Fault(
                name,
                random -> {
                    RedisTestServer server = choice.server(random);
                    victim.set(server);
                    return "port " + server.port() + " " + harm.to(server, random);
                },
                () -> cure.of(Objects.requireNonNull(victim.get())));
    }
}
