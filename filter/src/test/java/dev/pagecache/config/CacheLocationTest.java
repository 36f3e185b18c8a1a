package dev.pagecache.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.config.CacheLocation.Address;
import dev.pagecache.config.CacheLocation.Cluster;
import dev.pagecache.config.CacheLocation.Redis;
import dev.pagecache.config.CacheLocation.Replicated;
import dev.pagecache.config.CacheLocation.Sentinel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CacheLocationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis://h                        | h           | 6379 | 0  |      |         | false
            redis://Cache-1_z.example        | Cache-1_z.example | 6379 | 0 | |       | false
            redis://h/                       | h           | 6379 | 0  |      |         | false
            REDIS://h:1/2                    | h           | 1    | 2  |      |         | false
            redis://cache.example:65535/15   | cache.example | 65535 | 15 |  |         | false
            rediss://h                       | h           | 6379 | 0  |      |         | true
            redis://u:p@h                    | h           | 6379 | 0  | u    | p       | false
            redis://:p@h:6380                | h           | 6380 | 0  |      | p       | false
            redis://u%3A:p%40%2F%25@h        | h           | 6379 | 0  | u:   | p@/%    | false
            redis://u:a+b@h                  | h           | 6379 | 0  | u    | a+b     | false
            redis://u:p:q@h                  | h           | 6379 | 0  | u    | p:q     | false
            redis://u:p@q@h                  | h           | 6379 | 0  | u    | p@q     | false
            redis://u:p/q@h/3                | h           | 6379 | 3  | u    | p/q     | false
            redis://u:gr%C3%BCn@h            | h           | 6379 | 0  | u    | grün    | false
            redis://[::1]                    | ::1         | 6379 | 0  |      |         | false
            redis://[fe80::1%eth0]:6380/1    | fe80::1%eth0 | 6380 | 1 |      |         | false
            rediss://u:p@[2001:db8::7]:6380  | 2001:db8::7 | 6380 | 0  | u    | p       | true
            """)
    void parse_redis_isTakenApart(
            String text,
            String host,
            int port,
            int database,
            @Nullable String user,
            @Nullable String password,
            boolean tls) {
        assertEquals(new Redis(host, port, database, user, password, tls), CacheLocation.parse(text));
    }

    @Test
    void parse_list_isAPrimaryAndItsReplicas() {
        assertEquals(
                new Replicated(
                        new Redis("a", 6379, 0, "u", "p,q", false),
                        List.of(
                                new Redis("b", 1, 0, "u", "p,q", false),
                                new Redis("c", 6379, 0, null, "other", false))),
                CacheLocation.parse("redis://u:p,q@a,redis://b:1,redis://:other@c/0"));
    }

    @Test
    void parse_sentinel_isTakenApart() {
        assertEquals(
                new Sentinel(
                        List.of(new Address("a", 26_379), new Address("::1", 5)), "my-master", 3, "u", "p@/", true),
                CacheLocation.parse("rediss-sentinel://u:p%40%2F@a,[::1]:5/my-master/3"));
        assertEquals(
                new Sentinel(List.of(new Address("a", 26_379)), "m", 0, null, null, false),
                CacheLocation.parse("redis-sentinel://a/m"));
    }

    @Test
    void parse_cluster_isTakenApart() {
        assertEquals(
                new Cluster(List.of(new Address("a", 6_379), new Address("b", 2)), null, "p,q", true),
                CacheLocation.parse("rediss-cluster://:p,q@a,b:2/0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memory://",
                "dummy://",
                "redis://h:6379/0",
                "rediss://[::1]:1/2",
                "redis://a:1/2,redis://b:2/2",
                "rediss://a:1/0,rediss://b:2/0,rediss://[::1]:3/0",
                "redis-sentinel://a:1,[::1]:2/my-master.1/3",
                "rediss-sentinel://a:1/m/0",
                "redis-cluster://a:1,b:2",
                "rediss-cluster://[::1]:1"
            })
    void toString_withoutPassword_isTheLocation(String text) {
        assertEquals(text, CacheLocation.parse(text).toString());
        assertEquals(text, CacheLocation.mask(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            redis://u:s3cret@h           | redis://u:***@h:6379/0
            redis://:s3cret@h            | redis://:***@h:6379/0
            rediss://u:s3cret@[::1]/1    | rediss://u:***@[::1]:6379/1
            redis://u:s3cret@h:x         | redis://***
            redis://u:s3cret             | redis://***
            redis://s3cret@h             | redis://***
            redis-cluster://u:s3cret@h   | redis-cluster://u:***@h:6379
            redis-sentinel://:s3cret@h/m | redis-sentinel://:***@h:26379/m/0
            redis://:s3cret@a,redis://b  | redis://:***@a:6379/0,redis://:***@b:6379/0
            redis-cluster://s3cret@h     | redis-cluster://***
            s3cret                       | ***
            """)
    void mask_anyText_hidesThePassword(String text, String expected) {
        assertEquals(expected, CacheLocation.mask(text));
        try {
            assertEquals(expected, CacheLocation.parse(text).toString());
        } catch (IllegalArgumentException e) {
            assertFalse(String.valueOf(e.getMessage()).contains("s3cret"), e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                         | no scheme
            localhost:6379             | no scheme
            http://h                   | no scheme
            memory://x                 | nothing may follow
            dummy://x                  | nothing may follow
            redis://                   | no host
            redis://:6379              | no host
            redis://[]                 | no host
            redis://[h]                | no host
            redis://h:                 | port
            redis://h:x                | port
            redis://h:0                | port
            redis://h:65536            | port
            redis://h:-1               | port
            redis://h:1:2              | port
            redis://::1                | no host
            redis://h/x                | database
            redis://h/-1               | database
            redis://h/0/1              | database
            redis://h/0?timeout=1      | database
            redis://h%20               | character
            redis://h{}                | character
            redis://h^                 | character
            redis://[h:1               | character
            redis://h x                | character
            redis://u@h                | user:password
            redis://u:@h               | empty
            redis://u:%@h              | %25
            redis://u:%4@h             | %25
            redis://u:%zz@h            | %25
            redis://u:%FF@h            | %25
            redis://a,b                | its own redis://
            redis://a:1,               | its own redis://
            redis://a,rediss://b       | differ
            redis://a/1,redis://b      | differ
            redis://a,redis-cluster://b | its own redis://
            redis-cluster://           | no host
            redis-cluster://a,         | no host
            redis-cluster://a,,b       | no host
            redis-cluster://a:x,b      | port
            redis-cluster://a/1        | database 0 only
            redis-cluster://a/m        | database
            redis-cluster://u@a        | user:password
            redis-sentinel://a         | name of the master
            redis-sentinel://a/        | name of the master
            redis-sentinel://a/m n     | name of the master
            redis-sentinel://a//0      | name of the master
            redis-sentinel://a/m/x     | database
            redis-sentinel://a/m/0/1   | database
            redis-sentinel:///m        | no host
            """)
    void parse_otherText_isRefusedWithAReason(String text, String reason) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> CacheLocation.parse(text));

        assertTrue(String.valueOf(e.getMessage()).contains(reason), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"memory://, Memory", "dummy://, Dummy", "MEMORY://, Memory"})
    void parse_localLocation_isRead(String text, String type) {
        assertEquals(
                type,
                assertInstanceOf(Record.class, CacheLocation.parse(text))
                        .getClass()
                        .getSimpleName());
    }
}
