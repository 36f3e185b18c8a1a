package dev.pagecache.proof;

import dev.pagecache.servlet.TestSite;
import java.time.Duration;

/**
 * One server of the site.
 *
 * @param number from 0
 * @param site its container with the filter
 * @param clock its wall clock
 */
record Node(int number, TestSite site, NodeClock clock) implements AutoCloseable {
    /** So long can a node serve from its own memory what it was never told of. */
    static final Duration MEMORY_MAX_AGE = Duration.ofSeconds(3);

    /** Starts one with short times, so that every way through the cache is gone often. */
    static Node start(int number, String location, Plan plan, Pages pages) {
        TestSite.Builder site = TestSite.with()
                .param("redis", location)
                .param("timeout", "4")
                .param("staleWhileRevalidate", "2")
                .param("staleIfError", "3")
                .param("maxBody", "64KiB")
                .param("collapse", plan.collapse())
                .param("collapse.wait", "1s")
                .contextParam("pagecache.caches.default.memory.maxAge", MEMORY_MAX_AGE.toMillis() + "ms")
                .contextParam("pagecache.caches.default.redis.tracking", String.valueOf(plan.tracksDeletions()))
                .contextParam("pagecache.caches.default.memory.maxBytes", "768KiB");
        NodeClock clock = NodeClock.ofNextNode();
        Node node = new Node(number, pages.on(site).start(), clock);
        if (!clock.isUsed()) {
            node.close();
            throw new IllegalStateException("the filter takes its clock from elsewhere");
        }
        return node;
    }

    @Override
    public void close() {
        site.close();
    }
}
