package dev.pagecache.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All messages of the stores. WARN once per change of a breaker's state; single faults at DEBUG. Keys appear as digests
 * only, values and passwords never.
 */
final class StoreEvents {
    private static final Logger LOG = LoggerFactory.getLogger(StoreEvents.class);

    private StoreEvents() {}

    /** A listener that logs the changes of one breaker. */
    static CircuitBreaker.Listener breakerOf(String operation) {
        return new CircuitBreaker.Listener() {
            @Override
            public void opened(@Nullable RuntimeException cause) {
                LOG.warn(
                        "Remote store does not serve {}: skipped until it answers again; last: {}",
                        operation,
                        say(cause));
            }

            @Override
            public void closed(Duration openFor) {
                LOG.warn("Remote store serves {} again after {} ms", operation, openFor.toMillis());
            }
        };
    }

    static void readFailed(RuntimeException cause) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("Remote read failed: {}", say(cause));
        }
    }

    static void writeFailed(RuntimeException cause) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("Remote write failed: {}", say(cause));
        }
    }

    static void badValue(String name) {
        LOG.debug("Remote value at {} is none of ours: removed", name);
    }

    static void closeFailed(RuntimeException cause) {
        LOG.debug("Closing the remote store failed: {}", say(cause));
    }

    /** Only our own messages are known to be free of keys and passwords. */
    private static String say(@Nullable RuntimeException cause) {
        if (cause == null) {
            return "unknown";
        }
        return cause instanceof RemoteException own
                ? own.kind() + " " + own.getMessage()
                : cause.getClass().getName();
    }
}
