package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever method of the Servlet API a page looks at its request with (T1): each request gets what it would get if
 * nothing were kept.
 */
@ParameterizedClass
@MethodSource("stages")
final class ReadersIT {
    private static final List<List<String>> REQUESTS = List.of(
            List.of("Content-Length: 0"),
            List.of(),
            List.of("X-A: 7"),
            List.of("X-A: 7", "X-A: 8"),
            List.of("X-Date: Thu, 01 Jan 1970 00:00:01 GMT"),
            List.of("Host: evil.test"),
            List.of("Host: site.test:81"),
            List.of("X-Forwarded-Host: evil.test", "X-Forwarded-Proto: https", "X-Forwarded-Port: 81"),
            List.of("Forwarded: host=evil.test;proto=https"),
            List.of("Cookie: a=1; JSESSIONID=evil"),
            List.of("Cookie: a=1", "Cookie: a=2"),
            List.of("Accept-Language: de"),
            List.of("Content-Type: text/plain;charset=iso-8859-1"),
            List.of("Content-Type: application/x-www-form-urlencoded;charset=utf-16"),
            List.of("Authorization: Basic ZXZpbDpldmls"),
            List.of("X-HTTP-Method-Override: POST"));

    private final Stage stage;

    ReadersIT(Stage stage) {
        this.stage = stage;
    }

    static Stream<Stage> stages() {
        View view = (request, response) -> response.getWriter().write(Readers.read(request));
        return Stage.each(() -> TestSite.with()
                .param("exclude", "/plain/*")
                .page("/plain/*", view)
                .page("/kept/*", view)
                .page(
                        "/forward/*",
                        (request, response) -> request.getRequestDispatcher("/kept" + request.getPathInfo())
                                .forward(request, response))
                .page(
                        "/dispatch/*",
                        (request, response) -> request.startAsync().dispatch("/kept" + request.getPathInfo())));
    }

    static List<String> names() {
        return new ArrayList<>(Readers.all().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void request_lookedAt_getsItsOwnAnswer(String name) {
        Map<List<String>, String> expected = expected(name);
        assertAnswers(expected, "/kept/" + name);
        assertAnswers(expected, "/kept/" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "cookies", "locale", "serverName", "contentLength"})
    void request_lookedAtAfterADispatch_getsItsOwnAnswer(String name) {
        Map<List<String>, String> expected = expected(name);
        assertAnswers(expected, "/dispatch/" + name);
        assertAnswers(expected, "/dispatch/" + name);
        assertAnswers(expected, "/forward/" + name);
        assertAnswers(expected, "/forward/" + name);
    }

    /** What each request gets where nothing is kept. */
    private Map<List<String>, String> expected(String name) {
        Map<List<String>, String> expected = new LinkedHashMap<>();
        for (List<String> fields : REQUESTS) {
            expected.put(fields, get("/plain/" + name, fields).text().replace("/plain/", "/kept/"));
        }
        return expected;
    }

    private void assertAnswers(Map<List<String>, String> expected, String path) {
        expected.forEach((fields, text) -> assertEquals(text, get(path, fields).text(), fields::toString));
    }

    private Reply get(String path, List<String> fields) {
        return stage.get(path + "?%C3%A4=%C3%A4", fields.toArray(String[]::new));
    }
}
