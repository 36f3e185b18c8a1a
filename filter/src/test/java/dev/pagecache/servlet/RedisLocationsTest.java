package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.config.CacheLocation;
import dev.pagecache.config.CacheSettings;
import dev.pagecache.config.RedisSecurity;
import dev.pagecache.redis.RedisAddress;
import dev.pagecache.redis.RedisLogin;
import dev.pagecache.redis.RedisTopology;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisLocationsTest {
    private static final RedisLogin LOGIN = new RedisLogin("u", "p", 0);

    private static CacheSettings settings(String location, RedisSecurity security) {
        return new CacheSettings(
                "pages",
                CacheLocation.parse(location),
                Duration.ofMinutes(5),
                "site",
                1,
                0,
                null,
                Duration.ofMillis(150),
                7,
                false,
                security,
                null);
    }

    private static RedisTopology topology(String location) {
        return RedisLocations.options(settings(location, RedisSecurity.NONE)).topology();
    }

    private static RedisAddress at(String host, int port) {
        return new RedisAddress(host, port);
    }

    @Test
    void options_ofOneServer_areTakenOver() {
        assertEquals(new RedisTopology.Single(at("h", 1), new RedisLogin("u", "p", 2)), topology("redis://u:p@h:1/2"));
        var options = RedisLocations.options(settings("redis://h", RedisSecurity.NONE));
        assertNull(options.tls());
        assertEquals(Duration.ofMillis(150), options.timeout());
        assertEquals(7, options.poolSize());
        assertEquals("site", options.keyPrefix());
    }

    @Test
    void options_ofAList_haveThePrimaryFirst() {
        assertEquals(
                new RedisTopology.Replicated(
                        new RedisTopology.Single(at("a", 6_379), LOGIN),
                        List.of(new RedisTopology.Single(at("b", 2), LOGIN))),
                topology("redis://u:p@a,redis://b:2"));
    }

    @Test
    void options_ofSentinels_haveALoginForThem() {
        RedisSecurity security = new RedisSecurity(null, null, null, null, "watch", "dog");
        assertEquals(
                new RedisTopology.Sentinel(
                        List.of(at("a", 26_379), at("b", 3)),
                        "m",
                        new RedisLogin("u", "p", 4),
                        new RedisLogin("watch", "dog", 0)),
                RedisLocations.options(settings("redis-sentinel://u:p@a,b:3/m/4", security))
                        .topology());
    }

    @Test
    void options_ofACluster_haveItsSeeds() {
        assertEquals(
                new RedisTopology.Cluster(List.of(at("a", 1), at("b", 6_379)), LOGIN),
                topology("redis-cluster://u:p@a:1,b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rediss://h", "rediss://a,rediss://b", "rediss-sentinel://a/m", "rediss-cluster://a"})
    void options_overTls_encrypt(String location) {
        assertNotNull(
                RedisLocations.options(settings(location, RedisSecurity.NONE)).tls());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void options_withAFileThatIsNone_nameTheParameter(boolean isTrust) {
        RedisSecurity security = isTrust
                ? new RedisSecurity("no-such-file.p12", "s3cret", null, null, null, null)
                : new RedisSecurity(null, null, "no-such-file.p12", "s3cret", null, null);
        CacheSettings settings = settings("rediss://h", security);
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> RedisLocations.options(settings));
        String message = String.valueOf(thrown.getMessage());
        String name = "parameter caches.pages.redis.tls." + (isTrust ? "trustStore" : "keyStore")
                + " has the wrong value \"no-such-file.p12\": there is no file that can be read";
        assertTrue(message.startsWith(name), message);
        assertFalse(message.contains("s3cret") || settings.toString().contains("s3cret"), message);
    }
}
