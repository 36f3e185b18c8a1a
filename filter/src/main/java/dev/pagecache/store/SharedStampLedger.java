package dev.pagecache.store;

import dev.pagecache.entry.Stamp;
import dev.pagecache.store.LedgerMirror.Batch;
import dev.pagecache.store.RemoteLedger.Changes;
import dev.pagecache.store.RemoteLedger.Notice;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A ledger that nodes share through a {@link RemoteLedger}: a mirror in memory, which is all that requests ask. A raise
 * takes effect on this node before {@link #raise} returns, and leaves for the others through a bounded queue.
 *
 * <p>Two background threads: {@code pagecache-ledger} sends raises, and asks every so often what was raised, so that a
 * lost message is found; {@code pagecache-ledger-feed} hears the messages, and subscribes anew where the connection is
 * lost or gives no sign of life. While the ledger cannot be asked, remote pages are not read ({@link #mayRead}),
 * because others may have revoked them.
 *
 * <p>Safe for use by many threads. Its monitor is held while names are raised or learned.
 */
public final class SharedStampLedger implements StampLedger, RemoteTrust {
    /** A failover takes less, or the nodes notice that the ledger was set back. */
    private static final long TELL_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long SETTLE_MILLIS = 100;
    private static final long CLOSE_MILLIS = 500;

    /** The part of the window after which the remote ledger is asked again. */
    private static final int ASKS_PER_WINDOW = 5;

    private final RaisedNames names;
    private final LedgerMirror mirror;
    private final RemoteLedger remote;
    private final LongSupplier nanoTime;
    private final long windowNanos;
    private final String node;
    private final Thread sender = new Thread(this::send, "pagecache-ledger");
    private final FeedThread<Notice> listener;
    private final CountDownLatch firstAnswer = new CountDownLatch(1);

    /** When the last complete answer was asked for. */
    private volatile long touchedNanos;

    private volatile boolean isTouched;
    private volatile boolean isClosed;

    /**
     * A ledger over a remote one, which it closes. Nothing is asked before {@link #start}.
     *
     * @param maxNames most names to keep in memory, more than 0; one counts for every 64 characters
     * @param remote what all nodes share
     * @param window how long remote pages are read without an answer of the remote ledger, more than 0
     * @param nanoTime monotonic time in nanoseconds
     * @param random names the node
     */
    public SharedStampLedger(
            int maxNames, RemoteLedger remote, Duration window, LongSupplier nanoTime, RandomGenerator random) {
        this.names = new RaisedNames(maxNames);
        this.mirror = new LedgerMirror(names);
        this.remote = remote;
        this.windowNanos = window.toNanos();
        this.nanoTime = nanoTime;
        this.node = HexFormat.of().toHexDigits(random.nextLong());
        this.listener = new FeedThread<>("pagecache-ledger-feed", remote::listen, new Hearer());
        sender.setDaemon(true);
    }

    /**
     * Begins to ask and to listen.
     *
     * @param wait how long to wait for the first answer, or the first failure, of the remote ledger
     */
    public void start(Duration wait) {
        sender.start();
        listener.start();
        try {
            firstAnswer.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isEmpty() {
        return names.isEmpty();
    }

    @Override
    public boolean mayHave(char kind) {
        return names.mayHave(kind);
    }

    @Override
    public Stamp now() {
        return names.now();
    }

    @Override
    public void raise(Collection<String> raised) {
        if (raised.isEmpty()) {
            return;
        }
        boolean isOverflow;
        synchronized (this) {
            isOverflow = mirror.raise(raised);
        }
        if (isOverflow) {
            StoreEvents.ledgerOverflow();
        }
        LockSupport.unpark(sender);
    }

    @Override
    public boolean isRaisedSince(Stamp stamp, String name) {
        return names.isRaisedSince(stamp, name);
    }

    @Override
    public boolean awaitShared(Duration wait) {
        return awaitTold(names.now().node(), wait.toNanos());
    }

    @Override
    public boolean awaitShared(Stamp event, Duration atMost) {
        return awaitTold(event.node(), mayRead() ? atMost.toNanos() : 0);
    }

    @Override
    public boolean isCrowded() {
        return pending() > LedgerMirror.MAX_PENDING / 2;
    }

    @Override
    public Reach reach() {
        return mayRead() ? Reach.ALL : Reach.AWAY;
    }

    @Override
    public boolean mayRead() {
        return isTouched && nanoTime.getAsLong() - touchedNanos < windowNanos;
    }

    @Override
    public boolean trusts(Stamp stamp) {
        return stamp.ledger() >= mirror.floor();
    }

    @Override
    public @Nullable Stamp settled(Stamp stamp) {
        if (!stamp.isForeign() && mayRead()) {
            awaitTold(stamp.node());
        }
        synchronized (this) {
            Stamp settled = stamp.isForeign() ? stamp : mirror.settled(stamp);
            return mirror.isSynced() && trusts(settled) ? settled : null;
        }
    }

    /**
     * Or a page that is rendered right after its own URL was changed, as after a redirect, would be dead for others.
     */
    private void awaitTold(long event) {
        awaitTold(event, TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS));
    }

    /** Whether others know what had been raised here by an event, after a wait. */
    private boolean awaitTold(long event, long waitNanos) {
        long deadline = nanoTime.getAsLong() + waitNanos;
        synchronized (this) {
            while (mirror.isPending(event)) {
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - nanoTime.getAsLong());
                if (millis <= 0 || isClosed) {
                    return false;
                }
                try {
                    wait(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * How many names other nodes are still to be told of.
     *
     * @return 0 or more
     */
    public synchronized int pending() {
        return mirror.pending();
    }

    /**
     * The latest time of the remote ledger up to which this node knows all.
     *
     * @return 0 until the first answer
     */
    public long known() {
        return names.now().ledger();
    }

    /** The sender's whole life. The one seam where what its calls throw ends. */
    private void send() {
        int failures = 0;
        while (!isClosed) {
            try {
                sendAndAsk();
                if (failures >= Backoff.FAILURES_TO_TELL) {
                    StoreEvents.ledgerServes();
                }
                if (failures > 0) {
                    failures = 0;
                    tellAgain();
                }
                firstAnswer.countDown();
                awaitWork();
            } catch (RuntimeException e) {
                failures++;
                if (failures == Backoff.FAILURES_TO_TELL && !isClosed) {
                    StoreEvents.ledgerFailed(e);
                }
                firstAnswer.countDown();
                LockSupport.parkNanos(this, Backoff.nanos(failures));
            }
        }
    }

    /** A full Redis takes no raise, yet it tells what others have raised, and serves pages. */
    private void sendAndAsk() {
        try {
            sendAll();
        } finally {
            while (!isClosed && (isBehind() || isAskingDue())) {
                ask();
            }
        }
    }

    private void sendAll() {
        for (Batch batch = nextBatch(); batch != null && !isClosed; batch = nextBatch()) {
            RemoteLedger.Raised raised = remote.raise(names.now().ledger(), node, batch.id(), batch.names());
            synchronized (this) {
                mirror.confirm(batch, raised, nanoTime.getAsLong());
                notifyAll();
            }
            if (isAskingDue()) {
                break;
            }
        }
    }

    private synchronized @Nullable Batch nextBatch() {
        return mirror.nextBatch();
    }

    private synchronized boolean isBehind() {
        return mirror.isBehind();
    }

    private boolean isAskingDue() {
        return !isTouched || nanoTime.getAsLong() - touchedNanos >= windowNanos / ASKS_PER_WINDOW;
    }

    private void ask() {
        long asked = names.now().ledger();
        long begin = nanoTime.getAsLong();
        Changes changes = remote.changes(asked);
        synchronized (this) {
            mirror.learn(asked, changes);
        }
        if (changes.isComplete()) {
            touchedNanos = begin;
            isTouched = true;
        }
    }

    private void awaitWork() {
        long left;
        synchronized (this) {
            left = mirror.isBehind() || mirror.pending() > 0
                    ? 0
                    : windowNanos / ASKS_PER_WINDOW - (nanoTime.getAsLong() - touchedNanos);
        }
        if (left > 0 && !isClosed) {
            LockSupport.parkNanos(this, left);
        }
    }

    private void tellAgain() {
        synchronized (this) {
            mirror.tellAgain(nanoTime.getAsLong() - TELL_AGAIN_NANOS);
        }
        LockSupport.unpark(sender);
    }

    /** What the feed's thread does with what it hears. */
    private final class Hearer implements FeedThread.Hearer<Notice> {
        @Override
        public void opened(boolean isFirst) {
            if (!isFirst) {
                tellAgain();
            }
        }

        @Override
        public void heard(@Nullable Notice notice) {
            if (notice != null) {
                hear(notice);
            }
        }

        @Override
        public void lost(RuntimeException cause) {
            StoreEvents.feedFailed(cause);
        }

        @Override
        public void back() {
            StoreEvents.feedServes();
        }
    }

    private void hear(Notice notice) {
        boolean isBehind;
        synchronized (this) {
            mirror.hear(notice, notice.node().equals(node), nanoTime.getAsLong());
            isBehind = mirror.isBehind();
            notifyAll();
        }
        if (isBehind) {
            LockSupport.unpark(sender);
        }
    }

    /** Tells the others what is waiting, if the remote ledger answers, and ends within a second. */
    @Override
    public void close() {
        if (mayRead()) {
            awaitShared(Duration.ofMillis(CLOSE_MILLIS));
        }
        synchronized (this) {
            isClosed = true;
            notifyAll();
        }
        listener.stop();
        remote.close();
        LockSupport.unpark(sender);
        try {
            sender.join(CLOSE_MILLIS);
            listener.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
