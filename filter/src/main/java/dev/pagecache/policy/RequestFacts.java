package dev.pagecache.policy;

import dev.pagecache.http.FieldSource;
import org.jspecify.annotations.Nullable;

/**
 * What the rules may ask of a request. Read lazily: a hit asks for little.
 *
 * <p>Confined to one request.
 */
public interface RequestFacts extends FieldSource {

    /**
     * What {@link #field} gives for this name: the names of all request fields, lower-case, sorted, separated by
     * spaces. No field has such a name.
     */
    String FIELD_NAMES = ":field-names";

    /** What {@link #field} gives for this name: the protocol and its version. No field has such a name. */
    String PROTOCOL = ":protocol";

    /**
     * What {@link #field} gives for this name: a digest of the content of a QUERY, null where the content cannot be
     * read, is longer than {@link QueryRules#MAX_CONTENT_BYTES} or is not known to be whole. No field has such a name.
     */
    String CONTENT_DIGEST = ":content-digest";

    /**
     * The method, in the letter case in which it came.
     *
     * @return for example {@code GET}
     */
    String method();

    /**
     * The scheme.
     *
     * @return for example {@code http}
     */
    String scheme();

    /**
     * The host, in the letter case in which it came.
     *
     * @return host name or address literal, without port
     */
    String host();

    /**
     * The effective port: the scheme's own where the client named none.
     *
     * @return 1 to 65535
     */
    int port();

    /**
     * The path as the client sent it, with path parameters.
     *
     * @return the raw path
     */
    String rawPath();

    /**
     * The path as the container mapped it to a servlet: servlet path and path info, decoded.
     *
     * @return the mapped path, may be empty
     */
    String mappedPath();

    /**
     * The raw query that takes part in the key, which is also the one that the application sees.
     *
     * @return the query, or null if there is none
     */
    @Nullable
    String query();

    /**
     * Whether the request says that it has content.
     *
     * @return true for a Content-Length other than 0 or a Transfer-Encoding
     */
    boolean hasContent();
}
