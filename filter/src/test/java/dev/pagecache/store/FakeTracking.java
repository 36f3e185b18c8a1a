package dev.pagecache.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Tells what a test wants told, and answers questions from a map of values. */
final class FakeTracking implements RemoteTracking {
    private static final Changes HEARTBEAT = Changes.of(List.of());

    final AtomicInteger feeds = new AtomicInteger();
    final List<List<String>> questions = new CopyOnWriteArrayList<>();

    /** Of this many questions the next ones fail. */
    final AtomicInteger faults = new AtomicInteger();

    volatile RemoteException.Kind faultKind = RemoteException.Kind.UNAVAILABLE;

    /** Runs within every question, after its answer is known. */
    volatile Runnable duringQuestion = () -> {};

    private final Map<String, byte[]> values;
    private final BlockingQueue<Changes> told = new LinkedBlockingQueue<>();
    private final AtomicInteger heard = new AtomicInteger();
    private int tellings;

    FakeTracking(Map<String, byte[]> values) {
        this.values = values;
    }

    /** Tells it, and returns when what follows from it is done. */
    void tell(Changes changes) {
        told.add(changes);
        tellings++;
        heartbeat();
    }

    /** Tells of names. */
    void tell(String... names) {
        tell(Changes.of(List.of(names)));
    }

    /** Tells nothing, and returns when what follows from it is done. */
    void heartbeat() {
        told.add(HEARTBEAT);
        tellings++;
        // The last one is heard only when the one before is done with.
        Poll.until("all is heard", () -> heard.get() == tellings && told.isEmpty());
        told.add(HEARTBEAT);
        tellings++;
        Poll.until("all is done", () -> heard.get() == tellings);
    }

    @Override
    public RemoteFeed<Changes> listen() {
        feeds.incrementAndGet();
        return new RemoteFeed<>() {
            private volatile boolean isClosed;

            @Override
            public @Nullable Changes next(Duration heartbeat) {
                try {
                    Changes changes = told.take();
                    heard.incrementAndGet();
                    if (isClosed) {
                        throw new RemoteException(RemoteException.Kind.UNAVAILABLE, "closed", null);
                    }
                    return changes.isEverything() || !changes.names().isEmpty() ? changes : null;
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void close() {
                isClosed = true;
                told.add(HEARTBEAT);
            }
        };
    }

    @Override
    public Set<String> gone(List<String> names) {
        questions.add(new ArrayList<>(names));
        if (faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new RemoteException(faultKind, "in trouble", null);
        }
        Set<String> gone = new HashSet<>(names);
        gone.removeAll(values.keySet());
        duringQuestion.run();
        return gone;
    }
}
