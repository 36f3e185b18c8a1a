package dev.pagecache.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.servlet.RawClient;
import dev.pagecache.servlet.Reply;
import dev.pagecache.servlet.TestSite;
import dev.pagecache.servlet.View;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers that break off or do not fit their length (T10; VSV00004): containers make different things of them, and none
 * of that is ever given to the next client.
 */
@ParameterizedClass
@MethodSource("stages")
final class PartialBodiesIT {
    private static final String WHOLE = "whole page. ".repeat(5_000);

    private final Stage stage;

    PartialBodiesIT(Stage stage) {
        this.stage = stage;
    }

    static Stream<Stage> stages() {
        return Stage.each(PartialBodiesIT::site);
    }

    /** Every page breaks at the first request to its path, and is whole from then on. */
    private static TestSite.Builder site() {
        TestSite.Builder site = TestSite.with().page("/other/*", View.text("other"));
        broken().forEach((name, view) -> {
            Set<String> known = ConcurrentHashMap.newKeySet();
            site.page("/" + name + "/*", (request, response) -> {
                response.setContentType("text/plain;charset=utf-8");
                if (request.getAttribute("broken") != null) {
                    return;
                }
                if (known.add(request.getRequestURI())) {
                    request.setAttribute("broken", true);
                    view.render(request, response);
                } else {
                    response.getWriter().write(WHOLE);
                }
            });
        });
        return site.page("/sendfile", PartialBodiesIT::sendFile);
    }

    private static Map<String, View> broken() {
        Map<String, View> ways = new LinkedHashMap<>();
        lengths(ways);
        failures(ways);
        ways.put("asyncError", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.getResponse().getWriter().write("part");
            throw new IllegalStateException("thrown after startAsync");
        });
        ways.put("asyncTimeout", (request, response) -> {
            response.getWriter().write("part");
            response.flushBuffer();
            AsyncContext async = request.startAsync();
            async.setTimeout(1);
        });
        ways.put("asyncDispatchToNothing", (request, response) -> {
            response.getWriter().write("part");
            request.startAsync().dispatch("/none");
        });
        ways.put("closedEarly", (request, response) -> {
            response.getWriter().write("part");
            response.getWriter().close();
            throw new IllegalStateException("thrown after close");
        });
        return ways;
    }

    private static void lengths(Map<String, View> ways) {
        ways.put("tooShort", (request, response) -> {
            response.setContentLength(100);
            response.getWriter().write("part");
        });
        ways.put("tooShortByField", (request, response) -> {
            response.setHeader("Content-Length", "100");
            response.getOutputStream().print("part");
        });
        ways.put("tooShortFlushed", (request, response) -> {
            response.setContentLengthLong(100);
            response.getOutputStream().print("part");
            response.flushBuffer();
        });
        ways.put("tooLong", (request, response) -> {
            response.setContentLength(2);
            response.getOutputStream().print("part");
        });
        ways.put("lengthChanged", (request, response) -> {
            response.setContentLength(4);
            response.getWriter().write("part");
            response.setContentLength(100);
        });
        ways.put("lengthOfNothing", (request, response) -> response.setContentLength(100));
        ways.put("lengthNone", (request, response) -> response.setHeader("Content-Length", "four"));
    }

    private static void failures(Map<String, View> ways) {
        ways.put("thrown", (request, response) -> {
            response.getWriter().write("part");
            throw new IllegalStateException("thrown");
        });
        ways.put("thrownAfterFlush", (request, response) -> {
            response.getWriter().write("part");
            response.flushBuffer();
            throw new IllegalStateException("thrown");
        });
        ways.put("thrownAfterMuch", (request, response) -> {
            response.getWriter().write("part".repeat(20_000));
            throw new IOException("thrown");
        });
        ways.put("outOfMemory", (request, response) -> {
            response.getWriter().write("part");
            throw new OutOfMemoryError("thrown");
        });
        ways.put("stackOverflow", (request, response) -> {
            response.getWriter().write("part");
            response.flushBuffer();
            throw new StackOverflowError("thrown");
        });
        ways.put("errorAfterOutput", (request, response) -> {
            response.getWriter().write("part");
            response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        });
        ways.put("errorAfterFlush", (request, response) -> {
            response.getWriter().write("part");
            response.flushBuffer();
            try {
                response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            } catch (IllegalStateException e) {
                throw new IOException(e);
            }
        });
        ways.put("resetAfterFlush", (request, response) -> {
            response.getWriter().write("part");
            response.flushBuffer();
            response.reset();
        });
        ways.put("interruptedAndThrown", (request, response) -> {
            response.getWriter().write("part");
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        });
    }

    /** What Tomcat sends of a file by itself, past all streams, where it offers that. */
    private static void sendFile(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!Boolean.TRUE.equals(request.getAttribute("org.apache.tomcat.sendfile.support"))) {
            response.getWriter().write(WHOLE);
            return;
        }
        Path file = Files.createTempFile("pagecache-sendfile-", ".txt");
        Files.writeString(file, WHOLE);
        file.toFile().deleteOnExit();
        request.setAttribute(
                "org.apache.tomcat.sendfile.filename", file.toFile().getCanonicalPath());
        request.setAttribute("org.apache.tomcat.sendfile.start", 0L);
        request.setAttribute("org.apache.tomcat.sendfile.end", (long) WHOLE.length());
        response.setContentLength(WHOLE.length());
    }

    static List<String> names() {
        return new ArrayList<>(broken().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void brokenAnswer_ofTheFirst_isNotGivenToTheNext(String name) {
        String target = "/" + name + "/first";
        stage.raw(RawClient.head("GET", target, "Connection: close"));
        assertEquals(WHOLE, stage.get(target).text());
        assertEquals(WHOLE, stage.warm(target).text());
    }

    /** A page that is there already does not go with the next one of its URL that breaks. */
    @Test
    void brokenAnswer_pastTheCache_takesNoGoodPageAway() {
        stage.get("/thrown/kept");
        stage.warm("/thrown/kept");
        Reply bypassed = stage.get("/thrown/kept", "Authorization: Basic x");
        assertFalse(bypassed.isHit());
        stage.assertKept(WHOLE, "/thrown/kept");
    }

    /** VSV00004: buffers are used again, and no octet of one answer is in another. */
    @Test
    void client_goneInMidAnswer_leavesNoOctetInTheNext() {
        for (int i = 0; i < 20; i++) {
            String target = "/thrownAfterMuch/gone" + i;
            stage.raw(RawClient.head("GET", target));
            try (RawClient client = stage.site().client()) {
                client.write(RawClient.head("GET", target));
                client.abort();
            }
            assertEquals("other", stage.get("/other/" + i).text());
            assertEquals(WHOLE, stage.get(target).text());
        }
    }

    @Test
    void file_sentByTheContainer_isWholeForAll() {
        for (int i = 0; i < 3; i++) {
            Reply reply = stage.get("/sendfile");
            assertEquals(WHOLE, reply.text());
            assertTrue(reply.isComplete());
        }
    }
}
