package dev.pagecache.proof;

import dev.pagecache.redis.RedisTestServer;
import java.util.List;

/** What can befall one Redis server as a whole. */
final class ServerFaults {
    private ServerFaults() {}

    static List<Fault> of(RedisTestServer server) {
        return List.of(
                new Fault(
                        "frozen",
                        random -> {
                            server.freeze();
                            return "STOP";
                        },
                        server::thaw),
                new Fault(
                        "killed",
                        random -> {
                            server.kill();
                            return "kill -9, comes back empty";
                        },
                        server::restart),
                Fault.moment("flushed", random -> {
                    server.exec("FLUSHALL");
                    return "FLUSHALL";
                }),
                Fault.moment("connections killed", random -> {
                    for (int i = 0; i < 20; i++) {
                        server.exec("CLIENT", "KILL", "TYPE", "normal");
                    }
                    return "CLIENT KILL TYPE normal, 20 times";
                }),
                Fault.moment("subscribers killed", random -> {
                    for (int i = 0; i < 5; i++) {
                        server.exec("CLIENT", "KILL", "TYPE", "pubsub");
                    }
                    return "CLIENT KILL TYPE pubsub, 5 times";
                }),
                new Fault(
                        "paused",
                        random -> {
                            String what = random.nextBoolean() ? "ALL" : "WRITE";
                            server.exec("CLIENT", "PAUSE", Integer.toString(random.nextInt(100, 1_000)), what);
                            return "CLIENT PAUSE " + what;
                        },
                        () -> server.exec("CLIENT", "UNPAUSE")),
                Fault.moment("busy", random -> {
                    String loops = Integer.toString(random.nextInt(5, 150)) + "000000";
                    server.exec("EVAL", "for i=1,tonumber(ARGV[1]) do end return 1", "0", loops);
                    return "a script of " + loops + " loops";
                }),
                Fault.moment("scripts gone", random -> {
                    server.exec("SCRIPT", "FLUSH");
                    return "SCRIPT FLUSH";
                }),
                new Fault(
                        "full",
                        random -> {
                            String policy = random.nextBoolean() ? "noeviction" : "allkeys-lru";
                            server.exec("CONFIG", "SET", "maxmemory-policy", policy);
                            server.exec("CONFIG", "SET", "maxmemory", "1500kb");
                            return policy;
                        },
                        () -> server.exec("CONFIG", "SET", "maxmemory", "0")));
    }
}
