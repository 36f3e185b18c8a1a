package dev.pagecache.servlet;

/**
 * How far asynchronous processing of one exchange has come. The application's threads and the container's set and read
 * it, so it is guarded by its own lock.
 */
final class AsyncState {
    private boolean isInChain;
    private boolean isCompleting;
    private boolean isDispatching;
    private boolean isListening;
    private boolean isAbandoned;

    synchronized void enterChain() {
        isInChain = true;
        isDispatching = false;
    }

    /**
     * A complete or a dispatch called while the chain runs takes effect when it has returned.
     *
     * @return whether the exchange ends now
     */
    synchronized boolean leaveChain(boolean isAsyncStarted) {
        isInChain = false;
        return isCompleting || !(isDispatching || isAsyncStarted);
    }

    /** Whether a complete ends the exchange at once, because the chain has returned; else it is remembered. */
    synchronized boolean mayCompleteNow() {
        isCompleting |= isInChain;
        return !isInChain;
    }

    synchronized void dispatch() {
        isDispatching = true;
    }

    synchronized void listen() {
        isListening = true;
    }

    /** It has been ended for the application, which need not know: what it does about it has no effect. */
    synchronized void abandon() {
        isAbandoned = true;
    }

    synchronized boolean isAbandoned() {
        return isAbandoned;
    }

    /** Whether the exchange hears of its end by itself. */
    synchronized boolean isListening() {
        return isListening;
    }
}
