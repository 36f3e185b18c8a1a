package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * The page {@code /p} of a site, stored once and then stale within its window (RFC 5861 section 3). What replaces it is
 * fresh for long.
 */
final class StalePages {
    private static final int LIMIT = 4_000;
    private static final long PAUSE_NANOS = 5_000_000;
    private static final String SHORT = "max-age=60, stale-while-revalidate=600";
    private static final Duration PAST_SHORT = Duration.ofSeconds(61);

    private StalePages() {}

    /** The first render's lifetime is short. */
    static View aging(View view) {
        return (request, response) -> {
            boolean isFirst = TestSite.render(request) == 1;
            response.setHeader("Cache-Control", isFirst ? SHORT : "max-age=600");
            view.render(request, response);
        };
    }

    /** The first render is a page, the others do something else. */
    static View onceThen(View later) {
        return aging((request, response) -> {
            if (TestSite.render(request) > 1) {
                later.render(request, response);
            } else {
                View.text("render 1").render(request, response);
            }
        });
    }

    /** A page that is rendered twice for each request. */
    static View agingOncePerRequest(View view) {
        return (request, response) -> {
            boolean isFirst = TestSite.render(request) <= 2;
            response.setHeader("Cache-Control", isFirst ? SHORT : "max-age=600");
            view.render(request, response);
        };
    }

    /** Lets the stored page go stale and asks for it on a connection of its own; returns that client and its answer. */
    static Found findStale(TestSite site, String method, String... fields) {
        site.age(PAST_SHORT);
        RawClient client = site.client();
        Reply reply = client.send(method, "/p", fields);
        assertTrue(reply.isHit() && reply.ttl() <= 0, () -> "stale page expected: " + reply);
        return new Found(client, reply);
    }

    static Found findStale(TestSite site) {
        return findStale(site, "GET");
    }

    record Found(RawClient client, Reply reply) implements AutoCloseable {
        @Override
        public void close() {
            client.close();
        }
    }

    /** Asks until the page is one that was stored by a renewal. */
    static Reply awaitFresh(TestSite site) {
        for (int i = 0; i < LIMIT; i++) {
            Reply reply = site.get("/p");
            assertTrue(reply.isHit(), reply::toString);
            if (reply.ttl() > 1) {
                return reply;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError("never renewed");
    }

    /** Tells when the container is through with a request that renewed. */
    static Filter endOfRenewal(CountDownLatch isOver) {
        return (request, response, chain) -> {
            chain.doFilter(request, response);
            if (((HttpServletResponse) response).getHeader("Connection") == null) {
                return;
            }
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new EndListener(isOver));
            } else {
                isOver.countDown();
            }
        };
    }

    /** A container forgets its listeners when asynchronous processing starts anew. */
    private record EndListener(CountDownLatch isOver) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            isOver.countDown();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
