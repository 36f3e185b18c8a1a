package dev.pagecache.policy;

import dev.pagecache.http.Fields;

/**
 * What the rules may ask of a response at the moment it commits.
 *
 * @param status status code
 * @param fields all its field lines
 * @param inputs what was read of the request
 * @param wishes what the application said of the page
 * @param hasTrailers whether trailer fields were set
 */
public record ResponseFacts(int status, Fields fields, InputsRead inputs, PageWishes wishes, boolean hasTrailers) {}
