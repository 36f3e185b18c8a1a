package dev.pagecache.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.ee11.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** The packaged WAR on an embedded Jetty at a free loopback port, and a client for it. */
final class SampleServer implements AutoCloseable {

    private final Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    // Version 2 would ask for an upgrade at each request, which no cache may answer.
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private SampleServer() {}

    /**
     * Starts the WAR.
     *
     * @param contextParams beside those of its descriptor
     */
    static SampleServer start(Map<String, String> contextParams) throws Exception {
        SampleServer sample = new SampleServer();
        WebAppContext context = new WebAppContext();
        context.setContextPath("/");
        context.setWar(System.getProperty("sample.war"));
        context.addConfiguration(new AnnotationConfiguration());
        context.addOverrideDescriptor(System.getProperty("sample.overrides"));
        context.setTempDirectory(temporary().toFile());
        context.setThrowUnavailableOnStartupException(true);
        contextParams.forEach(context::setInitParameter);
        sample.server.setHandler(context);
        sample.server.start();
        return sample;
    }

    /** The URI of a path on this server. */
    URI uri(String path) {
        int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Sends GET with request fields as names and values by turns. */
    HttpResponse<String> get(String path, String... fields) throws IOException, InterruptedException {
        return send(fields(HttpRequest.newBuilder(uri(path)), fields).GET().build());
    }

    /** Sends HEAD. */
    HttpResponse<String> head(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** Sends a form. */
    HttpResponse<String> post(String path, String form, String... fields) throws IOException, InterruptedException {
        return send(fields(HttpRequest.newBuilder(uri(path)), fields)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    /** One response field, or empty. */
    static String field(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** What the cache said of the answer. */
    static String status(HttpResponse<?> response) {
        return field(response, "Cache-Status");
    }

    /** The session cookie that an answer sets, as a request returns it. */
    static String cookie(HttpResponse<?> response) {
        return field(response, "Set-Cookie").split(";", 2)[0];
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static HttpRequest.Builder fields(HttpRequest.Builder builder, String... fields) {
        for (int i = 0; i < fields.length; i += 2) {
            builder.header(fields[i], fields[i + 1]);
        }
        return builder;
    }

    private static Path temporary() throws IOException {
        Path parent = Path.of(System.getProperty("sample.war")).resolveSibling("sample-servers");
        return Files.createTempDirectory(Files.createDirectories(parent), "jetty-");
    }
}
