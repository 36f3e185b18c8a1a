package dev.pagecache.policy;

import dev.pagecache.http.FieldSource;
import org.jspecify.annotations.Nullable;

/**
 * What the rules may ask of a request. Read lazily: a hit asks for little. {@link #field} also tells what is no field,
 * under the names of {@link FactNames}.
 *
 * <p>Confined to one request.
 */
public interface RequestFacts extends FieldSource {

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
     * Whether the container counts the request as secure, which behind a proxy need not follow from the scheme.
     *
     * @return by default, whether the scheme is {@code https}
     */
    default boolean isSecure() {
        return scheme().equals("https");
    }

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
