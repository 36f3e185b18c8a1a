package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.redis.RedisTestServer;
import dev.pagecache.servlet.RawClient;
import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A site under attack, and the Redis behind it where its stores have one.
 *
 * <p>Confined to one test class.
 */
final class Stage implements AutoCloseable {
    /** A machine under load is no reason for a miss here. */
    private static final String PATIENT = "20s";

    private static final int ATTEMPTS = 2_000;

    private final Stores stores;
    private final @Nullable RedisTestServer redis;
    private final TestSite site;

    private Stage(Stores stores, @Nullable RedisTestServer redis, TestSite site) {
        this.stores = stores;
        this.redis = redis;
        this.site = site;
    }

    /** The same site over each kind of stores, one after the other: the next one starts when it is asked for. */
    static Stream<Stage> each(Supplier<TestSite.Builder> site) {
        return Arrays.stream(Stores.values()).map(stores -> of(stores, site.get()));
    }

    /** Starts the site over new and empty stores. */
    static Stage of(Stores stores, TestSite.Builder builder) {
        RedisTestServer redis = stores.hasRedis() ? RedisTestServer.start() : null;
        if (redis != null) {
            over(redis, stores, builder);
        }
        try {
            return new Stage(stores, redis, builder.start());
        } catch (RuntimeException | Error e) {
            if (redis != null) {
                redis.close();
            }
            throw e;
        }
    }

    /** Lets a site keep its pages in a Redis that is there. */
    static TestSite.Builder over(RedisTestServer redis, Stores stores, TestSite.Builder builder) {
        builder.contextParam("pagecache.caches.default.location", redis.uri())
                .contextParam("pagecache.caches.default.redis.timeout", PATIENT);
        return stores == Stores.REDIS ? builder.contextParam("pagecache.caches.default.memory.maxBytes", "0") : builder;
    }

    Stores stores() {
        return stores;
    }

    TestSite site() {
        return site;
    }

    /** The server; an error where the stores have none. */
    RedisTestServer redis() {
        return Objects.requireNonNull(redis, "stores without Redis");
    }

    Reply get(String target, String... fields) {
        return site.get(target, fields);
    }

    Reply send(String method, String target, String... fields) {
        return site.send(method, target, fields);
    }

    /** The names of all records in Redis. */
    NavigableSet<String> redisKeys() {
        TreeSet<String> keys = new TreeSet<>();
        for (byte[] name : redis().records()) {
            keys.add(new String(name, StandardCharsets.UTF_8));
        }
        return keys;
    }

    /** Sends bytes on a connection of their own and reads one answer; null if the connection ends without one. */
    @Nullable
    Reply raw(String bytes) {
        try (RawClient client = site.client()) {
            client.write(bytes);
            return client.read(bytes.startsWith("HEAD ") ? "HEAD" : "GET");
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    /** Asks until the answer comes from the store: writes leave the request path, so that may be a moment later. */
    Reply warm(String target, String... fields) {
        for (int i = 0; i < ATTEMPTS; i++) {
            Reply reply = get(target, fields);
            if (reply.isHit()) {
                return reply;
            }
            assertEquals(200, reply.status(), reply::toString);
        }
        throw new AssertionError("never a hit at " + target);
    }

    /** Sees that a page comes from the store now, and says what it always says. */
    void assertKept(String body, String target, String... fields) {
        Reply reply = get(target, fields);
        assertTrue(reply.isHit(), reply::toString);
        assertEquals(body, reply.text());
    }

    /** Whether a text stands anywhere in an answer. */
    static boolean shows(Reply reply, String text) {
        return reply.text().contains(text)
                || reply.statusLine().contains(text)
                || String.join("\n", reply.fields()).contains(text);
    }

    @Override
    public String toString() {
        return stores.toString();
    }

    @Override
    public void close() {
        try {
            site.close();
        } finally {
            if (redis != null) {
                redis.close();
            }
        }
    }
}
