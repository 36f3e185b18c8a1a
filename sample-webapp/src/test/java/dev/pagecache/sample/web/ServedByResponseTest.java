package dev.pagecache.sample.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ServedByResponseTest {

    private final Map<String, List<String>> fields = new TreeMap<>();
    private final ServedByResponse response = new ServedByResponse(recorder());

    @Test
    void setHeader_cacheStatus_isMirroredBesideOtherMetrics() {
        response.addHeader("Server-Timing", "render;dur=1.0");
        response.setHeader("Cache-Status", "pagecache; hit; ttl=5");
        assertEquals(List.of("pagecache; hit; ttl=5"), fields.get("cache-status"));
        assertEquals(List.of("cache;desc=\"pagecache; hit; ttl=5\"", "render;dur=1.0"), fields.get("server-timing"));
    }

    @Test
    void addHeader_cacheStatusTwice_isMirroredOnceWithBoth() {
        response.addHeader("cache-status", "inner; hit");
        response.addHeader("Cache-Status", "outer; fwd=uri-miss");
        assertEquals(List.of("cache;desc=\"inner; hit, outer; fwd=uri-miss\""), fields.get("server-timing"));
    }

    @Test
    void setHeader_serverTimingAfterwards_keepsTheMirror() {
        response.setHeader("Cache-Status", "pagecache; hit");
        response.setHeader("Server-Timing", "render;dur=2.0");
        assertEquals(List.of("render;dur=2.0", "cache;desc=\"pagecache; hit\""), fields.get("server-timing"));
    }

    @Test
    void addHeader_metricOfAnEarlierAnswer_isDropped() {
        response.setHeader("Cache-Status", "pagecache; hit");
        response.addHeader("Server-Timing", "cache;desc=\"pagecache; fwd=uri-miss; stored\"");
        response.setHeader("Server-Timing", "cache;desc=\"pagecache; fwd=uri-miss; stored\"");
        assertEquals(List.of("cache;desc=\"pagecache; hit\""), fields.get("server-timing"));
    }

    @Test
    void setHeader_quotesInStatus_areEscaped() {
        response.setHeader("Cache-Status", "pagecache; detail=\"a\\b\"");
        assertEquals(List.of("cache;desc=\"pagecache; detail=\\\"a\\\\b\\\"\""), fields.get("server-timing"));
    }

    @Test
    void reset_afterStatus_forgetsTheMirror() {
        response.setHeader("Cache-Status", "pagecache; hit");
        response.reset();
        response.setHeader("Server-Timing", "render;dur=2.0");
        assertEquals(List.of("render;dur=2.0"), fields.get("server-timing"));
    }

    private HttpServletResponse recorder() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> {
                    String field =
                            arguments == null ? "" : arguments[0].toString().toLowerCase(Locale.ROOT);
                    switch (method.getName()) {
                        case "setHeader" -> fields.put(field, new ArrayList<>(List.of(arguments[1].toString())));
                        case "addHeader" ->
                            fields.computeIfAbsent(field, name -> new ArrayList<>())
                                    .add(arguments[1].toString());
                        case "getHeaders" -> {
                            return List.copyOf(fields.getOrDefault(field, List.of()));
                        }
                        case "reset" -> fields.clear();
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }
}
