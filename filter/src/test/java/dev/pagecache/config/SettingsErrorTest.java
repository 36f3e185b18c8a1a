package dev.pagecache.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stops the start, and what is said then. */
final class SettingsErrorTest {
    private static final Map<String, String> NONE = Map.of();

    private static String errorOf(SettingsSource source) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> Settings.read(source))
                .getMessage());
    }

    private static String errorOf(String initParam, String value) {
        return errorOf(new SettingsSource(NONE, NONE, Map.of(initParam, value), NONE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            timeout           | abc            | no duration           | or origin
            timeout           | -1             | no duration           | 600s
            timeout           | PT-1S          | negative              | PT10M
            timeout           | PTx            | no duration           | PT10M
            timeout           | 1w             | unit                  | 10m
            timeout           | 99999999999    | longer than           | 600
            timeout           | 999999999999999d | too long            | 600
            timeout           | ~~             | no duration           | 600
            timeout           | stored         | no duration           | or origin
            scope             | Site           | no such choice        | site or view
            cache             | a.b            | no alias              | letters, digits
            cache             | other          | no such cache         | default
            keyPrefix         | a b            | no printable ASCII    | printable ASCII
            profile           | rfc            | neither               | default or rfc9111
            keyPrefix         | 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789 | longer than 128 | up to 128
            include           | a              | starts with           | url-patterns
            exclude           | *a*            | starts with           | url-patterns
            statuses          | 199            | 200 to 599            | 200 to 599
            statuses          | 200,600        | 200 to 599            | 200 to 599
            statuses          | 2xx            | no number             | 200 to 599
            statuses          | ~~             | names no status       | 200 to 599
            vary              | X-A:           | no name of a header   | header names
            vary              | *              | match no request      | header names
            inputs            | guess          | no such choice        | learned, declared or refuse
            inputs.trust      | a;b            | no name of a header   | names of header fields
            inputs.trust      | a, *           | inputs=declared       | names of header fields
            query.sort        | yes            | neither               | true or false
            cookies.ignore    | a=b            | no name of a header   | cookie names
            cookies.ignore    | _ga,@tracking  | no list @tracking     | @analytics
            query.ignore      | @analytics     | no list @analytics    | @tracking
            query.ignore      | ref,@          | no list @             | @tracking
            hosts             | a.example:80   | without port          | host names without port
            hosts             | *              | without port          | *.example.com
            hosts             | a*.example     | without port          | *.example.com
            hosts             | .              | has no name           | .example.com
            hosts             | *.             | without port          | .example.com
            hosts             | a.example,*..b | has no name           | .example.com
            hosts             | ::1            | without port          | host names
            hosts             | [::1]:80       | without port          | host names
            hosts             | .[::1]         | without port          | host names
            hosts             | []             | has no name           | host names
            hosts             | bücher.example | without port          | host names
            requestDirectives | honour         | neither               | ignore or honor
            targetedField     | a b            | no name of a header   | or none
            browserTimeout    | origin         | no duration           | or stored
            staleIfError      | x              | no duration           | a duration
            staleWhileRevalidate | x           | no duration           | a duration
            collapse          | all            | no such choice        | off, node or cluster
            collapse.wait     | 2 s            | no duration           | a duration
            earlyRenewal      | 10             | no percent sign       | from 1% to 50%
            earlyRenewal      | 51%            | no number from 0 to 50 | from 1% to 50%
            earlyRenewal      | -1%            | no number             | from 1% to 50%
            earlyRenewal      | %              | no number             | from 1% to 50%
            earlyRenewal      | 1.5%           | no number             | from 1% to 50%
            refresh.rate      | 10001          | no number from 0 to 10000 | from 0 to 10000
            refresh.rate      | 10/s           | no number             | from 0 to 10000
            tagFields         | Cache Tag:     | no name of a header   | or none
            maxBody           | 1MB            | unit                  | 1MiB
            maxBody           | 2GiB           | more than             | 1MiB
            maxBody           | 1.5MiB         | no size               | 1MiB
            cacheStatus       | ~~             | empty                 | or off
            cacheStatus       | grün           | no printable ASCII    | or off
            redis             | localhost      | no scheme             | redis://
            caches.default.location | http://h | no scheme             | memory://
            caches.default.compression | gzip  | not in this version   | none
            caches.default.version | 1s        | no number from        | 2147483647
            caches.default.memory.maxAge | 0   | shorter than 1ms      | auto
            caches.default.redis.timeout | 0   | shorter than 1ms      | 1ms to 60s
            caches.default.redis.timeout | 61s | longer than 60s       | 1ms to 60s
            caches.default.redis.poolSize | 0  | 1 to 1024             | 1 to 1024
            caches.default.redis.tracking | on | neither               | true
            """)
    void read_wrongValue_namesItAndWhatIsAllowed(String name, String value, String reason, String allowed) {
        String error = errorOf(name, value);

        assertTrue(error.contains("parameter " + name + " "), error);
        assertTrue(error.contains("(filter init-param " + name + ")"), error);
        assertTrue(error.contains(reason), error);
        assertTrue(error.substring(error.indexOf("allowed: ")).contains(allowed), error);
    }

    /** Each server of a cluster tells of its own keys only. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            redis,                   redis-cluster://h
            redis,                   rediss-cluster://h
            caches.default.location, redis-cluster://h
            """)
    void read_trackingOverACluster_isRefused(String name, String location) {
        Map<String, String> given = Map.of(name, location, "caches.default.redis.tracking", "true");
        String error = errorOf(new SettingsSource(NONE, NONE, given, NONE));

        assertTrue(error.contains("parameter caches.default.redis.tracking "), error);
        assertTrue(error.contains("(filter init-param caches.default.redis.tracking)"), error);
        assertTrue(error.contains("cluster"), error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"redis://h", "redis://h,redis://r", "redis-sentinel://h/m", "memory://", "redis-cluster://h"})
    void read_trackingWhereItMayBe_isTaken(String location) {
        String isWanted = String.valueOf(!location.contains("cluster"));
        Map<String, String> given = Map.of("redis", location, "caches.default.redis.tracking", isWanted);
        Settings settings = Settings.read(new SettingsSource(NONE, NONE, given, NONE));

        assertEquals(
                isWanted,
                String.valueOf(
                        Objects.requireNonNull(settings.caches().get("default")).tracksDeletions()));
    }

    @Test
    void read_wrongValue_saysWhereItWasGiven() {
        Map<String, String> dotted = Map.of("pagecache.scope", "x");
        assertTrue(errorOf("scope", "x").contains("\"x\" (filter init-param scope)"));
        assertTrue(errorOf(new SettingsSource(dotted, NONE, NONE, NONE)).contains("(system property pagecache.scope)"));
        assertTrue(errorOf(new SettingsSource(NONE, Map.of("PAGECACHE_SCOPE", "x"), NONE, NONE))
                .contains("(environment variable PAGECACHE_SCOPE)"));
        assertTrue(errorOf(new SettingsSource(NONE, NONE, NONE, dotted)).contains("(context-param pagecache.scope)"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            redis,                   redis://u:s3cret@h:x
            redis,                   s3cret
            caches.default.location, redis://u:s3cret@h:x
            caches.default.location, redis-cluster://u:s3cret@h:x
            timeout,                 redis://u:s3cret@h
            keyPrefix,               redis://u:s3cret@h ü
            vary,                    redis://u:s3cret@h
            vary,                    u:s3cret@h
            query.ignore,            @s3cret@h
            cookies.ignore,          'u:s3cret,@h'
            caches.default.password, s3cret
            reddis,                  redis://:s3cret@h
            """)
    void read_passwordInAWrongPlace_isInNoError(String name, String value) {
        String error = errorOf(name, value);

        assertFalse(error.contains("s3cret"), error);
        assertTrue(error.contains(name), error);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            timeuot,                        timeout
            keyprefix,                      keyPrefix
            stale-if-error,                 staleIfError
            caches.default.locaton,         caches.default.location
            caches.other.memory.maxbytes,   caches.other.memory.maxBytes
            cache.default.location,         caches.default.location
            """)
    void read_unknownName_suggestsTheNearest(String name, String nearest) {
        String error = errorOf(name, "1");
        assertTrue(error.contains("(filter init-param " + name + "); did you mean " + nearest + "?"), error);

        Map<String, String> shared = Map.of("pagecache." + name, "1");
        String ofProperty = errorOf(new SettingsSource(shared, NONE, NONE, NONE));
        assertTrue(ofProperty.contains("(system property pagecache." + name + ")"), ofProperty);
        assertTrue(ofProperty.contains("did you mean pagecache." + nearest + "?"), ofProperty);
        String ofContext = errorOf(new SettingsSource(NONE, NONE, NONE, shared));
        assertTrue(ofContext.contains("(context-param pagecache." + name + ")"), ofContext);
    }

    @ParameterizedTest
    @ValueSource(strings = {"somethingElseEntirely", "caches.a b.location", "caches.default", "caches..location"})
    void read_unknownName_isRefused(String name) {
        assertTrue(errorOf(name, "1").contains("there is no parameter " + name));
    }

    @Test
    void read_nameUnlikeAnyOther_listsTheKnownOnes() {
        assertTrue(errorOf("somethingElseEntirely", "1")
                .contains("known are admin.token, authority, auto, browserTimeout, cache, "));
    }

    @Test
    void read_unknownEnvironmentVariable_isAWarning() {
        Settings settings = Settings.read(new SettingsSource(
                NONE,
                Map.of(
                        "PAGECACHE_SERVICE_HOST_AND_MORE_THAN_THAT",
                        "10.0.0.1",
                        "PAGECACHE_TIMEOT",
                        "5",
                        "PAGECACHE_AUTO",
                        "false"),
                NONE,
                NONE));

        assertEquals(
                List.of(
                        "environment variable PAGECACHE_SERVICE_HOST_AND_MORE_THAN_THAT is not known",
                        "environment variable PAGECACHE_TIMEOT is not known; did you mean PAGECACHE_TIMEOUT?"),
                settings.warnings());
    }
}
