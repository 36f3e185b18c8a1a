package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.store.Poll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** F-16: two nodes with the user that the documentation for operators gives, and no right besides. */
final class RedisAccessIT {
    private final AtomicInteger version = new AtomicInteger(1);

    @Test
    void userOfTheDocumentation_pagesAndPurges_areShared() throws IOException {
        try (RedisTestServer redis = RedisTestServer.start()) {
            redis.exec(documentedRules().get(0).split(" "));
            String location = "redis://pagecache:secret@127.0.0.1:" + redis.port() + "/0";
            try (TestSite first = node(location);
                    TestSite second = node(location)) {
                first.getStoredThenHit("/p");
                Poll.until("the other node has the page", () -> second.get("/p").isHit());
                first.send("DELETE", "/p");
                Poll.until(
                        "the other node shows the new page",
                        () -> second.get("/p").text().equals("version 2"));
            }
            String commands = new String(
                    (byte[]) Objects.requireNonNull(redis.exec("INFO", "commandstats")), StandardCharsets.UTF_8);
            for (String never : new String[] {"flushdb", "flushall", "scan", "config"}) {
                assertFalse(commands.contains("cmdstat_" + never + ":"), commands);
            }
            assertNothingDenied(redis);
        }
    }

    /** With the rights that the option needs besides. */
    @Test
    void userOfTheDocumentation_pagesDeletedByHand_leaveMemory() throws IOException {
        try (RedisTestServer redis = RedisTestServer.start()) {
            List<String> rules = documentedRules();
            assertEquals(2, rules.size());
            rules.forEach(rule -> redis.exec(rule.split(" ")));
            String location = "redis://pagecache:secret@127.0.0.1:" + redis.port() + "/0";
            String[] options = {"caches.default.redis.tracking", "true", "caches.default.memory.maxAge", "1h"};
            try (TestSite site = node(location, options)) {
                Poll.until("it listens", () -> listeners(redis) == 2);
                site.getStoredThenHit("/p");
                Poll.until("Redis has the page", () -> redis.records().size() == 2);
                version.incrementAndGet();
                redis.clearRecords();
                Poll.until("the page is shown anew", () -> site.get("/p").text().equals("version 2"));
            }
            assertNothingDenied(redis);
        }
    }

    private static long listeners(RedisTestServer redis) {
        Object clients = Objects.requireNonNull(redis.exec("CLIENT", "LIST", "TYPE", "pubsub"));
        return new String((byte[]) clients, StandardCharsets.UTF_8).lines().count();
    }

    private static void assertNothingDenied(RedisTestServer redis) {
        String denied =
                new String((byte[]) Objects.requireNonNull(redis.exec("INFO", "errorstats")), StandardCharsets.UTF_8);
        assertFalse(denied.contains("NOPERM"), denied);
    }

    /** That of every cache, and that of redis.tracking. */
    private static List<String> documentedRules() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("src/docs/operations.md"))) {
            folder = Objects.requireNonNull(folder.getParent(), "no documentation above");
        }
        return Files.readString(folder.resolve("src/docs/operations.md"))
                .lines()
                .filter(line -> line.startsWith("ACL SETUSER pagecache "))
                .toList();
    }

    private TestSite node(String location, String... params) {
        View page = (request, response) -> {
            if (request.getMethod().equals("DELETE")) {
                version.incrementAndGet();
                response.setStatus(204);
                return;
            }
            response.getWriter().write("version " + version.get());
        };
        TestSite.Builder builder = TestSite.with()
                .param("redis", location)
                .param("authority", "site.example")
                .page("/p", page);
        for (int i = 0; i < params.length; i += 2) {
            builder.param(params[i], params[i + 1]);
        }
        TestSite site = builder.start();
        assertEquals(200, site.get("/p?warm").status());
        return site;
    }
}
