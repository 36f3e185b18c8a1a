package dev.pagecache.policy;

import dev.pagecache.http.Fields;
import java.util.Set;

/**
 * What the rules may ask of a response at the moment it commits.
 *
 * @param status status code
 * @param fields all its field lines
 * @param inputs what was read and no key holds
 * @param wishes what the application said of the page
 * @param hasTrailers whether trailer fields were set
 */
public record ResponseFacts(int status, Fields fields, Set<Input> inputs, PageWishes wishes, boolean hasTrailers) {

    /** Copies the set. */
    public ResponseFacts {
        inputs = Set.copyOf(inputs);
    }
}
