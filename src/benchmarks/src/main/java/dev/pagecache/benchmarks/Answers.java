package dev.pagecache.benchmarks;

import dev.pagecache.benchmarks.BareServlet.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Single requests outside the measured rounds. */
final class Answers {
    private Answers() {}

    /**
     * An answer, its field names in lower case.
     *
     * @param fields fields in order of their names
     * @param body the content
     */
    @SuppressWarnings("ArrayRecordComponent") // read once
    record Fetched(Map<String, String> fields, byte[] body) {}

    /** The answer to a GET. */
    static Fetched get(int port, String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(10_000);
        try (InputStream in = connection.getInputStream()) {
            byte[] body = in.readAllBytes();
            Map<String, String> fields = new TreeMap<>();
            connection.getHeaderFields().forEach((name, values) -> {
                if (name != null) {
                    fields.put(name.toLowerCase(Locale.ROOT), String.join(", ", values));
                }
            });
            return new Fetched(fields, body);
        }
    }

    /** The second answer of a page behind the filter, which is a hit, for another servlet to send as it is. */
    static Answer ofHit(int port, String path) throws IOException {
        get(port, path);
        Fetched hit = get(port, path);
        String status = hit.fields().getOrDefault("cache-status", "");
        if (!status.contains("; hit")) {
            throw new IllegalStateException("the second answer of " + path + " is no hit: " + status);
        }
        List<String> lines = new ArrayList<>();
        hit.fields().forEach((name, value) -> {
            if (!name.equals("date") && !name.equals("content-length")) {
                lines.add(spelled(name));
                lines.add(value);
            }
        });
        return new Answer(List.copyOf(lines), hit.fields().getOrDefault("etag", ""), hit.body());
    }

    /** The usual letter case of a field name: a capital at the start of each word, and ETag. */
    private static String spelled(String name) {
        if (name.equals("etag")) {
            return "ETag";
        }
        StringBuilder spelled = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            if (i == 0 || name.charAt(i - 1) == '-') {
                spelled.setCharAt(i, Character.toUpperCase(name.charAt(i)));
            }
        }
        return spelled.toString();
    }
}
