package dev.pagecache.policy;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request whose every fact can be set; by default a GET of {@code http://example.com/page}. Immutable. */
public final class TestRequest implements RequestFacts {
    private static final TestRequest PLAIN = new TestRequest(
            "GET",
            "http",
            "example.com",
            80,
            "/page",
            "/page",
            null,
            false,
            new TreeMap<>(String.CASE_INSENSITIVE_ORDER));

    private final String method;
    private final String scheme;
    private final String host;
    private final int port;
    private final String rawPath;
    private final String mappedPath;
    private final @Nullable String query;
    private final boolean hasContent;
    private final TreeMap<String, String> fields;

    private TestRequest(
            String method,
            String scheme,
            String host,
            int port,
            String rawPath,
            String mappedPath,
            @Nullable String query,
            boolean hasContent,
            Map<String, String> fields) {
        this.method = method;
        this.scheme = scheme;
        this.host = host;
        this.port = port;
        this.rawPath = rawPath;
        this.mappedPath = mappedPath;
        this.query = query;
        this.hasContent = hasContent;
        this.fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        this.fields.putAll(fields);
    }

    public static TestRequest get() {
        return PLAIN;
    }

    public static TestRequest get(String path) {
        return PLAIN.withPath(path, path);
    }

    public static TestRequest head() {
        return PLAIN.withMethod("HEAD");
    }

    public TestRequest withMethod(String other) {
        return new TestRequest(other, scheme, host, port, rawPath, mappedPath, query, hasContent, fields);
    }

    public TestRequest withScheme(String other) {
        return new TestRequest(method, other, host, port, rawPath, mappedPath, query, hasContent, fields);
    }

    public TestRequest withHost(String other) {
        return new TestRequest(method, scheme, other, port, rawPath, mappedPath, query, hasContent, fields);
    }

    public TestRequest withPort(int other) {
        return new TestRequest(method, scheme, host, other, rawPath, mappedPath, query, hasContent, fields);
    }

    public TestRequest withPath(String otherRaw, String otherMapped) {
        return new TestRequest(method, scheme, host, port, otherRaw, otherMapped, query, hasContent, fields);
    }

    public TestRequest withQuery(@Nullable String other) {
        return new TestRequest(method, scheme, host, port, rawPath, mappedPath, other, hasContent, fields);
    }

    public TestRequest withContent() {
        return new TestRequest(method, scheme, host, port, rawPath, mappedPath, query, true, fields);
    }

    /** With the combined value of a field in place of the one there. */
    public TestRequest with(String name, String value) {
        TreeMap<String, String> more = new TreeMap<>(fields);
        more.put(name, value);
        return new TestRequest(method, scheme, host, port, rawPath, mappedPath, query, hasContent, more);
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String rawPath() {
        return rawPath;
    }

    @Override
    public String mappedPath() {
        return mappedPath;
    }

    @Override
    public @Nullable String query() {
        return query;
    }

    @Override
    public boolean hasContent() {
        return hasContent;
    }

    @Override
    public @Nullable String field(String name) {
        return fields.get(name);
    }

    @Override
    public String toString() {
        return method + ' ' + scheme + "://" + host + ':' + port + rawPath + '[' + mappedPath + "]?" + query + ' '
                + fields;
    }
}
