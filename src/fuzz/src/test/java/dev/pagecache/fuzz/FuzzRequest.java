package dev.pagecache.fuzz;

import dev.pagecache.http.Fields;
import dev.pagecache.policy.RequestFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for a path of {@code http://example.com}.
 *
 * @param method its method
 * @param rawPath its path, which is also the one mapped
 * @param query its raw query, or null
 * @param fields its field lines
 */
public record FuzzRequest(
        String method, String rawPath, @Nullable String query, Fields fields) implements RequestFacts {

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
    public String mappedPath() {
        return rawPath;
    }

    @Override
    public boolean hasContent() {
        return false;
    }

    @Override
    public @Nullable String field(String name) {
        List<String> lines = fields.all(name);
        return lines.isEmpty() ? null : String.join(", ", lines);
    }
}
