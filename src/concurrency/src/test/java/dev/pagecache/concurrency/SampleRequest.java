package dev.pagecache.concurrency;

import dev.pagecache.policy.RequestFacts;
import org.jspecify.annotations.Nullable;

/**
 * A request for {@code http://example.com/page}.
 *
 * @param method its method
 */
public record SampleRequest(String method) implements RequestFacts {
    /** The request whose page is stored. */
    public static final SampleRequest GET = new SampleRequest("GET");

    /** The request that changes the page and whose answer is the new one. */
    public static final SampleRequest POST = new SampleRequest("POST");

    @Override
    public String scheme() {
        return "http";
    }

    @Override
    public String host() {
        return "example.com";
    }

    @Override
    public int port() {
        return 80;
    }

    @Override
    public String rawPath() {
        return "/page";
    }

    @Override
    public String mappedPath() {
        return "/page";
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public boolean hasContent() {
        return method.equals("POST");
    }

    @Override
    public @Nullable String field(String name) {
        return null;
    }
}
