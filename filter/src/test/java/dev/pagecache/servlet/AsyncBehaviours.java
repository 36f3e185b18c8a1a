package dev.pagecache.servlet;

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
import java.util.LinkedHashMap;
import java.util.Map;

/** Ways in which a page can end after its servlet has returned, each under the words that name it. */
final class AsyncBehaviours {

    private AsyncBehaviours() {}

    static Map<String, View> completing() {
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
        return ways;
    }

    /** Pages that dispatch before they write: stored where the dispatch comes back through the filter. */
    static Map<String, View> dispatching() {
        Map<String, View> ways = new LinkedHashMap<>();
        ways.put(
                "dispatch to another path without output before",
                (request, response) -> request.startAsync().dispatch("/target?x=1"));
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
        ways.put(
                "started again by the target",
                (request, response) -> request.startAsync().dispatch("/asynctarget"));
        return ways;
    }

    /** Pages that are whole and never stored: the container, or somebody past the cache, ends them. */
    static Map<String, View> passing() {
        Map<String, View> ways = new LinkedHashMap<>();
        ways.put("dispatch to another path", (request, response) -> {
            response.getWriter().write("before ");
            request.startAsync().dispatch("/target?x=1");
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

    static Map<String, View> breaking() {
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
        // Tomcat 10.1 closes the connection without an answer then.
        if (TestContainer.hasServlet61()) {
            ways.put("exception after start", (request, response) -> {
                request.startAsync().setTimeout(50);
                response.getWriter().write("partial");
                throw new IllegalStateException("boom");
            });
        }
        ways.put(
                "dispatch to an exception",
                (request, response) -> request.startAsync().dispatch("/throwing"));
        ways.put(
                "dispatch to an error",
                (request, response) -> request.startAsync().dispatch("/broken"));
        return ways;
    }

    static void write(AsyncContext async, String text) {
        try {
            async.getResponse().getWriter().write(text);
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
