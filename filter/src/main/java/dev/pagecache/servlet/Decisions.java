package dev.pagecache.servlet;

import dev.pagecache.policy.Reason;
import java.io.IOException;

/** Whom a capture asks. Every answer has set the fields of the response that go with it. */
interface Decisions {

    /** What to do with the content. */
    enum Delivery {
        /** Send it, and keep a copy. */
        SEND,
        /** Send it as the application wrote it, and keep nothing. */
        HAND_ON,
        /** Keep a copy and send nothing: the client has it already. */
        SILENCE
    }

    /** Decides with the whole body known. */
    Delivery decideWhole(byte[] body) throws IOException;

    /** Decides with the body still growing; {@code declaredLength} is -1 where nothing was declared. */
    Delivery decideEarly(long declaredLength) throws IOException;

    /** Whether a response of its status has content. */
    boolean mayHaveContent();

    /** Whether a declared length is that of a stored page, which the response confirms without content. */
    boolean isLengthOfStored();

    /** The copy that was kept since {@link #decideEarly} is whole. */
    void complete(byte[] body);

    /** The response is not stored; only the first reason counts. */
    void refuse(Reason reason);
}
