package dev.pagecache.benchmarks;

import dev.pagecache.policy.RequestFacts;
import org.jspecify.annotations.Nullable;

/**
 * A request that costs next to nothing to read: a plain GET with one field.
 *
 * @param query raw query, or null
 */
record BenchmarkRequest(@Nullable String query) implements RequestFacts {
    private static final String FIELD = "Accept-Language";

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String scheme() {
        return "https";
    }

    @Override
    public String host() {
        return "www.example.org";
    }

    @Override
    public int port() {
        return 443;
    }

    @Override
    public String rawPath() {
        return "/shop/articles/12345";
    }

    @Override
    public String mappedPath() {
        return "/shop/articles/12345";
    }

    @Override
    public boolean hasContent() {
        return false;
    }

    @Override
    public @Nullable String field(String name) {
        return name.length() == FIELD.length() && name.equalsIgnoreCase(FIELD) ? "en-GB,en;q=0.8" : null;
    }
}
