package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.Behaviours.Behaviour;
import dev.pagecache.servlet.Behaviours.Outcome;
import jakarta.servlet.DispatcherType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same servlets with the cache and without it: the answer that a render gives is the container's own but for the
 * fields that the contract adds, and a hit repeats it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CaptureIT {
    private final Map<String, Behaviour> behaviours = Behaviours.all();
    private final TestSite plain = builder().startPlain();
    private final TestSite site = builder().start();
    private final TestSite heads = builder().start();
    private final TestSite everyDispatch = builder()
            .dispatchers(
                    DispatcherType.REQUEST,
                    DispatcherType.ASYNC,
                    DispatcherType.FORWARD,
                    DispatcherType.INCLUDE,
                    DispatcherType.ERROR)
            .start();

    @AfterAll
    void close() {
        plain.close();
        site.close();
        heads.close();
        everyDispatch.close();
    }

    @ParameterizedTest
    @MethodSource("names")
    void render_throughTheCache_isTheContainersOwn(String name) {
        assertGolden(site, name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void render_throughTheCacheOnEveryDispatch_isTheContainersOwn(String name) {
        assertGolden(everyDispatch, name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void head_cold_isTheContainersOwn(String name) {
        Reply expected = plain.send("HEAD", path(name));
        Reply reply = heads.send("HEAD", path(name));
        assertEquals(expected.statusLine(), reply.statusLine());
        assertEquals(expected.field("Content-Type"), reply.field("Content-Type"));
    }

    /** What the cache leaves alone, it leaves alone entirely. */
    @ParameterizedTest
    @MethodSource("names")
    void post_pastTheCache_isTheContainersOwn(String name) {
        Reply expected = plain.send("POST", path(name), "Content-Length: 0");
        Reply reply = site.send("POST", path(name), "Content-Length: 0");
        assertEquals(expected.statusLine(), reply.statusLine());
        assertEquals(expected.isComplete(), reply.isComplete(), reply::toString);
        assertEquals(expected.fieldsWithout("Date"), reply.fieldsWithout("Date", "Cache-Status"));
        if (expected.isComplete()) {
            assertArrayEquals(expected.body(), reply.body(), () -> expected + "\n\n" + reply);
        }
    }

    /** RFC 9110 section 15.2: an interim response says nothing of the final one. */
    @ParameterizedTest
    @Tag("jetty") // which alone sends 102 so
    @ValueSource(ints = {102, 103})
    void interimResponse_sent_endsNothing(int status) {
        View view = (request, response) -> {
            response.getWriter().write("before, ");
            response.sendError(status);
            response.getWriter().write("after");
        };
        try (TestSite site = TestSite.with().page("/p", view).start()) {
            assertEquals("before, after", site.getStoredThenHit("/p").text());
        }
    }

    @Test
    @Tag("jetty") // which alone finds fault with the location
    void redirect_refusedByTheContainer_isNotStored() {
        View view = (request, response) -> {
            assertThrows(IllegalArgumentException.class, () -> response.sendRedirect("http://[bad"));
            response.getWriter().write("no redirect");
        };
        try (TestSite site =
                TestSite.with().param("statuses", "200,302").page("/p", view).start()) {
            for (int i = 0; i < 2; i++) {
                Reply reply = site.get("/p");
                assertEquals(200, reply.status(), reply::toString);
                assertEquals("no redirect", reply.text());
            }
        }
    }

    private void assertGolden(TestSite cached, String name) {
        Outcome outcome = Objects.requireNonNull(behaviours.get(name)).outcome();
        Reply expected = plain.get(path(name));
        Reply miss = cached.get(path(name));

        assertEquals(expected.statusLine(), miss.statusLine());
        assertEquals(expected.isComplete(), miss.isComplete(), miss::toString);
        if (isErrorWithPartOfThePage(expected)) {
            assertFalse(miss.text().equals(expected.text()), miss::toString);
        } else {
            if (expected.isComplete()) {
                assertArrayEquals(expected.body(), miss.body(), () -> expected + "\n\n" + miss);
            }
            assertEquals(comparable(expected, expected, outcome), comparable(miss, expected, outcome));
        }
        if (outcome == Outcome.AS_THE_CHARSET_IS_KNOWN) {
            assertArrayEquals(miss.body(), cached.get(path(name)).body());
            return;
        }
        if (outcome != Outcome.STORED) {
            assertFalse(miss.saysStored(), miss::toString);
            Reply second = cached.get(path(name));
            assertFalse(second.isHit(), second::toString);
            assertEquals(expected.statusLine(), second.statusLine());
            return;
        }
        Reply hit = cached.get(path(name));
        assertTrue(hit.isHit(), () -> miss + "\n\n" + hit);
        assertArrayEquals(miss.body(), hit.body(), () -> miss + "\n\n" + hit);
        assertEquals(comparable(miss, expected, outcome), comparable(hit, expected, outcome));
    }

    /**
     * Tomcat takes what was written before an exception for the error's content. The cache holds that back, so that its
     * error page is sent.
     */
    private static boolean isErrorWithPartOfThePage(Reply plain) {
        return plain.status() == 500 && List.of("partial", "before").contains(plain.text());
    }

    /** Field lines, without those whose values differ from run to run or that the contract lets a cache add. */
    private static List<String> comparable(Reply reply, Reply plain, Outcome outcome) {
        List<String> fields = new ArrayList<>(reply.fieldsWithout("Date", "Cache-Status", "Age"));
        if (outcome != Outcome.NOT_STORED) {
            for (String name : List.of("Expires", "ETag", "Cache-Control")) {
                if (!plain.has(name)) {
                    removeField(fields, name);
                }
            }
            removeField(fields, "Content-Length");
            fields.remove("Transfer-Encoding: chunked");
        }
        return fields;
    }

    private static void removeField(List<String> fields, String name) {
        fields.removeIf(field -> field.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"));
    }

    private TestSite.Builder builder() {
        TestSite.Builder builder = Behaviours.targets();
        behaviours.forEach((name, behaviour) -> builder.page(path(name), behaviour.view()));
        return builder;
    }

    List<String> names() {
        return new ArrayList<>(behaviours.keySet());
    }

    /** A path that is a servlet mapping, too. */
    private static String path(String name) {
        StringBuilder path = new StringBuilder("/b/");
        for (int i = 0; i < name.length(); i++) {
            path.append(Character.isLetterOrDigit(name.charAt(i)) ? name.charAt(i) : '-');
        }
        return path.toString();
    }
}
