package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Poisoning by inputs that no key names (T1; CVE-2018-14773, CVE-2021-41267, CVE-2024-21510, CVE-2019-19326): whatever
 * field a page reflects, and wherever, nobody gets what another one sent.
 */
@ParameterizedClass
@MethodSource("stages")
final class UnkeyedInputsIT {
    private static final String EVIL = "evil";

    /** Where a page shows a field, and how it gets there. */
    private static final List<String> PLACES = List.of("body", "field", "redirect", "forward", "include");

    /** Further ways, which have nothing to do with the name. */
    private static final List<String> LATE_PLACES = List.of("async", "dispatch", "late", "inherited", "reflecting304");

    private final Stage stage;

    UnkeyedInputsIT(Stage stage) {
        this.stage = stage;
    }

    static Stream<Stage> stages() {
        return Stage.each(UnkeyedInputsIT::reflectingSite);
    }

    private static TestSite.Builder reflectingSite() {
        return TestSite.with()
                .param("statuses", "200,302")
                .page("/body/*", (request, response) -> response.getWriter().write("saw " + seen(request)))
                .page("/field/*", (request, response) -> {
                    response.setHeader("X-Saw", seen(request));
                    response.getWriter().write("page");
                })
                .page("/redirect/*", (request, response) -> response.sendRedirect("/to?saw=" + seen(request)))
                .page(
                        "/forward/*",
                        (request, response) -> request.getRequestDispatcher("/body" + request.getPathInfo())
                                .forward(request, response))
                .page("/include/*", (request, response) -> {
                    response.getWriter().write("around ");
                    request.getRequestDispatcher("/included" + request.getPathInfo())
                            .include(request, response);
                })
                .page(
                        "/included/*",
                        (request, response) ->
                                response.getWriter().write("saw " + request.getHeader(lastPart(request))))
                .page("/async/*", (request, response) -> {
                    AsyncContext async = request.startAsync();
                    async.start(() -> {
                        Async.write(async, "saw " + seen((HttpServletRequest) async.getRequest()));
                        async.complete();
                    });
                })
                .page(
                        "/dispatch/*",
                        (request, response) -> request.startAsync().dispatch("/body" + request.getPathInfo()))
                .page("/late/*", (request, response) -> {
                    response.getWriter().write("x".repeat(50_000));
                    response.flushBuffer();
                    response.getWriter().write("saw " + seen(request));
                })
                .page("/inherited/*", inherited())
                .page("/reflecting304/*", reflecting304());
    }

    /** Reads by names that it got from the request. */
    private static View inherited() {
        return (request, response) -> {
            StringBuilder all = new StringBuilder();
            request.getHeaderNames()
                    .asIterator()
                    .forEachRemaining(name -> request.getHeaders(name)
                            .asIterator()
                            .forEachRemaining(value -> all.append(name).append(value)));
            response.getWriter().write("saw " + all);
        };
    }

    /** Says of a page that it has not changed, and something of the request besides. */
    private static View reflecting304() {
        return (request, response) -> {
            response.setHeader("ETag", "\"same\"");
            response.setHeader("Cache-Control", "max-age=5");
            response.setHeader("X-Saw", seen(request));
            if ("\"same\"".equals(request.getHeader("If-None-Match"))) {
                response.setStatus(304);
            } else {
                response.getWriter().write("page");
            }
        };
    }

    private static String seen(HttpServletRequest request) {
        return String.valueOf(request.getHeader(lastPart(request)));
    }

    /** The end of the path: the same in a target that is included and in the page that includes it. */
    private static String lastPart(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getRequestURI().lastIndexOf('/') + 1);
    }

    static List<String> names() {
        return FieldNames.all();
    }

    static List<String> places() {
        return Stream.concat(PLACES.stream(), LATE_PLACES.stream()).toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void field_reflected_reachesNobodyElse(String name) {
        for (String place : PLACES) {
            assertNeverMistaken("/" + place + "/" + name, name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Host", "Cookie", "Accept-Language", "Origin", "If-None-Match", "Range"})
    void field_reflectedInOtherWays_reachesNobodyElse(String name) {
        for (String place : LATE_PLACES) {
            assertNeverMistaken("/" + place + "/" + name, name);
        }
        assertClean(stage.get("/body/first/" + name), "the victim's");
        assertNeverMistaken("/body/first/" + name, name);
    }

    private void assertNeverMistaken(String target, String name) {
        stage.get(target, name + ": " + EVIL);
        assertClean(stage.get(target), target);
        assertClean(stage.get(target, name + ": good"), target);
        assertClean(stage.get(target, name + ":"), target);
    }

    /** The page was kept before it began to look at the field, or is confirmed by one who sends it. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Host", "Cookie", "Accept-Language", "User-Agent"})
    void field_reflectedByTheConfirmationOfAStalePage_reachesNobodyElse(String name) {
        String target = "/reflecting304/stale/" + name;
        stage.warm(target);
        stage.site().age(Duration.ofSeconds(6));
        stage.get(target, name + ": " + EVIL);
        assertClean(stage.get(target), target);
        assertClean(stage.get(target, name + ": good"), target);
        stage.site().age(Duration.ofSeconds(6));
        stage.get(target, name + ": " + EVIL);
        assertClean(stage.get(target), target);
    }

    /** The corpus would prove nothing if the pages did not show what they read, or were never kept. */
    @ParameterizedTest
    @MethodSource("places")
    void page_ofTheCorpus_showsTheFieldAndIsKept(String place) {
        String target = "/" + place + "/control/X-Control";
        assertTrue(Stage.shows(stage.get(target, "X-Control: shown"), "shown"), target);
        assertTrue(Stage.shows(stage.get(target + "2"), "null") || place.equals("inherited"), target);
        for (int i = 0; i < 2_000; i++) {
            Reply reply = stage.get(target, "X-Control: shown");
            if (reply.isHit()) {
                assertTrue(Stage.shows(reply, "shown"), reply::toString);
                return;
            }
        }
        throw new AssertionError("never kept: " + target);
    }

    @ParameterizedTest
    @ValueSource(ints = {60})
    void corpus_hasManyNames(int atLeast) {
        assertTrue(names().size() >= atLeast);
        assertEquals(names().size(), names().stream().distinct().count());
    }

    private static void assertClean(Reply reply, String target) {
        assertFalse(Stage.shows(reply, EVIL), () -> target + " gives another's: " + reply);
    }
}
