package dev.pagecache.conformance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Serves an origin through the cache until the standard input ends. Its first line names its port. */
public final class Gateway {
    private Gateway() {}

    /**
     * Serves until the input ends.
     *
     * @param args the origin, such as {@code http://127.0.0.1:8000}; the port, 0 for any that is free; then init-params
     *     of the filter as {@code name=value}
     * @throws IOException if the input cannot be read
     * @throws IllegalArgumentException if an argument cannot be understood
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 2) {
            throw new IllegalArgumentException("origin, port and init-params expected");
        }
        Map<String, String> params = new LinkedHashMap<>();
        for (int i = 2; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("name=value expected, not " + args[i]);
            }
            params.put(args[i].substring(0, equals), args[i].substring(equals + 1));
        }
        try (GatewayServer server = GatewayServer.start(address(args[0]), Integer.parseInt(args[1]), params)) {
            System.out.println(server.port());
            while (System.in.read() >= 0) {
                // what is written to it does not matter
            }
        }
    }

    private static InetSocketAddress address(String origin) {
        URI uri = URI.create(origin);
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("http://host:port expected, not " + origin);
        }
        return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
    }
}
