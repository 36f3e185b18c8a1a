package dev.pagecache.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.config.CacheLocation.Memory;
import dev.pagecache.config.CacheLocation.Redis;
import dev.pagecache.policy.HiddenInputs;
import dev.pagecache.policy.HostFilter;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.PagePolicy.Inputs;
import dev.pagecache.policy.PathFilter;
import dev.pagecache.policy.PathPattern;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
    private static final Map<String, String> NONE = Map.of();

    private static Settings init(Map<String, String> initParams) {
        return Settings.read(new SettingsSource(NONE, NONE, initParams, NONE));
    }

    private static Settings context(Map<String, String> contextParams) {
        return Settings.read(new SettingsSource(NONE, NONE, NONE, contextParams));
    }

    private static Settings environment(Map<String, String> environment) {
        return Settings.read(new SettingsSource(NONE, environment, NONE, NONE));
    }

    private static String errorOf(SettingsSource source) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> Settings.read(source))
                .getMessage());
    }

    private static String errorOf(String initParam, String value) {
        return errorOf(new SettingsSource(NONE, NONE, Map.of(initParam, value), NONE));
    }

    @Test
    void read_nothingGiven_hasTheDefaults() {
        Settings settings = init(NONE);

        PagePolicy policy = new PagePolicy(
                "",
                "",
                null,
                HostFilter.ALL,
                PathFilter.ALL,
                null,
                Duration.ofMinutes(10),
                Set.of(200),
                List.of(),
                Inputs.LEARNED,
                Set.of(),
                HiddenInputs.NONE,
                false,
                null,
                Set.of(),
                null,
                Duration.ZERO,
                Duration.ZERO,
                0,
                1 << 20,
                List.of(),
                List.of("cache-tag", "surrogate-key"));
        assertEquals(
                new FilterSettings(
                        Scope.SITE,
                        "default",
                        policy,
                        Collapse.NODE,
                        Duration.ofSeconds(2),
                        10,
                        "pagecache",
                        false,
                        null,
                        PurgeAccess.OFF,
                        null),
                settings.filter());
        CacheSettings cache = new CacheSettings(
                "default",
                new Memory(),
                Duration.ofMinutes(5),
                "pagecache",
                1,
                64L << 20,
                null,
                Duration.ofMillis(150),
                16,
                false,
                RedisSecurity.NONE,
                null);
        assertEquals(Map.of("default", cache), settings.caches());
        assertEquals(List.of(), settings.warnings());
    }

    @Test
    void read_profileRfc9111_isAGeneralSharedCache() {
        PagePolicy policy = init(Map.of("profile", "rfc9111")).filter().policy();

        assertNull(policy.timeout());
        assertEquals(EnumSet.allOf(Feature.class), policy.features());
        assertTrue(policy.honorsRequestDirectives());
        assertEquals("cdn-cache-control", policy.targetedField());
        assertEquals(Duration.ofDays(1), policy.staleIfError());
        assertEquals(Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501), policy.statuses());
    }

    @Test
    void read_profileAndSingleParameters_theParametersOverride() {
        PagePolicy policy = init(Map.of(
                        "profile", "rfc9111",
                        "timeout", "60",
                        "targetedField", "none",
                        "requestDirectives", "ignore",
                        "staleIfError", "0",
                        "statuses", "200"))
                .filter()
                .policy();

        assertEquals(Duration.ofSeconds(60), policy.timeout());
        assertNull(policy.targetedField());
        assertFalse(policy.honorsRequestDirectives());
        assertEquals(Duration.ZERO, policy.staleIfError());
        assertEquals(Set.of(200), policy.statuses());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0%, 0", "1%, 1", "50%, 50"})
    void earlyRenewal_percentage_isThatOfTheWindow(String given, int percent) {
        assertEquals(
                percent, init(Map.of("earlyRenewal", given)).filter().policy().earlyRenewalPercent());
    }

    @Test
    void tagFields_none_areNone() {
        assertEquals(
                List.of(), init(Map.of("tagFields", "none")).filter().policy().tagFields());
    }

    @Test
    void read_everyParameter_isTaken() {
        FilterSettings filter = init(Map.ofEntries(
                        Map.entry("timeout", "origin"),
                        Map.entry("scope", "view"),
                        Map.entry("keyPrefix", "shop"),
                        Map.entry("include", "/a/*, *.html"),
                        Map.entry("exclude", "/a/b"),
                        Map.entry("statuses", "200, 404\n410"),
                        Map.entry("vary", "X-B,x-a X-A"),
                        Map.entry("inputs", "refuse"),
                        Map.entry("inputs.trust", "X-Trace Cookie"),
                        Map.entry("authority", "shop.example"),
                        Map.entry("query.ignore", "utm_*,gclid"),
                        Map.entry("hosts", "shop.example,.b.example"),
                        Map.entry("query.sort", "true"),
                        Map.entry("cookies.ignore", "_ga*"),
                        Map.entry("requestDirectives", "honor"),
                        Map.entry("targetedField", "CDN-Cache-Control"),
                        Map.entry("browserTimeout", "30"),
                        Map.entry("staleWhileRevalidate", "1m"),
                        Map.entry("staleIfError", "1h"),
                        Map.entry("collapse", "off"),
                        Map.entry("collapse.wait", "250ms"),
                        Map.entry("earlyRenewal", "10%"),
                        Map.entry("refresh.rate", "25"),
                        Map.entry("tagFields", "X-Tags, Edge-Cache-Tag"),
                        Map.entry("maxBody", "64KiB"),
                        Map.entry("cacheStatus", "off")))
                .filter();

        PagePolicy policy = new PagePolicy(
                "shop",
                "shop",
                "shop.example",
                HostFilter.of(List.of("shop.example", ".b.example")),
                new PathFilter(
                        List.of(PathPattern.of("/a/*"), PathPattern.of("*.html")), List.of(PathPattern.of("/a/b"))),
                null,
                null,
                Set.of(200, 404, 410),
                List.of("x-a", "x-b"),
                Inputs.REFUSE,
                Set.of("X-Trace", "Cookie"),
                new HiddenInputs(List.of("utm_*", "gclid"), true, List.of("_ga*")),
                true,
                "cdn-cache-control",
                Set.of(),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                10,
                64 << 10,
                List.of(),
                List.of("edge-cache-tag", "x-tags"));
        assertEquals(
                new FilterSettings(
                        Scope.VIEW,
                        "default",
                        policy,
                        Collapse.OFF,
                        Duration.ofMillis(250),
                        25,
                        null,
                        false,
                        null,
                        PurgeAccess.OFF,
                        null),
                filter);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            sys, env, init, context, sys
            '',  env, init, context, env
            '',  '',  init, context, init
            '',  '',  '',   context, context
            '',  '',  '',   '',      pagecache
            """)
    void read_severalLayers_theFirstCounts(String sys, String env, String init, String context, String expected) {
        SettingsSource source = new SettingsSource(
                layer("pagecache.cacheStatus", sys),
                layer("PAGECACHE_CACHE_STATUS", env),
                layer("cacheStatus", init),
                layer("pagecache.cacheStatus", context));

        assertEquals(expected, Settings.read(source).filter().cacheStatus());
    }

    private static Map<String, String> layer(String name, String value) {
        return value.isEmpty() ? NONE : Map.of(name, value);
    }

    @ParameterizedTest
    @CsvSource({
        "keyPrefix, PAGECACHE_KEY_PREFIX",
        "collapse.wait, PAGECACHE_COLLAPSE_WAIT",
        "staleWhileRevalidate, PAGECACHE_STALE_WHILE_REVALIDATE",
        "caches.default.memory.maxBytes, PAGECACHE_CACHES_DEFAULT_MEMORY_MAX_BYTES",
        "caches.my-cache.location, PAGECACHE_CACHES_MY_CACHE_LOCATION",
    })
    void environmentName_name_isUpperSnakeCase(String name, String expected) {
        assertEquals(expected, SettingsSource.environmentName(name));
    }

    @Test
    void read_valueWithSpaceAround_isTrimmed() {
        assertEquals(
                Duration.ofSeconds(5),
                init(Map.of("timeout", "\n 5 ")).filter().policy().timeout());
    }

    @Test
    void read_foreignNamesOfSharedLayers_areIgnored() {
        Map<String, String> shared = Map.of("user.name", "x", "pagecachex", "y");

        assertEquals(init(NONE), Settings.read(new SettingsSource(shared, Map.of("PATH", "/bin"), NONE, shared)));
    }

    @Test
    void isAutoRegistered_layers_areAsked() {
        Map<String, String> off = Map.of("pagecache.auto", "false");
        assertTrue(Settings.isAutoRegistered(new SettingsSource(NONE, NONE, NONE, NONE)));
        assertFalse(Settings.isAutoRegistered(new SettingsSource(NONE, NONE, NONE, off)));
        assertFalse(Settings.isAutoRegistered(new SettingsSource(off, NONE, NONE, NONE)));
        assertFalse(Settings.isAutoRegistered(new SettingsSource(NONE, Map.of("PAGECACHE_AUTO", "false"), NONE, NONE)));
        assertEquals(init(NONE), context(off));
        assertTrue(errorOf("auto", "false").contains("context-param pagecache.auto"));
    }

    @Test
    void read_redis_isTheDefaultCachesLocation() {
        Settings settings = environment(Map.of("PAGECACHE_REDIS", "redis://:s3cret@h/1"));

        assertEquals("redis://:s3cret@h/1", settings.filter().redis());
        assertEquals(new Redis("h", 6379, 1, null, "s3cret", false), location(settings, "default"));
        assertFalse(settings.toString().contains("s3cret"), settings.toString());
        assertNull(init(Map.of("redis", "")).filter().redis());
        assertTrue(init(NONE).toString().contains("redis=none"));
        assertNull(init(Map.of("targetedField", "")).filter().policy().targetedField());
    }

    @Test
    void read_redisAndTheSameLocation_isFine() {
        Settings settings = init(Map.of("redis", "redis://h", "caches.default.location", "redis://h:6379/0"));

        assertEquals(new Redis("h", 6379, 0, null, null, false), location(settings, "default"));
    }

    @Test
    void read_redisAndAnotherLocation_namesBoth() {
        String error = errorOf(new SettingsSource(
                NONE,
                Map.of("PAGECACHE_REDIS", "redis://:s3cret@h"),
                NONE,
                Map.of("pagecache.caches.default.location", "redis://:s3cret@other")));

        assertTrue(error.contains("redis (environment variable PAGECACHE_REDIS)"), error);
        assertTrue(error.contains("caches.default.location (context-param pagecache.caches.default.location)"), error);
        assertFalse(error.contains("s3cret"), error);
    }

    private static CacheSettings cache(Settings settings, String alias) {
        return Objects.requireNonNull(settings.caches().get(alias), alias);
    }

    private static CacheLocation location(Settings settings, String alias) {
        return cache(settings, alias).location();
    }

    @Test
    void read_severalCaches_eachHasItsOptions() {
        Settings settings = Settings.read(new SettingsSource(
                Map.of("pagecache.caches.a.version", "7"),
                Map.of(
                        "PAGECACHE_CACHES_MY_CACHE_REDIS_TIMEOUT",
                        "1s",
                        "PAGECACHE_CACHES_B_MEMORY_MAX_BYTES",
                        "1GiB",
                        "PAGECACHE_CACHES_A_VERSION",
                        "6"),
                Map.of("cache", "myCache"),
                Map.of(
                        "pagecache.caches.a.location", "dummy://",
                        "pagecache.caches.a.memory.maxAge", "5s",
                        "pagecache.caches.a.keyPrefix", "",
                        "pagecache.caches.a.timeout", "1d",
                        "pagecache.caches.a.redis.poolSize", "2")));

        assertEquals(Set.of("a", "b", "default", "myCache"), settings.caches().keySet());
        assertEquals(
                new CacheSettings(
                        "a",
                        new CacheLocation.Dummy(),
                        Duration.ofDays(1),
                        "",
                        7,
                        64L << 20,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(150),
                        2,
                        false,
                        RedisSecurity.NONE,
                        null),
                settings.caches().get("a"));
        assertEquals(1L << 30, cache(settings, "b").memoryMaxBytes());
        assertEquals(Duration.ofSeconds(1), cache(settings, "myCache").redisTimeout());
        assertEquals(List.of(), settings.warnings());
    }

    @Test
    void read_cacheNamedLikeAnOptionsFirstPart_isACache() {
        assertEquals(
                Set.of("default", "redis"),
                environment(Map.of("PAGECACHE_CACHES_REDIS_TIMEOUT", "5"))
                        .caches()
                        .keySet());
    }

    @Test
    void read_redisAndOtherCaches_onlyTheDefaultOneIsThere() {
        Settings settings = init(Map.of("redis", "redis://h", "caches.a.version", "2"));

        assertEquals(new Memory(), location(settings, "a"));
    }

    @Test
    void ofSystem_systemProperty_isRead() {
        System.setProperty("pagecache.cacheStatus", "from-system");
        try {
            SettingsSource source = SettingsSource.ofSystem(Map.of("timeout", "1"), Map.of("pagecache.scope", "view"));
            assertEquals("from-system", Settings.read(source).filter().cacheStatus());
            assertTrue(source.toString().contains("pagecache."), source.toString());
            assertFalse(source.toString().contains("from-system"), source.toString());
        } finally {
            System.clearProperty("pagecache.cacheStatus");
        }
    }
}
