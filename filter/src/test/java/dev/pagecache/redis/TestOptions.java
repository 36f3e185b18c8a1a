package dev.pagecache.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Options as tests need them. */
final class TestOptions {
    private TestOptions() {}

    static RedisOptions single(
            String host,
            int port,
            int database,
            @Nullable String user,
            @Nullable String password,
            @Nullable RedisTls tls,
            Duration timeout,
            int poolSize,
            String keyPrefix) {
        return of(
                new RedisTopology.Single(new RedisAddress(host, port), new RedisLogin(user, password, database)),
                tls,
                timeout,
                poolSize,
                keyPrefix);
    }

    static RedisOptions of(
            RedisTopology topology, @Nullable RedisTls tls, Duration timeout, int poolSize, String keyPrefix) {
        return new RedisOptions(topology, tls, timeout, poolSize, keyPrefix);
    }
}
