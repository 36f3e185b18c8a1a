package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.store.Poll;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A web application is deployed again and again in one container, and nothing of the earlier ones is left. */
@Tag("jetty") // class loaders are the container's own matter
final class RedeployIT {
    private static final int REDEPLOYS = 50;

    /** These take longer: each waits for a Redis that does not answer. */
    private static final int REDEPLOYS_WHILE_FROZEN = 6;

    private final RedisTestServer redis = RedisTestServer.start();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void stop() {
        redis.close();
    }

    @BeforeEach
    void write() throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("WEB-INF")).resolve("web.xml"),
                """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0"
                         metadata-complete="true">
                  <filter>
                    <filter-name>pages</filter-name>
                    <filter-class>%s</filter-class>
                    <async-supported>true</async-supported>
                    <init-param><param-name>redis</param-name><param-value>%s</param-value></init-param>
                  </filter>
                  <filter-mapping>
                    <filter-name>pages</filter-name>
                    <url-pattern>/*</url-pattern>
                  </filter-mapping>
                  <servlet>
                    <servlet-name>page</servlet-name>
                    <servlet-class>%s</servlet-class>
                  </servlet>
                  <servlet-mapping>
                    <servlet-name>page</servlet-name>
                    <url-pattern>/*</url-pattern>
                  </servlet-mapping>
                </web-app>
                """.formatted(PageCacheFilter.class.getName(), redis.uri(), Page.class.getName()),
                StandardCharsets.UTF_8);
    }

    /** The cache and what it uses, without the servlet API and the logging, which a container may share. */
    private static String classPath() {
        String own = new File(PageCacheFilter.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .getAbsolutePath();
        List<String> parts = new ArrayList<>(List.of(own));
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            String name = new File(entry).getName();
            if (name.startsWith("caffeine") || name.startsWith("jedis") || name.startsWith("commons-pool")) {
                parts.add(entry);
            }
        }
        return String.join(";", parts);
    }

    @Test
    void application_deployedAgainAndAgain_leavesNothing() {
        try (ForkedJvm jetty = jetty()) {
            for (int i = 0; i < REDEPLOYS; i++) {
                int port = Integer.parseInt(jetty.ask("deploy"));
                use(port);
                assertEquals("done", jetty.ask("undeploy"));
            }
            assertNothingIsLeft(jetty);
        }
    }

    @Test
    void application_deployedAgainAndAgainWhileRedisIsFrozen_leavesNothing() {
        try (ForkedJvm jetty = jetty()) {
            for (int i = 0; i < REDEPLOYS_WHILE_FROZEN; i++) {
                boolean isFrozenFromTheStart = i % 2 == 1;
                if (isFrozenFromTheStart) {
                    redis.freeze();
                }
                int port = Integer.parseInt(jetty.ask("deploy"));
                use(port);
                if (!isFrozenFromTheStart) {
                    redis.freeze();
                    use(port);
                }
                assertEquals("done", jetty.ask("undeploy"));
                assertEquals("[]", jetty.ask("meters"));
                Poll.until("no thread is left", () -> jetty.ask("threads").equals("[]"));
                redis.thaw();
            }
            assertNothingIsLeft(jetty);
        }
    }

    /** What is reachable by soft references only is let go at once. */
    private ForkedJvm jetty() {
        return ForkedJvm.start(
                JettyDeployments.class, List.of("-XX:SoftRefLRUPolicyMSPerMB=0"), folder.toString(), classPath());
    }

    /** A page is rendered, found, and revoked, so that all threads and connections are in use. */
    private static void use(int port) {
        try (RawClient client = new RawClient(port)) {
            assertEquals("page", client.send("GET", "/p").text());
            assertTrue(client.send("GET", "/p").isHit());
            assertEquals(200, client.send("POST", "/p", "Content-Length: 0").status());
            assertEquals("page", client.send("GET", "/p").text());
        }
    }

    private void assertNothingIsLeft(ForkedJvm jetty) {
        Poll.until("only we are connected to Redis", () -> connections() == 1);
        Poll.until("no thread is left", () -> jetty.ask("threads").equals("[]"));
        assertEquals("[]", jetty.ask("meters"));
        // A shutdown hook or a thread-local value would keep its class loader, too. The last one of all may stay: in
        // Java 17 a cache of one place, that of the method handle which compares fields of records, holds on to it.
        Poll.until("no class loader is left", () -> Integer.parseInt(jetty.ask("class loaders")) <= 1);
    }

    private long connections() {
        byte[] list = (byte[]) Objects.requireNonNull(redis.exec("CLIENT", "LIST"));
        return new String(list, StandardCharsets.US_ASCII).lines().count();
    }

    /** Says the same each time. */
    public static final class Page extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("page");
        }
    }
}
