package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.store.Poll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** F-16: two nodes with the user that the documentation for operators gives, and no right besides. */
final class RedisAccessIT {
    private final AtomicInteger version = new AtomicInteger(1);

    @Test
    void userOfTheDocumentation_pagesAndPurges_areShared() throws IOException {
        try (RedisTestServer redis = RedisTestServer.start()) {
            redis.exec(documentedRule().split(" "));
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
            String denied = new String(
                    (byte[]) Objects.requireNonNull(redis.exec("INFO", "errorstats")), StandardCharsets.UTF_8);
            assertFalse(denied.contains("NOPERM"), denied);
        }
    }

    private static String documentedRule() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("src/docs/operations.md"))) {
            folder = Objects.requireNonNull(folder.getParent(), "no documentation above");
        }
        return Files.readString(folder.resolve("src/docs/operations.md"))
                .lines()
                .filter(line -> line.startsWith("ACL SETUSER pagecache "))
                .findFirst()
                .orElseThrow();
    }

    private TestSite node(String location) {
        View page = (request, response) -> {
            if (request.getMethod().equals("DELETE")) {
                version.incrementAndGet();
                response.setStatus(204);
                return;
            }
            response.getWriter().write("version " + version.get());
        };
        TestSite site = TestSite.with()
                .param("redis", location)
                .param("authority", "site.example")
                .page("/p", page)
                .start();
        assertEquals(200, site.get("/p?warm").status());
        return site;
    }
}
