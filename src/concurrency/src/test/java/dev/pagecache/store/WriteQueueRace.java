package dev.pagecache.store;

import dev.pagecache.concurrency.Samples;
import dev.pagecache.entry.CacheKey;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A page is put and removed while the queue is sent: in the end it is not there. Results: what the remote store holds,
 * -1 for nothing, and writes left.
 */
@JCStressTest
@Outcome(id = "-1, 0", expect = Expect.ACCEPTABLE, desc = "removed")
@State
public class WriteQueueRace {
    private static final CacheKey KEY = Samples.key("/a");

    private final WriteQueue queue = new WriteQueue(10, 1 << 20);
    private volatile int remote = -1;

    /** Puts and removes. */
    @Actor
    public void write() {
        queue.offer(new WriteQueue.Write(KEY, Samples.page(KEY, 7)));
        queue.offer(new WriteQueue.Write(KEY, null));
    }

    /** Sends what is there. */
    @Actor
    public void send() {
        drain();
    }

    /** When both are done. */
    @Arbiter
    public void look(II_Result result) {
        drain();
        result.r1 = remote;
        result.r2 = queue.isEmpty() ? 0 : 1;
    }

    private void drain() {
        for (WriteQueue.Write write = queue.peek(); write != null; write = queue.peek()) {
            remote = Samples.version(write.record);
            queue.done(write);
        }
    }
}
