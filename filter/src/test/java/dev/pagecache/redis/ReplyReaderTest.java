package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

class ReplyReaderTest {
    /** 20 bytes, 6 elements, 2 deep. */
    private static final ReplyLimits NESTED = new ReplyLimits(20, 6, 2, false);

    private static @Nullable Object read(String reply, ReplyLimits limits) {
        byte[] bytes = reply.replace("|", "\r\n").getBytes(StandardCharsets.UTF_8);
        return new ReplyReader(new RedisInputStream(new ByteArrayInputStream(bytes)), limits).read();
    }

    private static String show(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return value instanceof List<?> list
                ? list.stream().map(ReplyReaderTest::show).toList().toString()
                : Objects.toString(value);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            a status line;      +OK|;                                    OK
            an integer;         :-7|;                                    -7
            a bulk string;      $3|a$b|;                                 a$b
            no elements;        *0|;                                     []
            elements;           *3|$1|a|:2|$0||;                         [a, 2, ]
            as many as may be;  *6|:1|:2|:3|:4|:5|:6|;                   [1, 2, 3, 4, 5, 6]
            as much as may be;  *2|$10|0123456789|$10|0123456789|;       [0123456789, 0123456789]
            nested;             *2|*2|:1|$1|a|*1|:2|;                    [[1, a], [2]]
            """)
    void read_whatIsDue_isRead(String name, String reply, String expected) {
        assertEquals(expected, show(read(reply, NESTED)), name);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            a count beyond all memory;       *2147483647|
            a count below zero;              *-2|
            one element too many;            *7|:1|:2|:3|:4|:5|:6|:7|
            one too many in all;             *2|*2|:1|:2|*3|:1|:2|:3|
            one level too deep;              *1|*1|*1|:1|
            one byte too many;               $21|012345678901234567890|
            one byte too many in all;        *2|$10|0123456789|$11|01234567890|
            a null bulk;                     *1|$-1|
            a null array;                    *-1|
            an array that ends early;        *2|:1|
            an element that ends early;      *1|$5|ab
            an error as element;             *1|-ERR no|
            a status line as element;        *1|+OK|
            a RESP3 map;                     %1|
            a RESP3 set as element;          *1|~1|
            nothing;                         ''
            """)
    void read_whatIsNotDue_isRefused(String name, String reply) {
        assertThrows(JedisConnectionException.class, () -> read(reply, NESTED), name);
    }

    @Test
    void read_whereNoArrayIsDue_isRefused() {
        assertThrows(JedisConnectionException.class, () -> read("*0|", ReplyLimits.bulk(100)));
    }

    @Test
    void read_nullWhereItMayBe_isNull() {
        ReplyLimits limits = ReplyLimits.array(10, 3).orNull();
        assertNull(read("$-1|", limits));
        assertNull(read("*-1|", limits));
        assertEquals("[null, a]", show(read("*2|$-1|$1|a|", limits)));
    }

    @Test
    void read_anError_isDataOnlyAtTheTop() {
        JedisDataException thrown = assertThrows(JedisDataException.class, () -> read("-MOVED 1 h:2|", NESTED));
        assertEquals("MOVED 1 h:2", thrown.getMessage());
    }

    /** Limits that allow much must not allocate much before it comes. */
    @Test
    void read_arraysInArraysWithoutEnd_endsAtTheDepth() {
        EndlessNesting in = new EndlessNesting();
        ReplyLimits deep = new ReplyLimits(1 << 20, 20_000, 8, false);
        assertThrows(JedisConnectionException.class, () -> new ReplyReader(new RedisInputStream(in), deep).read());
        assertTrue(in.count < 100_000, "read " + in.count);
    }

    private static final class EndlessNesting extends InputStream {
        private static final byte[] LEVEL = "*1\r\n".getBytes(StandardCharsets.US_ASCII);
        private int count;

        @Override
        public int read() {
            return LEVEL[count++ % LEVEL.length];
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            for (int i = 0; i < length; i++) {
                buffer[offset + i] = (byte) read();
            }
            return length;
        }
    }
}
