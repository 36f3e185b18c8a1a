package dev.pagecache.servlet;

import dev.pagecache.config.CacheLocation;
import dev.pagecache.config.CacheSettings;
import dev.pagecache.config.RedisSecurity;
import dev.pagecache.redis.RedisAddress;
import dev.pagecache.redis.RedisLogin;
import dev.pagecache.redis.RedisOptions;
import dev.pagecache.redis.RedisTls;
import dev.pagecache.redis.RedisTopology;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the settings of a cache mean to the Redis package, which does not know them. */
final class RedisLocations {
    private RedisLocations() {}

    /** The options of a cache whose location is one of Redis; reads the files that it names. */
    static RedisOptions options(CacheSettings settings) {
        return new RedisOptions(
                topology(settings.location(), settings.redisSecurity()),
                isTls(settings.location()) ? tls(settings) : null,
                settings.redisTimeout(),
                settings.redisPoolSize(),
                settings.keyPrefix());
    }

    private static RedisTopology topology(CacheLocation location, RedisSecurity security) {
        if (location instanceof CacheLocation.Redis redis) {
            return single(redis);
        }
        if (location instanceof CacheLocation.Replicated replicated) {
            return new RedisTopology.Replicated(
                    single(replicated.primary()),
                    replicated.replicas().stream().map(RedisLocations::single).toList());
        }
        if (location instanceof CacheLocation.Sentinel sentinel) {
            return new RedisTopology.Sentinel(
                    addresses(sentinel.sentinels()),
                    sentinel.masterName(),
                    new RedisLogin(sentinel.user(), sentinel.password(), sentinel.database()),
                    new RedisLogin(security.sentinelUser(), security.sentinelPassword(), 0));
        }
        if (location instanceof CacheLocation.Cluster cluster) {
            return new RedisTopology.Cluster(
                    addresses(cluster.seeds()), new RedisLogin(cluster.user(), cluster.password(), 0));
        }
        throw new IllegalArgumentException(location + " is no location of Redis");
    }

    private static RedisTopology.Single single(CacheLocation.Redis server) {
        return new RedisTopology.Single(
                new RedisAddress(server.host(), server.port()),
                new RedisLogin(server.user(), server.password(), server.database()));
    }

    private static List<RedisAddress> addresses(List<CacheLocation.Address> addresses) {
        return addresses.stream()
                .map(address -> new RedisAddress(address.host(), address.port()))
                .toList();
    }

    private static boolean isTls(CacheLocation location) {
        if (location instanceof CacheLocation.Redis redis) {
            return redis.tls();
        }
        if (location instanceof CacheLocation.Replicated replicated) {
            return replicated.primary().tls();
        }
        if (location instanceof CacheLocation.Sentinel sentinel) {
            return sentinel.tls();
        }
        return location instanceof CacheLocation.Cluster cluster && cluster.tls();
    }

    private static RedisTls tls(CacheSettings settings) {
        RedisSecurity security = settings.redisSecurity();
        String prefix = "caches." + settings.alias() + ".redis.tls.";
        RedisTls.Store trust = store(prefix + "trustStore", security.trustStore(), security.trustStorePassword());
        RedisTls.Store keys = store(prefix + "keyStore", security.keyStore(), security.keyStorePassword());
        return RedisTls.of(trust, keys);
    }

    private static RedisTls.@Nullable Store store(String name, @Nullable String file, @Nullable String password) {
        if (file == null) {
            return null;
        }
        try {
            return RedisTls.Store.read(Path.of(file), password);
        } catch (InvalidPathException e) {
            throw wrong(name, file, "it is no path", e);
        } catch (IllegalArgumentException e) {
            throw wrong(name, file, e.getMessage(), e);
        }
    }

    private static IllegalArgumentException wrong(
            String name, String file, @Nullable String reason, IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "parameter " + name + " has the wrong value \"" + file + "\": " + reason
                        + "; allowed: path of a PKCS12 file that the password opens, or none",
                cause);
    }
}
