package dev.pagecache.benchmarks;

import dev.pagecache.benchmarks.BareServlet.Answer;
import dev.pagecache.servlet.PageCacheFilter;
import jakarta.servlet.DispatcherType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A Jetty in a process of its own: {@code /cached/<bytes>} behind the filter, {@code /bare/<bytes>} beside it; and
 * behind filters of their own for each way to treat inputs, {@code /learned/reading/<bytes>} and so on. Its first line
 * names its port; to every line that it reads it answers with what it used so far; it ends with its input.
 */
public final class BenchmarkServer {
    /** As many at least as at most: the allocation of a thread that ended would be lost. */
    private static final int THREADS = 32;

    private BenchmarkServer() {}

    /**
     * Serves until the input ends.
     *
     * @param args sizes of the pages in bytes
     * @throws Exception if Jetty cannot start or stop
     */
    public static void main(String[] args) throws Exception {
        Map<Integer, Answer> answers = new ConcurrentHashMap<>();
        Server server = server(answers);
        ServerConnector connector = connector(server);
        server.start();
        for (String size : args) {
            answers.put(Integer.valueOf(size), Answers.ofHit(connector.getLocalPort(), "/cached/" + size));
        }
        System.out.println(connector.getLocalPort());
        answerUsage();
        server.stop();
    }

    private static Server server(Map<Integer, Answer> answers) {
        Server server = new Server(new QueuedThreadPool(THREADS, THREADS));
        ServletContextHandler context = new ServletContextHandler();
        addFilter(context, "/cached/*", "learned");
        for (String inputs : List.of("learned", "declared")) {
            addFilter(context, "/" + inputs + "/*", inputs);
            context.addServlet(new ServletHolder(new ReadingServlet(false)), "/" + inputs + "/reading/*");
            context.addServlet(new ServletHolder(new ReadingServlet(true)), "/" + inputs + "/varying/*");
            context.addServlet(new ServletHolder(new PageServlet()), "/" + inputs + "/plain/*");
        }
        context.addServlet(new ServletHolder(new PageServlet()), "/cached/*");
        context.addServlet(new ServletHolder(new BareServlet(answers)), "/bare/*");
        server.setHandler(context);
        return server;
    }

    private static void addFilter(ServletContextHandler context, String path, String inputs) {
        FilterHolder filter = new FilterHolder(new PageCacheFilter());
        filter.setAsyncSupported(true);
        filter.setInitParameter("timeout", "24h");
        filter.setInitParameter("maxBody", "2MiB");
        filter.setInitParameter("inputs", inputs);
        context.addFilter(filter, path, EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
    }

    private static ServerConnector connector(Server server) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setHeaderCacheCaseSensitive(true);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        return connector;
    }

    private static void answerUsage() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (in.readLine() != null) {
            System.out.println(Usage.now().toLine());
        }
    }
}
