package dev.pagecache.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.SampleRecords;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HitForMissMarksTest {
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final HitForMissMarks marks = new HitForMissMarks(100, nanoTime::get);
    private final CacheKey key = SampleRecords.key("a");

    @Test
    void isMarked_untilItsTimeIsOver() {
        assertFalse(marks.isMarked(key));
        marks.mark(key, Duration.ofMinutes(2));
        assertTrue(marks.isMarked(key));
        assertFalse(marks.isMarked(SampleRecords.key("b")));
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(120));
        assertFalse(marks.isMarked(key));
    }

    @Test
    void mark_again_countsFromThen() {
        marks.mark(key, Duration.ofMinutes(2));
        marks.mark(key, Duration.ofSeconds(1));
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertFalse(marks.isMarked(key));
    }

    @Test
    void mark_forNoTime_removesIt() {
        marks.mark(key, Duration.ofDays(400_000));
        assertTrue(marks.isMarked(key));
        marks.mark(key, Duration.ZERO);
        assertFalse(marks.isMarked(key));
    }

    @Test
    void markIfNone_isDoneOnceInItsTime() {
        assertTrue(marks.markIfNone(key, Duration.ofSeconds(1)));
        assertFalse(marks.markIfNone(key, Duration.ofMinutes(1)));
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1) - 1);
        assertFalse(marks.markIfNone(key, Duration.ofMinutes(1)));
        nanoTime.addAndGet(1);
        assertTrue(marks.markIfNone(key, Duration.ofSeconds(1)));
        marks.mark(key, Duration.ZERO);
        assertTrue(marks.markIfNone(key, Duration.ofSeconds(1)));
    }

    @Test
    void marks_ofManyKeys_areBounded() {
        int found = 0;
        for (int i = 0; i < 1_000; i++) {
            marks.mark(SampleRecords.key("u" + i), Duration.ofHours(1));
        }
        marks.cleanUp();
        for (int i = 0; i < 1_000; i++) {
            found += marks.isMarked(SampleRecords.key("u" + i)) ? 1 : 0;
        }
        assertTrue(found > 0 && found <= 100, "found " + found);
    }

    @Test
    void marks_withoutRoom_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> new HitForMissMarks(0, nanoTime::get));
    }
}
