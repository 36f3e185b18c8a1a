package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.SampleRecords;
import dev.pagecache.store.WriteQueue.Write;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
    private static final CacheKey A = SampleRecords.key("a");
    private static final CacheKey B = SampleRecords.key("b");
    private static final CacheKey C = SampleRecords.key("c");

    private final WriteQueue queue = new WriteQueue(2, 10_000);

    private static Write put(CacheKey key, int bodyBytes) {
        return new Write(key, SampleRecords.page(key, "x".repeat(bodyBytes), 0));
    }

    private static Write remove(CacheKey key) {
        return new Write(key, null);
    }

    @Test
    void writes_comeOutInOrder() {
        Write first = put(A, 1);
        Write second = put(B, 1);
        queue.offer(first);
        queue.offer(second);
        assertSame(first, queue.peek());
        assertSame(first, queue.pending(A), "pending until it is done");
        queue.done(first);
        assertNull(queue.pending(A));
        assertSame(second, queue.peek());
        queue.done(second);
        assertTrue(queue.isEmpty());
        assertNull(queue.peek());
    }

    @Test
    void write_ofTheSameKey_takesThePlaceOfTheEarlierOne() {
        queue.offer(put(A, 1));
        queue.offer(put(B, 1));
        Write remove = remove(A);
        assertEquals(0, queue.offer(remove));
        assertSame(remove, queue.peek());
        queue.done(remove);
        assertSame(B, assertNotNullWrite(queue.peek()).key);
    }

    @Test
    void write_queuedWhileTheEarlierOneIsSent_staysQueued() {
        Write sending = put(A, 1);
        queue.offer(sending);
        Write later = remove(A);
        queue.offer(later);
        queue.done(sending);
        assertSame(later, queue.peek());
    }

    @Test
    void put_intoAFullQueue_isDropped() {
        queue.offer(put(A, 1));
        queue.offer(put(B, 1));
        assertEquals(1, queue.offer(put(C, 1)));
        assertNull(queue.pending(C));
        assertNotNull(queue.pending(A));
    }

    @Test
    void put_overTheBytes_isDropped() {
        queue.offer(put(A, 6_000));
        assertEquals(1, queue.offer(put(B, 6_000)));
        assertNull(queue.pending(B));
        queue.done(assertNotNullWrite(queue.peek()));
        assertEquals(0, queue.offer(put(B, 6_000)), "done writes give their bytes back");
    }

    @Test
    void put_thatDoesNotFitInPlaceOfAnEarlierOne_leavesARemove() {
        queue.offer(put(A, 1));
        assertEquals(1, queue.offer(put(A, 20_000)));
        assertTrue(assertNotNullWrite(queue.pending(A)).isRemove(), "the older page must not win");
    }

    @Test
    void remove_intoAFullQueue_pushesOutTheOldestPut() {
        queue.offer(put(A, 1));
        queue.offer(put(B, 1));
        assertEquals(1, queue.offer(remove(C)));
        assertNull(queue.pending(A));
        assertNotNull(queue.pending(B));
        assertNotNull(queue.pending(C));
    }

    @Test
    void remove_intoAQueueFullOfRemoves_isDropped() {
        queue.offer(remove(A));
        queue.offer(remove(B));
        assertEquals(1, queue.offer(remove(C)));
        assertNull(queue.pending(C));
    }

    @Test
    void clear_dropsEverything() {
        queue.offer(put(A, 6_000));
        queue.offer(remove(B));
        assertEquals(2, queue.clear());
        assertTrue(queue.isEmpty());
        assertEquals(0, queue.offer(put(A, 6_000)));
    }

    private static Write assertNotNullWrite(@Nullable Write write) {
        assertNotNull(write);
        return write;
    }
}
