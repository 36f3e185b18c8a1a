package dev.pagecache.benchmarks;

import dev.pagecache.benchmarks.Answers.Fetched;
import dev.pagecache.benchmarks.LoadClient.Load;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hits from memory through the filter on a real Jetty, against a servlet that sends the same answers and does nothing
 * else. The load comes from this process, the server is another one, and what it uses is asked there.
 */
final class HitThroughput {
    private static final int CONNECTIONS = 16;
    private static final int NOT_MODIFIED_BYTES = 10_240;

    private HitThroughput() {}

    static List<Comparison> run(Edition edition) throws IOException {
        List<Comparison> comparisons = new ArrayList<>();
        try (ServerProcess server = new ServerProcess(edition.pageBytes())) {
            for (int size : edition.pageBytes()) {
                Fetched hit = checkSameAnswer(server, size);
                comparisons.add(compare("200", size, edition, server, 200, ""));
                if (size == NOT_MODIFIED_BYTES) {
                    String condition = "If-None-Match: " + hit.fields().get("etag") + "\r\n";
                    comparisons.add(compare("304", size, edition, server, 304, condition));
                }
            }
        }
        return comparisons;
    }

    private static Comparison compare(
            String name, int size, Edition edition, ServerProcess server, int status, String condition)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        try (LoadClient bare = new LoadClient(address, head(address, "/bare/" + size, condition), status, CONNECTIONS);
                LoadClient hit =
                        new LoadClient(address, head(address, "/cached/" + size, condition), status, CONNECTIONS)) {
            return Comparison.run(
                    name, size, edition, time -> round(server, bare, time), time -> round(server, hit, time));
        }
    }

    private static Round round(ServerProcess server, LoadClient client, Duration time) {
        Usage before = server.usage();
        Load load = client.run(time);
        return new Round(load.answers(), load.nanos(), server.usage().minus(before));
    }

    private static String head(InetSocketAddress server, String path, String condition) {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort()
                + "\r\nUser-Agent: benchmark\r\nAccept: */*\r\n" + condition + "\r\n";
    }

    /** A comparison of different answers would say nothing. */
    private static Fetched checkSameAnswer(ServerProcess server, int size) throws IOException {
        Fetched bare = Answers.get(server.port(), "/bare/" + size);
        Fetched hit = Answers.get(server.port(), "/cached/" + size);
        if (!bare.fields().keySet().equals(hit.fields().keySet()) || !Arrays.equals(bare.body(), hit.body())) {
            throw new IllegalStateException("different answers: " + bare.fields() + ", " + hit.fields());
        }
        return hit;
    }
}
