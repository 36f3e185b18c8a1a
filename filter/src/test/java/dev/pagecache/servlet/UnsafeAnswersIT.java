package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.store.Poll;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to unsafe methods kill pages however and whenever the application makes them, over a socket. */
final class UnsafeAnswersIT {
    private static final String NO_CONTENT = "Content-Length: 0";

    private final ChangingData data = new ChangingData();

    static Map<String, View> answers() {
        Map<String, View> ways = new LinkedHashMap<>();
        ways.put("no output", (request, response) -> response.setStatus(204));
        ways.put("writer", (request, response) -> response.getWriter().write("done"));
        ways.put("stream", (request, response) -> response.getOutputStream().print("done"));
        ways.put("flush", (request, response) -> response.flushBuffer());
        ways.put("reset", (request, response) -> {
            response.setStatus(500);
            response.getWriter().write("x");
            response.reset();
            response.getWriter().write("done");
        });
        ways.put("sendRedirect", (request, response) -> response.sendRedirect("/p"));
        if (TestContainer.hasServlet61()) {
            ways.put("sendRedirect 303", (request, response) -> response.sendRedirect("/p", 303));
            ways.put("sendRedirect keeping the buffer", (request, response) -> response.sendRedirect("/p", false));
            ways.put("sendRedirect all", (request, response) -> response.sendRedirect("/p", 303, true));
        }
        ways.put(
                "forward",
                (request, response) -> request.getRequestDispatcher("/target").forward(request, response));
        ways.put("async, other thread", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                print(async.getResponse(), "done");
                async.complete();
            });
        });
        ways.put("async, response of the servlet", (request, response) -> {
            AsyncContext async = request.startAsync(request, response);
            async.start(() -> {
                print(response, "done");
                async.complete();
            });
        });
        ways.put("async, complete in the servlet", (request, response) -> {
            request.startAsync();
            request.getAsyncContext().complete();
        });
        ways.put("async, no output", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                response.setStatus(204);
                async.complete();
            });
        });
        ways.put("async, redirect", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                response.setHeader("Location", "/p");
                response.setStatus(303);
                async.complete();
            });
        });
        ways.put("async, dispatch", (request, response) -> request.startAsync().dispatch("/target"));
        ways.put("async, started again", (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                AsyncContext again = request.startAsync();
                again.start(again::complete);
            } else {
                request.startAsync().dispatch();
            }
        });
        return ways;
    }

    private static View answer(String way) {
        return Objects.requireNonNull(answers().get(way));
    }

    static Stream<String> namesOfAnswers() {
        return answers().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("namesOfAnswers")
    void answer_madeInAnyWay_killsThePageBeforeItIsRead(String way) {
        View answer = answer(way);
        try (TestSite site = data.site((request, response) -> {
                    if (request.getDispatcherType() != DispatcherType.ASYNC) {
                        data.change();
                    }
                    answer.render(request, response);
                })
                .page("/target", (request, response) -> response.setStatus(202))
                .start()) {
            site.getStoredThenHit("/p");
            assertTrue(site.send("POST", "/p", NO_CONTENT).status() < 400);
            data.assertGone(site, "/p");
        }
    }

    /** An answer to an unsafe method is what it is without the cache, but for the field of the cache. */
    @ParameterizedTest
    @MethodSource("namesOfAnswers")
    void answer_madeInAnyWay_isUnchanged(String way) {
        TestSite.Builder builder =
                data.site(answer(way)).page("/target", (request, response) -> response.setStatus(202));
        try (TestSite cached = builder.start();
                TestSite plain = builder.startPlain()) {
            Reply reply = cached.send("POST", "/p", NO_CONTENT);
            Reply expected = plain.send("POST", "/p", NO_CONTENT);
            assertEquals(expected.statusLine(), reply.statusLine());
            assertEquals(expected.text(), reply.text());
            assertEquals(expected.fieldsWithout("Date"), reply.fieldsWithout("Date", "Cache-Status"));
            assertEquals("pagecache; fwd=method; detail=method", reply.cacheStatus());
        }
    }

    /** The dispatch does not come back through the filter, and no output is asked for: what is left is the end. */
    @Test
    void asyncDispatch_pastTheFilter_killsThePageWhenItIsComplete() {
        View change = (request, response) -> request.startAsync().dispatch("/target");
        try (TestSite site = data.site(change)
                .dispatchers(DispatcherType.REQUEST)
                .page("/target", (request, response) -> response.setStatus(204))
                .start()) {
            site.getStoredThenHit("/p");
            assertEquals(204, site.send("POST", "/p", NO_CONTENT).status());
            Poll.until("the page is gone", () -> !site.get("/p").isHit());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sendRedirect", "flush", "whole length", "dispatched", "asynchronous"})
    @DisplayName("Post, redirect, get: who has read the answer does not get the old page")
    void postRedirectGet_whileTheApplicationIsStillBusy_seesTheNewPage(String way) {
        CountDownLatch followed = new CountDownLatch(1);
        View change = (request, response) -> {
            data.change();
            switch (way) {
                case "sendRedirect" -> response.sendRedirect("/other");
                case "flush" -> {
                    response.setStatus(303);
                    response.setHeader("Location", "/other");
                    response.flushBuffer();
                }
                case "whole length" -> {
                    response.setHeader("Location", "/other");
                    response.setContentLength(4);
                    response.getOutputStream().print("done");
                }
                case "asynchronous" -> {
                    AsyncContext async = request.startAsync();
                    async.start(() -> redirectAndWait(async, followed));
                    return;
                }
                default -> request.getRequestDispatcher("/redirect").forward(request, response);
            }
            Latches.await(followed);
        };
        try (TestSite site = data.site(change)
                        .page("/redirect", (request, response) -> response.sendRedirect("/other"))
                        .start();
                RawClient client = site.client()) {
            site.getStoredThenHit("/p");
            site.getStoredThenHit("/other");
            client.write(RawClient.head("POST", "/p", NO_CONTENT));
            Reply answer = client.readHead();
            assertEquals("/other", answer.one("Location"));
            data.assertGone(site, "/other");
            data.assertGone(site, "/p");
            followed.countDown();
        }
    }

    /** With the response that the container gives to asynchronous processing. */
    private static void redirectAndWait(AsyncContext async, CountDownLatch followed) {
        HttpServletResponse response = (HttpServletResponse) async.getResponse();
        response.setStatus(303);
        response.setHeader("Location", "/other");
        try {
            response.flushBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Latches.await(followed);
        async.complete();
    }

    /**
     * T1 the application asks for its output, T2 another request renders from the old data, T3 the data change, T4 the
     * application ends.
     */
    @Test
    void render_betweenTheOutputAndTheChange_isKilledWhenTheApplicationEnds() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch rendered = new CountDownLatch(1);
        View change = (request, response) -> {
            response.getWriter();
            asked.countDown();
            Latches.await(rendered);
            data.change();
            response.getWriter().write("done");
        };
        try (TestSite site = data.site(change).start()) {
            FutureTask<Reply> post = Latches.start(() -> site.send("POST", "/p", NO_CONTENT));
            Latches.await(asked);
            assertEquals("version 1", site.getStoredThenHit("/p").text());
            rendered.countDown();
            assertEquals("done", Latches.get(post).text());
            data.assertGone(site, "/p");
        }
    }

    /** A render that began before the change is not stored, and the field says why. */
    @Test
    void render_thatTheChangeOvertakes_isNotStored() {
        CountDownLatch rendering = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        View page = (request, response) -> {
            if (request.getMethod().equals("POST")) {
                data.change();
                return;
            }
            int read = data.version.get();
            if (read == 1) {
                rendering.countDown();
                Latches.await(changed);
            }
            response.getWriter().write("version " + read);
        };
        try (TestSite site = TestSite.with().page("/p", page).start()) {
            FutureTask<Reply> slow = Latches.start(() -> site.get("/p"));
            Latches.await(rendering);
            site.send("POST", "/p", NO_CONTENT);
            changed.countDown();
            Reply old = Latches.get(slow);
            assertEquals("version 1", old.text());
            assertEquals("pagecache; fwd=bypass; detail=revoked", old.cacheStatus());
            data.assertGone(site, "/p");
            site.getHit("version 2", "/p");
        }
    }

    private static void print(ServletResponse response, String text) {
        try {
            response.getWriter().write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
