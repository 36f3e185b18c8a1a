package dev.pagecache.policy;

import dev.pagecache.http.ByteRange;
import java.util.List;

/** How a stored page answers the request that it was found for. */
public sealed interface AnswerPlan {

    /** Answers that need no more than the page. */
    enum Plain implements AnswerPlan {
        /** The page as it is. */
        WHOLE,
        /** 304: the client has it (RFC 9110 section 15.4.5). */
        NOT_MODIFIED,
        /** 412: it is not what the client takes it for (RFC 9110 section 15.5.13). */
        PRECONDITION_FAILED,
        /** 416: it has none of the ranges asked for (RFC 9110 section 15.5.17). */
        UNSATISFIABLE
    }

    /**
     * 206 with one part (RFC 9110 section 15.3.7.1).
     *
     * @param range the part of the page's content
     */
    record Part(ByteRange range) implements AnswerPlan {}

    /**
     * 206 with several parts, as {@code multipart/byteranges} (RFC 9110 section 15.3.7.2).
     *
     * @param ranges two parts or more in the order in which they are sent, with bytes between any two of them
     */
    record Parts(List<ByteRange> ranges) implements AnswerPlan {

        /** Copies the ranges. */
        public Parts {
            ranges = List.copyOf(ranges);
        }
    }
}
