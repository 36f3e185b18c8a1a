package dev.pagecache.store;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.RecordCodec;
import dev.pagecache.entry.Stamp;
import dev.pagecache.entry.StoredRecord;
import dev.pagecache.entry.VaryIndex;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Memory over a remote store that may fail at any time: whatever it throws ends here as a miss or as a write that did
 * not happen. Reads ask the remote store on the caller's thread, within the deadline of its implementation; writes
 * leave the caller at once and are sent by one background thread. Reads and writes have a breaker each, since a full
 * Redis refuses writes and serves reads.
 *
 * <p>A node reads its own writes: until a write is sent, a get that misses memory looks at the queue before it asks the
 * remote store. A write that failed is not repeated; a remove that failed leaves the remote record in place until its
 * time is over, so an invalidation must not rest on removes alone.
 *
 * <p>Safe for use by many threads.
 */
public final class TieredStore implements RecordStore {
    /** A node that ends in peace leaves to others what it has rendered last, and no lease that they would wait for. */
    private static final Duration LAST_WRITES = Duration.ofMillis(300);

    private final MemoryStore memory;
    private final RemoteStore remote;
    private final RecordCodec codec;
    private final int maxRecordBytes;
    private final LongSupplier nanoTime;
    private final InstantSource wallClock;
    private final StoreCounters counters;
    private final RemoteTrust trust;
    private final RemoteWriter writer;
    private final ReadProbe readProbe;
    private final CircuitBreaker readBreaker;

    /** Grows with every remove, so that a read which began before one does not bring the record back to memory. */
    private final AtomicLong removals = new AtomicLong();

    private volatile boolean isClosed;

    /**
     * A store over both whose remote records are not signed, and which nobody else revokes; it closes both.
     *
     * @param memory first tier; its counters are this store's
     * @param remote second tier
     * @param maxRecordBytes most bytes of a remote value to accept or to send, more than 0
     * @param nanoTime the node's monotonic time in nanoseconds
     * @param wallClock the node's wall clock, for ages that pass from node to node
     * @param random spreads the probes of many nodes
     * @throws IllegalArgumentException if maxRecordBytes is not positive
     */
    public TieredStore(
            MemoryStore memory,
            RemoteStore remote,
            int maxRecordBytes,
            LongSupplier nanoTime,
            InstantSource wallClock,
            RandomGenerator random) {
        this(memory, remote, new RecordCodec(), RemoteTrust.ALWAYS, maxRecordBytes, nanoTime, wallClock, random);
    }

    /**
     * A store over both; it closes both.
     *
     * @param memory first tier; its counters are this store's
     * @param remote second tier
     * @param codec makes the second tier's bytes, and signs them if it does
     * @param trust whether remote pages can be judged
     * @param maxRecordBytes most bytes of a remote value to accept or to send, more than 0
     * @param nanoTime the node's monotonic time in nanoseconds
     * @param wallClock the node's wall clock, for ages that pass from node to node
     * @param random spreads the probes of many nodes
     * @throws IllegalArgumentException if maxRecordBytes is not positive
     */
    public TieredStore(
            MemoryStore memory,
            RemoteStore remote,
            RecordCodec codec,
            RemoteTrust trust,
            int maxRecordBytes,
            LongSupplier nanoTime,
            InstantSource wallClock,
            RandomGenerator random) {
        if (maxRecordBytes <= 0) {
            throw new IllegalArgumentException("maxRecordBytes is " + maxRecordBytes + ", must be more than 0");
        }
        this.memory = memory;
        this.remote = remote;
        this.codec = codec;
        this.trust = trust;
        this.maxRecordBytes = maxRecordBytes;
        this.nanoTime = nanoTime;
        this.wallClock = wallClock;
        this.counters = memory.counters();
        this.writer = new RemoteWriter(remote, this::send, this::isReadBreakerOpen, counters, nanoTime, random);
        this.readProbe = new ReadProbe(remote, maxRecordBytes);
        this.readBreaker =
                new CircuitBreaker(readProbe, writer::later, nanoTime, random, StoreEvents.breakerOf("reads"));
    }

    @Override
    public @Nullable StoredRecord get(CacheKey key) {
        StoredRecord record = memory.find(key);
        if (record != null) {
            counters.memoryHits.increment();
            return record;
        }
        record = isClosed ? null : getPendingOrRemote(key, null, page -> 1);
        (record == null ? counters.misses : counters.remoteHits).increment();
        return record;
    }

    @Override
    public @Nullable StoredRecord getLocal(CacheKey key) {
        return memory.getLocal(key);
    }

    @Override
    public @Nullable StoredRecord peek(CacheKey key) {
        return memory.find(key);
    }

    @Override
    public @Nullable StoredRecord getShared(CacheKey key, ToIntFunction<Page> worth) {
        StoredRecord local = memory.find(key);
        if (local instanceof VaryIndex || isClosed) {
            return local;
        }
        StoredRecord shared = getPendingOrRemote(key, local, worth);
        if (shared == null) {
            return local;
        }
        counters.remoteHits.increment();
        return shared;
    }

    /** @param local the page in memory that a better one is to replace, or null */
    private @Nullable StoredRecord getPendingOrRemote(
            CacheKey key, @Nullable StoredRecord local, ToIntFunction<Page> worth) {
        // T1 reads the remote record, T2 removes the key here and there, T1 must not put what it read into memory.
        // Asked before the queue: a remove that the queue does not show yet comes after this.
        long before = removals.get();
        WriteQueue.Write pending = writer.pending(key);
        if (pending != null) {
            return alive(pending.record);
        }
        if (readBreaker.isOpen() || !trust.mayRead()) {
            counters.remoteSkipped.increment();
            return null;
        }
        TrackedNames names = memory.names();
        if (names == null) {
            return fill(key, local, worth, before);
        }
        // Before the read: who removes the record by hand after it was read is told of to one that finds the key.
        long reading = names.beginReading(key);
        try {
            return fill(key, local, worth, before);
        } finally {
            names.endReading(reading);
        }
    }

    private @Nullable StoredRecord fill(
            CacheKey key, @Nullable StoredRecord local, ToIntFunction<Page> worth, long before) {
        StoredRecord record = trusted(alive(read(key)));
        if (record == null || !PageChoice.isBetter(record, local, worth)) {
            return null;
        }
        if (removals.get() == before) {
            memory.replace(local, record);
            if (removals.get() != before) {
                memory.removeSame(record);
            }
        }
        return record;
    }

    /** The one seam where what a remote read throws ends. */
    private @Nullable StoredRecord read(CacheKey key) {
        String name = key.remoteName();
        byte[] bytes;
        try {
            bytes = remote.get(name, maxRecordBytes);
        } catch (RuntimeException e) {
            readFailed(key, name, e);
            return null;
        }
        readBreaker.succeeded();
        if (bytes == null) {
            return null;
        }
        StoredRecord record = codec.decode(bytes, key, nanoTime.getAsLong(), wallClock.millis());
        if (record == null && RecordCodec.isOfLaterRelease(bytes)) {
            counters.laterRecords.increment();
            StoreEvents.laterRecord(name);
        } else if (record == null) {
            clearBadValue(key, name);
        }
        return record;
    }

    private void readFailed(CacheKey key, String name, RuntimeException cause) {
        RemoteException.Kind kind =
                cause instanceof RemoteException own ? own.kind() : RemoteException.Kind.UNAVAILABLE;
        switch (kind) {
            case BAD_VALUE -> {
                readBreaker.succeeded();
                clearBadValue(key, name);
            }
            case EXHAUSTED -> counters.remoteExhausted.increment();
            case PARTIAL -> {
                counters.remoteErrors.increment();
                StoreEvents.readFailed(cause);
            }
            case UNAVAILABLE -> {
                counters.remoteErrors.increment();
                readProbe.failed(name);
                readBreaker.failed(cause);
                StoreEvents.readFailed(cause);
            }
        }
    }

    /** Once: while the remove is queued, gets of the key do not reach the remote store. */
    private void clearBadValue(CacheKey key, String name) {
        counters.badValues.increment();
        StoreEvents.badValue(name);
        writer.remove(key);
    }

    /** A page that cannot be judged stays where it is: it may be a newer one by now. */
    private @Nullable StoredRecord trusted(@Nullable StoredRecord record) {
        return record instanceof Page page && !trust.trusts(page.stamp()) ? null : record;
    }

    private @Nullable StoredRecord alive(@Nullable StoredRecord record) {
        return record != null && record.retentionMillis(nanoTime.getAsLong()) > 0 ? record : null;
    }

    @Override
    public void put(StoredRecord record) {
        if (isClosed) {
            return;
        }
        if (alive(record) == null) {
            remove(record.key());
            return;
        }
        memory.put(record);
        writer.put(record);
    }

    @Override
    public void remove(CacheKey key) {
        if (isClosed) {
            return;
        }
        // Queued first: from here on a get that misses memory sees the remove and not the remote record.
        writer.remove(key);
        removals.incrementAndGet();
        memory.remove(key);
    }

    /** Whether a write of the key is on its way. */
    boolean isWriting(CacheKey key) {
        return writer.pending(key) != null;
    }

    /**
     * Takes a record out of memory that is gone from the remote store. One that is written at this moment stays; one
     * that was written since it was found to be gone is read again.
     */
    void forget(CacheKey key) {
        if (isWriting(key)) {
            return;
        }
        removals.incrementAndGet();
        if (memory.discard(key)) {
            counters.deletions.increment();
        }
    }

    /** Sends one write; runs on the writer's thread. */
    private void send(WriteQueue.Write write) {
        String name = write.key.remoteName();
        StoredRecord record = alive(write.record);
        if (record instanceof Page page) {
            Stamp stamp = trust.settled(page.stamp());
            if (stamp == null) {
                counters.droppedWrites.increment();
                return;
            }
            record = page.withStamp(stamp);
        }
        if (record == null) {
            remote.remove(name);
            return;
        }
        long nowNanos = nanoTime.getAsLong();
        byte[] bytes = codec.encode(record, nowNanos, wallClock.millis());
        if (bytes.length > maxRecordBytes) {
            throw new IllegalArgumentException("a record of " + bytes.length + " bytes is over the limit");
        }
        remote.put(name, bytes, Duration.ofMillis(Math.max(1, record.retentionMillis(nowNanos))));
    }

    /**
     * What this store did.
     *
     * @return the live counters
     */
    public StoreCounters counters() {
        return counters;
    }

    /**
     * The first tier, to be looked at: what is put there alone is not in the second.
     *
     * @return the store in memory
     */
    public MemoryStore memory() {
        return memory;
    }

    /**
     * Whether gets skip the remote store for now.
     *
     * @return true while its breaker is open
     */
    public boolean isReadBreakerOpen() {
        return readBreaker.isOpen();
    }

    /**
     * Whether writes skip the remote store for now.
     *
     * @return true while its breaker is open
     */
    public boolean isWriteBreakerOpen() {
        return writer.isBreakerOpen();
    }

    /** Whether gets ask the remote store now. */
    boolean isRemoteRead() {
        return !isClosed && !readBreaker.isOpen() && trust.mayRead();
    }

    /** Runs a task in the background, after a while, when every write so far was sent or dropped. */
    void afterWrites(Runnable task, Duration delay) {
        writer.later(task, delay);
    }

    /** Whether every write so far was sent or dropped. */
    boolean isIdle() {
        return writer.isIdle();
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        if (!readBreaker.isOpen()) {
            writer.awaitWrites(LAST_WRITES);
        }
        isClosed = true;
        writer.stop();
        try {
            remote.close();
        } catch (RuntimeException e) {
            StoreEvents.closeFailed(e);
        }
        writer.awaitEnd();
        memory.close();
    }
}
