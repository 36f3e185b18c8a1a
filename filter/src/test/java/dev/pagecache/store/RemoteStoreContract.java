package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every remote store does as long as it serves. */
public interface RemoteStoreContract {
    Duration MINUTE = Duration.ofMinutes(1);
    int MAX_BYTES = 100_000;

    /** The store under test, the same within one test, and empty. */
    RemoteStore remote();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    default void get_ofNothing_isNull() {
        assertNull(remote().get("{nothing}", MAX_BYTES));
    }

    @Test
    default void get_afterPut_givesTheBytes() {
        byte[] value = bytes("$3\r\nfoo\r\n+OK\r\n\0\u00e4");
        remote().put("{a}:b", value, MINUTE);
        assertArrayEquals(value, remote().get("{a}:b", MAX_BYTES));
        assertNull(remote().get("{a}", MAX_BYTES));
    }

    /** More names than servers or connections. */
    @Test
    default void get_ofManyNames_givesEachItsOwn() {
        for (int i = 0; i < 100; i++) {
            remote().put("{n" + i + "}", bytes("value " + i), MINUTE);
        }
        for (int i = 0; i < 100; i++) {
            assertArrayEquals(bytes("value " + i), remote().get("{n" + i + "}", MAX_BYTES));
        }
    }

    @Test
    default void put_again_replaces() {
        remote().put("{a}", bytes("first"), MINUTE);
        remote().put("{a}", bytes("2nd"), MINUTE);
        assertArrayEquals(bytes("2nd"), remote().get("{a}", MAX_BYTES));
    }

    @Test
    default void remove_thenGet_isNull() {
        remote().put("{a}", bytes("x"), MINUTE);
        remote().remove("{a}");
        remote().remove("{a}");
        assertNull(remote().get("{a}", MAX_BYTES));
    }

    @Test
    default void get_ofMoreThanTheLimit_isBad() {
        remote().put("{a}", new byte[1_000], MINUTE);
        assertArrayEquals(new byte[1_000], remote().get("{a}", 1_000));
        RemoteException thrown = assertThrows(RemoteException.class, () -> remote().get("{a}", 999));
        assertEquals(RemoteException.Kind.BAD_VALUE, thrown.kind());
    }

    @Test
    default void ping_returns() {
        remote().ping();
        remote().put("{a}", bytes("x"), MINUTE);
        remote().ping();
        assertArrayEquals(bytes("x"), remote().get("{a}", MAX_BYTES));
    }
}
