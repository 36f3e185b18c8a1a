package dev.pagecache.servlet;

import dev.pagecache.policy.Reason;
import java.io.IOException;

/** What an exchange does before the container takes the next step of asynchronous processing. */
interface AsyncSteps {

    /** Before the container is told that the response is complete, after which it takes nothing. */
    void beforeComplete() throws IOException;

    /** Before an asynchronous dispatch, which need not come back through the filter: nothing is held back from it. */
    void beforeDispatch() throws IOException;

    /** The response could not be completed. */
    void fail(Reason reason);
}
