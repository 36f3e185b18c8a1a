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

    static void leaseFailed(RuntimeException cause) {
        LOG.debug("Lease failed: {}", say(cause));
    }

    static void badValue(String name) {
        LOG.debug("Remote value at {} is none of ours: removed", name);
    }

    static void laterRecord(String name) {
        LOG.debug("Remote value at {} is of a later release: left where it is", name);
    }

    static void ledgerFailed(RuntimeException cause) {
        LOG.warn(
                "Shared ledger does not answer: what is revoked reaches other nodes late, and remote pages are not read;"
                        + " last: {}",
                say(cause));
    }

    static void ledgerServes() {
        LOG.warn("Shared ledger answers again");
    }

    static void feedFailed(RuntimeException cause) {
        LOG.warn("Feed of the shared ledger is lost: the ledger is asked in place of it; last: {}", say(cause));
    }

    static void feedServes() {
        LOG.warn("Feed of the shared ledger is back");
    }

    static void trackingFailed(RuntimeException cause) {
        LOG.warn(
                "Tracking of the remote store is lost: what is deleted there stays in memory for its age; last: {}",
                say(cause));
    }

    static void trackingServes() {
        LOG.warn("Tracking of the remote store is back");
    }

    static void questionsFailed(RuntimeException cause) {
        LOG.warn("Remote store does not say what is deleted there; last: {}", say(cause));
    }

    static void questionsAnswered() {
        LOG.warn("Remote store says again what is deleted there");
    }

    static void questionFailed(RuntimeException cause) {
        LOG.debug("Asking what is gone from the remote store failed: {}", say(cause));
    }

    static void ledgerOverflow() {
        LOG.warn("Too many names wait to be told to other nodes: everything is revoked instead");
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
