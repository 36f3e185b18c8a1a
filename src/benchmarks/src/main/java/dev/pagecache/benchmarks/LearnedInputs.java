package dev.pagecache.benchmarks;

import dev.pagecache.benchmarks.LoadClient.Load;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code inputs=learned} costs beside {@code inputs=declared}, on a real Jetty, for a page that reads a dozen
 * headers, cookies, parameters and attributes: misses, each of a URL of its own, and hits; beside a page that names
 * them in Vary, which is what a declared page has to do to be as safe; and hits of a page that reads nothing.
 */
final class LearnedInputs {
    private static final int CONNECTIONS = 16;
    private static final int BYTES = 10_240;
    private static final String FIELDS = String.join(
            "\r\n",
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101",
            "Accept: text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept-Encoding: gzip, deflate, br",
            "Accept-Language: en-GB,en;q=0.8",
            "Referer: https://www.example.org/shop",
            "DNT: 1",
            "Cookie: theme=dark; lang=en; seen=12; id=0123456789abcdef",
            "Sec-Fetch-Mode: navigate",
            "");

    private LearnedInputs() {}

    static List<Comparison> run(Edition edition) throws IOException {
        List<Comparison> comparisons = new ArrayList<>();
        try (ServerProcess server = new ServerProcess(List.of())) {
            String each = "?page=2&sort=name&n=" + LoadClient.NUMBER;
            String one = "?page=2&sort=name";
            comparisons.add(compare("miss, reads a dozen inputs", edition, server, "reading", "reading", each));
            comparisons.add(compare("miss, the declared one names them", edition, server, "varying", "reading", each));
            comparisons.add(compare("hit, reads a dozen inputs", edition, server, "reading", "reading", one));
            comparisons.add(compare("hit, the declared one names them", edition, server, "varying", "reading", one));
            comparisons.add(compare("hit, reads none", edition, server, "plain", "plain", one));
        }
        return comparisons;
    }

    private static Comparison compare(
            String name, Edition edition, ServerProcess server, String declaredPage, String learnedPage, String query)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        try (LoadClient declared = client(address, "declared", declaredPage, query);
                LoadClient learned = client(address, "learned", learnedPage, query)) {
            return Comparison.run(
                    name, BYTES, edition, time -> round(server, declared, time), time -> round(server, learned, time));
        }
    }

    private static LoadClient client(InetSocketAddress address, String inputs, String page, String query)
            throws IOException {
        String head = "GET /" + inputs + "/" + page + "/" + BYTES + query + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + address.getPort() + "\r\n" + FIELDS + "\r\n";
        return new LoadClient(address, head, 200, CONNECTIONS);
    }

    private static Round round(ServerProcess server, LoadClient client, Duration time) {
        Usage before = server.usage();
        Load load = client.run(time);
        return new Round(load.answers(), load.nanos(), server.usage().minus(before));
    }
}
