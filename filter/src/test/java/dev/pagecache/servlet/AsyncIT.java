package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages that end after the servlet has returned: stored when they are complete, and only then. */
final class AsyncIT {

    @ParameterizedTest
    @MethodSource("complete")
    void asyncPage_complete_isStoredAndHit(String way) {
        TestSite.Builder builder = site(Objects.requireNonNull(completing().get(way)));
        try (TestSite site = builder.start();
                TestSite plain = builder.startPlain()) {
            assertStored(plain.get("/p"), site);
        }
    }

    @ParameterizedTest
    @MethodSource("complete")
    void asyncPage_completeWithFilterOnRequestsOnly_isStoredAndHit(String way) {
        TestSite.Builder builder =
                site(Objects.requireNonNull(completing().get(way))).dispatchers(DispatcherType.REQUEST);
        try (TestSite site = builder.start();
                TestSite plain = builder.startPlain()) {
            assertStored(plain.get("/p"), site);
        }
    }

    private static void assertStored(Reply plain, TestSite site) {
        Reply miss = site.get("/p");
        assertEquals(plain.statusLine(), miss.statusLine());
        assertEquals(plain.text(), miss.text());
        assertEquals(plain.field("Content-Type"), miss.field("Content-Type"));
        assertTrue(miss.isComplete(), miss::toString);
        Reply hit = site.getHit(plain.text(), "/p");
        assertEquals(plain.field("Content-Type"), hit.field("Content-Type"));
        assertEquals(1, hit.values("Cache-Status").size(), hit::toString);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void asyncPage_broken_isTheContainersOwnAndNeverStored(String way) {
        TestSite.Builder builder = site(Objects.requireNonNull(breaking().get(way)));
        try (TestSite site = builder.start();
                TestSite plain = builder.startPlain()) {
            Reply expected = plain.get("/p");
            for (int i = 0; i < 2; i++) {
                Reply reply = site.get("/p");
                assertEquals(expected.statusLine(), reply.statusLine());
                assertEquals(expected.text(), reply.text());
                assertFalse(reply.isHit() || reply.saysStored(), reply::toString);
            }
            assertEquals(2, site.renders("/p"));
        }
    }

    @Test
    void asyncPage_bodyArrivesInParts_firstPartIsNotHeldBack() {
        CountDownLatch seen = new CountDownLatch(1);
        View view = (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                write(async, "first");
                flush(async);
                Latches.await(seen);
                write(async, "second");
                async.complete();
            });
        };
        try (TestSite site = site(view).start();
                RawClient client = site.client()) {
            client.write(RawClient.head("GET", "/p"));
            client.readHead();
            assertEquals("first", client.readChunk());
            seen.countDown();
            assertEquals("second", client.readChunk());
            assertEquals("", client.readChunk());
            site.getHit("firstsecond", "/p");
        }
    }

    @Test
    void asyncPage_readsSessionLater_isNotStored() {
        View view = (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                request.getSession(false);
                write(async, "x");
                async.complete();
            });
        };
        try (TestSite site = site(view).start()) {
            assertEquals("x", site.get("/p").text());
            assertFalse(site.get("/p").isHit());
        }
    }

    @Test
    void asyncPage_private_isNotStored() {
        View view = (request, response) -> {
            response.setHeader("Cache-Control", "private");
            AsyncContext async = request.startAsync(request, response);
            async.start(() -> {
                write(async, "x");
                async.complete();
            });
        };
        try (TestSite site = site(view).start()) {
            assertEquals("x", site.get("/p").text());
            assertFalse(site.get("/p").isHit());
        }
    }

    @Test
    void asyncPage_onOneConnection_leavesItClean() {
        try (TestSite site = site(Objects.requireNonNull(completing().get("other thread")))
                        .start();
                RawClient client = site.client()) {
            for (int i = 0; i < 6; i++) {
                assertEquals(
                        "page",
                        client.send("GET", i % 2 == 0 ? "/p" : "/p?" + i).text());
            }
            assertEquals(4, site.renders("/p"));
        }
    }

    static List<String> complete() {
        return new ArrayList<>(completing().keySet());
    }

    private static Map<String, View> completing() {
        Map<String, View> ways = new LinkedHashMap<>();
        ways.put("other thread", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            AsyncContext async = request.startAsync();
            async.start(() -> {
                write(async, "page");
                async.complete();
            });
        });
        ways.put("other thread, request and response given", (request, response) -> {
            AsyncContext async = request.startAsync(request, response);
            async.start(() -> {
                write(async, "page");
                async.complete();
            });
        });
        ways.put("other thread, response of the servlet", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                try {
                    response.getWriter().write("page");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                async.complete();
            });
        });
        ways.put("same thread", (request, response) -> {
            AsyncContext async = request.startAsync();
            write(async, "page");
            async.complete();
        });
        ways.put("same thread, output after complete", (request, response) -> {
            AsyncContext async = request.startAsync();
            response.getWriter().write("page ");
            async.complete();
            response.getWriter().write("goes on");
        });
        ways.put("large", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                for (int i = 0; i < 100; i++) {
                    write(async, "0123456789".repeat(500));
                }
                async.complete();
            });
        });
        ways.put("dispatch to another path", (request, response) -> {
            response.getWriter().write("before ");
            request.startAsync().dispatch("/target?x=1");
        });
        ways.put("dispatch from another thread", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> async.dispatch("/target"));
        });
        ways.put(
                "dispatch with request and response given",
                (request, response) -> request.startAsync(request, response).dispatch("/target"));
        ways.put("dispatch to itself", (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                response.getWriter().write("second time");
                return;
            }
            request.startAsync().dispatch();
        });
        ways.put("started again after dispatch", (request, response) -> {
            Object round = request.getAttribute("round");
            int next = round == null ? 1 : (Integer) round + 1;
            request.setAttribute("round", next);
            response.getWriter().write("round " + next + " ");
            AsyncContext async = request.startAsync();
            if (next < 3) {
                async.start(async::dispatch);
            } else {
                async.start(() -> {
                    write(async, "end");
                    async.complete();
                });
            }
        });
        ways.put(
                "started again by the target",
                (request, response) -> request.startAsync().dispatch("/asynctarget"));
        ways.put("listener completes on timeout", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.setTimeout(50);
            async.addListener(new CompletingListener());
        });
        ways.put("non-blocking output", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.getResponse().getOutputStream().setWriteListener(new PieceWriter(async, 40));
        });
        ways.put("non-blocking output of the servlet's response", (request, response) -> {
            AsyncContext async = request.startAsync(request, response);
            response.getOutputStream().setWriteListener(new PieceWriter(async, 3));
        });
        return ways;
    }

    static List<String> broken() {
        return new ArrayList<>(breaking().keySet());
    }

    private static Map<String, View> breaking() {
        Map<String, View> ways = new LinkedHashMap<>();
        ways.put("timeout", (request, response) -> {
            response.getWriter().write("partial");
            request.startAsync().setTimeout(50);
        });
        ways.put("status of error", (request, response) -> {
            AsyncContext async = request.startAsync();
            response.setStatus(503);
            async.complete();
        });
        ways.put("exception after start", (request, response) -> {
            request.startAsync().setTimeout(50);
            response.getWriter().write("partial");
            throw new IllegalStateException("boom");
        });
        ways.put(
                "dispatch to an exception",
                (request, response) -> request.startAsync().dispatch("/throwing"));
        ways.put(
                "dispatch to an error",
                (request, response) -> request.startAsync().dispatch("/broken"));
        return ways;
    }

    private static TestSite.Builder site(View view) {
        return Behaviours.targets().page("/p", view).page("/asynctarget", (request, response) -> {
            response.getWriter().write("target ");
            AsyncContext async = request.startAsync();
            async.start(() -> {
                write(async, "later");
                async.complete();
            });
        });
    }

    static void write(AsyncContext async, String text) {
        try {
            async.getResponse().getWriter().write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flush(AsyncContext async) {
        try {
            async.getResponse().flushBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the page through the context of the event, as applications do. */
    private static final class CompletingListener implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            write(event.getAsyncContext(), "late page");
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    /** Writes pieces whenever the container takes them. */
    private static final class PieceWriter implements WriteListener {
        private final AsyncContext async;
        private final int pieces;
        private int written;

        PieceWriter(AsyncContext async, int pieces) {
            this.async = async;
            this.pieces = pieces;
        }

        @Override
        public void onWritePossible() throws IOException {
            ServletOutputStream out = async.getResponse().getOutputStream();
            while (out.isReady()) {
                if (written == pieces) {
                    async.complete();
                    return;
                }
                written++;
                out.write("piece ".repeat(500).getBytes(StandardCharsets.US_ASCII));
            }
        }

        @Override
        public void onError(Throwable failure) {
            ServletRequest request = async.getRequest();
            request.setAttribute("failure", failure);
            async.complete();
        }
    }
}
