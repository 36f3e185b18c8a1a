package dev.pagecache.store;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.store.RemoteTracking.Changes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of memory what somebody has removed from the remote store. One background thread,
 * {@code pagecache-tracking}, hears what changes there, asks whether that which memory has of it is still there, and
 * removes what is gone. No request waits for it.
 *
 * <p>What cannot be asked now is asked later, at the latest with the next heartbeat. What was told while the connection
 * was lost is lost: then the maximum age of memory is the bound, as without a tracker. Memory is not emptied then,
 * since pages are to be served from it while the remote store is away.
 *
 * <p>Safe for use by many threads.
 */
public final class DeletionTracker implements AutoCloseable {
    private static final long CLOSE_MILLIS = 200;

    private final TieredStore store;
    private final TrackedNames names;
    private final RemoteTracking remote;
    private final FeedThread<Changes> feed;

    /** Keys to ask for; of the feed's thread. */
    private final Set<CacheKey> questions = new LinkedHashSet<>();

    /** Questions in a row that nobody has answered; of the feed's thread. */
    private int failures;

    /**
     * A tracker that does nothing before {@link #start}.
     *
     * @param store whose memory it keeps; that memory must be {@linkplain MemoryStore#tracked tracked}
     * @param remote what tells of changes in the remote store behind it
     * @throws IllegalArgumentException if the memory is not tracked
     */
    public DeletionTracker(TieredStore store, RemoteTracking remote) {
        TrackedNames tracked = store.memory().names();
        if (tracked == null) {
            throw new IllegalArgumentException("the store's memory is not tracked");
        }
        this.store = store;
        this.names = tracked;
        this.remote = remote;
        this.feed = new FeedThread<>("pagecache-tracking", remote::listen, new Hearer());
    }

    /** Begins to listen; does not wait for the remote store. */
    public void start() {
        feed.start();
    }

    /** Ends the thread, or leaves it its last call, which ends with the store. */
    @Override
    public void close() {
        feed.stop();
        try {
            feed.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the feed's thread does with what it hears. */
    private final class Hearer implements FeedThread.Hearer<Changes> {
        @Override
        public void opened(boolean isFirst) {
            askAll();
        }

        @Override
        public void heard(@Nullable Changes changes) {
            if (changes != null) {
                question(changes);
            }
            askAll();
        }

        @Override
        public void lost(RuntimeException cause) {
            StoreEvents.trackingFailed(cause);
        }

        @Override
        public void back() {
            StoreEvents.trackingServes();
        }
    }

    private void question(Changes changes) {
        if (changes.isEverything()) {
            questions.addAll(names.all());
            return;
        }
        for (String name : changes.names()) {
            CacheKey key = names.find(name);
            if (key != null) {
                questions.add(key);
            }
        }
    }

    /**
     * A key with a write on its way is asked for later: what is written is there soon, and may be what was told of. Or
     * somebody removes it right after: that may come in the same message, so that the question must not be dropped.
     */
    private void askAll() {
        Map<String, CacheKey> batch = new LinkedHashMap<>();
        for (CacheKey key : List.copyOf(questions)) {
            if (!store.isWriting(key)) {
                batch.put(key.remoteName(), key);
            }
            if (batch.size() == RemoteTracking.MAX_NAMES) {
                if (!isAnswered(batch)) {
                    return;
                }
                batch.clear();
            }
        }
        boolean unused = batch.isEmpty() || isAnswered(batch);
    }

    /** The one seam where what a question throws ends. */
    private boolean isAnswered(Map<String, CacheKey> batch) {
        Set<String> gone;
        try {
            gone = remote.gone(List.copyOf(batch.keySet()));
        } catch (RuntimeException e) {
            failed(e);
            // So that they are not more than memory has, however long this lasts.
            questions.removeIf(key -> names.find(key.remoteName()) == null);
            return false;
        }
        if (failures >= Backoff.FAILURES_TO_TELL) {
            StoreEvents.questionsAnswered();
        }
        failures = 0;
        batch.forEach((name, key) -> {
            questions.remove(key);
            if (gone.contains(name)) {
                store.forget(key);
            }
        });
        return true;
    }

    /** A missing right shows here alone. A lack of connections passes, and says nothing about the remote store. */
    private void failed(RuntimeException e) {
        StoreEvents.questionFailed(e);
        if (e instanceof RemoteException own && own.kind() == RemoteException.Kind.EXHAUSTED) {
            return;
        }
        failures++;
        if (failures == Backoff.FAILURES_TO_TELL) {
            StoreEvents.questionsFailed(e);
        }
    }
}
