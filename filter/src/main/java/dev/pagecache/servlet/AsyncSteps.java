package dev.pagecache.servlet;

import dev.pagecache.policy.Reason;
import java.io.IOException;

/** What an exchange does before the container takes the next step of asynchronous processing. */
interface AsyncSteps {

    /** Before the container is told that the response is complete, after which it takes nothing. */
    void beforeComplete() throws IOException;

    /** Before an asynchronous dispatch, which need not come back through the filter: nothing is held back from it. */
    void beforeDispatch() throws IOException;

    /** Whether the container was told already that the exchange is over, and takes no more steps. */
    default boolean isAbandoned() {
        return false;
    }

    /** Whether the client has its answer already. */
    default boolean isDetached() {
        return false;
    }

    /** The response could not be completed. */
    void fail(Reason reason);
}
