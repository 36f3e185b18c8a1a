package dev.pagecache.store;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A remote store in a map, which fails or stands still when told to. */
public final class FakeRemote implements RemoteStore {
    public final Map<String, byte[]> values = new ConcurrentHashMap<>();
    public final Map<String, Duration> timesToLive = new ConcurrentHashMap<>();
    public final AtomicInteger gets = new AtomicInteger();
    public final AtomicInteger removes = new AtomicInteger();

    public volatile @Nullable RuntimeException readFault;
    public volatile @Nullable RuntimeException putFault;

    /** Of reads of values alone: pings are served. */
    public volatile @Nullable RuntimeException getFault;

    /** Runs with the name within every get. */
    public volatile Consumer<String> duringGetOf = name -> {};

    /** Runs within every get. */
    public volatile Runnable duringGet = () -> {};

    private volatile @Nullable CountDownLatch frozen;

    /** From now on writes wait for {@link #thaw} or {@link #close}. */
    public void freezeWrites() {
        frozen = new CountDownLatch(1);
    }

    public void thaw() {
        CountDownLatch latch = frozen;
        frozen = null;
        if (latch != null) {
            latch.countDown();
        }
    }

    /** Names of pages, that is, without the name of probes. */
    public long pages() {
        return values.keySet().stream().filter(name -> !name.equals("{probe}")).count();
    }

    private void awaitThaw() {
        CountDownLatch latch = frozen;
        if (latch == null) {
            return;
        }
        boolean isInterrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                // A socket does not react to interrupts either.
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void fail(@Nullable RuntimeException fault) {
        if (fault != null) {
            throw fault;
        }
    }

    @Override
    public byte @Nullable [] get(String name, int maxBytes) {
        gets.incrementAndGet();
        duringGet.run();
        duringGetOf.accept(name);
        fail(readFault);
        fail(getFault);
        byte[] value = values.get(name);
        if (value != null && value.length > maxBytes) {
            throw new RemoteException(RemoteException.Kind.BAD_VALUE, "too long", null);
        }
        return value;
    }

    @Override
    public void put(String name, byte[] value, Duration timeToLive) {
        awaitThaw();
        fail(putFault);
        values.put(name, value);
        timesToLive.put(name, timeToLive);
    }

    @Override
    public void remove(String name) {
        awaitThaw();
        removes.incrementAndGet();
        values.remove(name);
    }

    @Override
    public void ping() {
        fail(readFault);
    }

    @Override
    public void close() {
        thaw();
    }
}
