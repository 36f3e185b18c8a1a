package dev.pagecache.store;

import dev.pagecache.concurrency.Run;
import dev.pagecache.concurrency.Samples;
import dev.pagecache.entry.CacheKey;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Writes of three keys in a queue of two: queued, dropped, found and sent as if one after the other. */
@Param(name = "key", gen = IntGen.class, conf = "0:2")
@Param(name = "version", gen = IntGen.class, conf = "1:3")
public class WriteQueueInterleavingTest {
    private static final CacheKey[] KEYS = {Samples.key("/a"), Samples.key("/b"), Samples.key("/c")};

    private final WriteQueue queue = new WriteQueue(2, 1 << 20);
    private WriteQueue.@Nullable Write sent;

    /** Queues a put. */
    @Operation
    public int put(@Param(name = "key") int key, @Param(name = "version") int version) {
        return queue.offer(new WriteQueue.Write(KEYS[key], Samples.page(KEYS[key], version)));
    }

    /** Queues a remove. */
    @Operation
    public int remove(@Param(name = "key") int key) {
        return queue.offer(new WriteQueue.Write(KEYS[key], null));
    }

    /** What a get finds that misses memory. */
    @Operation
    public String pending(@Param(name = "key") int key) {
        return text(queue.pending(KEYS[key]));
    }

    /** The sender takes the oldest. */
    @Operation(nonParallelGroup = "sender")
    public String peek() {
        sent = queue.peek();
        return text(sent);
    }

    /** The sender has sent it. */
    @Operation(nonParallelGroup = "sender")
    public void done() {
        if (sent != null) {
            queue.done(sent);
        }
    }

    private static String text(WriteQueue.@Nullable Write write) {
        return write == null ? "" : write.key.remoteName() + (write.isRemove() ? "-" : Samples.version(write.record));
    }

    @Test
    void queue_linearizable() {
        Run.modelChecking().check(WriteQueueInterleavingTest.class);
    }
}
