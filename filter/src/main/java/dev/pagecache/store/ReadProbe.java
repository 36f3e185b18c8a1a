package dev.pagecache.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Asks a remote store whether reads are served, by one of the reads that were not. A short question alone proves
 * little: through a narrow network it is answered in time, and no page is, so that requests would wait for their
 * deadlines again after each probe. The reads that failed last take turns, so that one large page alone keeps nobody
 * from the others.
 *
 * <p>Safe for use by many threads.
 */
final class ReadProbe implements Runnable {
    private static final int NAMES = CircuitBreaker.FAILURES_TO_OPEN;

    private final RemoteStore remote;
    private final int maxBytes;
    private final AtomicReferenceArray<@Nullable String> failed = new AtomicReferenceArray<>(NAMES);
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger probes = new AtomicInteger();

    /**
     * A probe of a store.
     *
     * @param remote the store
     * @param maxBytes most bytes of a value to accept
     */
    ReadProbe(RemoteStore remote, int maxBytes) {
        this.remote = remote;
        this.maxBytes = maxBytes;
    }

    /** A read of the name was not served. */
    void failed(String name) {
        failed.set(Math.floorMod(failures.getAndIncrement(), NAMES), name);
    }

    /** Returns if reads are served; throws what the store throws otherwise. */
    @Override
    public void run() {
        remote.ping();
        String name = failed.get(Math.floorMod(probes.getAndIncrement(), NAMES));
        if (name == null) {
            return;
        }
        try {
            byte[] unused = remote.get(name, maxBytes);
        } catch (RemoteException e) {
            if (e.kind() == RemoteException.Kind.UNAVAILABLE) {
                throw e;
            }
        }
    }
}
