package dev.pagecache.benchmarks;

import dev.pagecache.policy.RequestFacts;
import org.jspecify.annotations.Nullable;

/**
 * A request as an attacker sends it, of which all that is keyed can be chosen.
 *
 * @param method the method
 * @param host the host
 * @param path raw and mapped path
 * @param query raw query, or null
 * @param flavour value of the one field that it has, {@value #FIELD}
 */
record FloodRequest(
        String method, String host, String path, @Nullable String query, String flavour) implements RequestFacts {
    static final String FIELD = "X-Flavour";

    static FloodRequest get(String path, @Nullable String query) {
        return new FloodRequest("GET", "www.example.org", path, query, "plain");
    }

    @Override
    public String scheme() {
        return "https";
    }

    @Override
    public int port() {
        return 443;
    }

    @Override
    public String rawPath() {
        return path;
    }

    @Override
    public String mappedPath() {
        return path;
    }

    @Override
    public boolean hasContent() {
        return false;
    }

    @Override
    public @Nullable String field(String name) {
        return name.equalsIgnoreCase(FIELD) ? flavour : null;
    }
}
