package dev.pagecache.store;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A daemon thread that hears a feed, and opens it anew where its connection is lost or gives no sign of life.
 *
 * <p>Safe for use by many threads.
 *
 * @param <T> what the feed tells
 */
final class FeedThread<T> {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    /** What is done with what is told; on the feed's thread. What it throws counts as a loss of the connection. */
    interface Hearer<T> {

        /** A feed was opened, for the first time or anew: what was told in between is lost. */
        void opened(boolean isFirst);

        /** Something was told, or for a heartbeat nothing. */
        void heard(@Nullable T notice);

        /** More than one attempt in a row has failed. */
        void lost(RuntimeException cause);

        /** After that, an attempt has succeeded. */
        void back();
    }

    private final Supplier<? extends RemoteFeed<T>> source;
    private final Hearer<T> hearer;
    private final Thread thread;
    private @Nullable RemoteFeed<T> feed;
    private volatile boolean isClosed;

    FeedThread(String name, Supplier<? extends RemoteFeed<T>> source, Hearer<T> hearer) {
        this.source = source;
        this.hearer = hearer;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** The thread's whole life. The one seam where what a feed throws ends. */
    private void run() {
        int failures = 0;
        boolean isFirst = true;
        while (!isClosed) {
            try (RemoteFeed<T> open = source.get()) {
                own(open);
                hearer.opened(isFirst);
                isFirst = false;
                if (failures >= Backoff.FAILURES_TO_TELL) {
                    hearer.back();
                }
                failures = 0;
                while (!isClosed) {
                    hearer.heard(open.next(HEARTBEAT));
                }
            } catch (RuntimeException e) {
                failures++;
                if (failures == Backoff.FAILURES_TO_TELL && !isClosed) {
                    hearer.lost(e);
                }
                LockSupport.parkNanos(this, isClosed ? 1 : Backoff.nanos(failures));
            } finally {
                own(null);
            }
        }
    }

    private synchronized void own(@Nullable RemoteFeed<T> open) {
        feed = open;
        if (isClosed && open != null) {
            open.close();
        }
    }

    /** Ends it soon; does not wait. */
    void stop() {
        synchronized (this) {
            isClosed = true;
            if (feed != null) {
                feed.close();
            }
        }
        LockSupport.unpark(thread);
    }

    /** Waits for the end; an interrupted thread stays so. */
    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }
}
