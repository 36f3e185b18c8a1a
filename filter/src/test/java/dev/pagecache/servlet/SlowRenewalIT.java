package dev.pagecache.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagecache.store.Poll;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The request that renews a stale page has a client that does not read the page. */
final class SlowRenewalIT {
    /** More than fits into the buffers of both sockets. */
    private static final int LARGE = 8 << 20;

    private static final View PAGE = StalePages.aging((request, response) -> {
        response.setContentType("text/plain");
        response.getOutputStream().print("render " + TestSite.render(request));
        byte[] rest = new byte[LARGE];
        response.getOutputStream().write(rest);
    });

    @Test
    void stalePage_readByNobodyForLong_isRenewedByTheNextRequest() {
        try (TestSite site =
                TestSite.with().param("maxBody", "9MiB").page("/p", PAGE).start()) {
            assertTrue(site.get("/p").isComplete());
            assertRender(1, site.get("/p"));
            site.age(Duration.ofSeconds(61));
            try (RawClient slow = new RawClient(site.port(), 4096)) {
                slow.write(RawClient.head("GET", "/p"));
                Poll.until("its client holds the renewal up", () -> HeldUp.below(Renewal.class) == 1);
                site.age(Duration.ofSeconds(1));
                assertRender(1, site.get("/p"));
                assertRender(2, StalePages.awaitFresh(site));
                assertRender(1, slow.read("GET"));
                slow.awaitEnd();
            }
            Poll.until("the renewal of the slow one is over", () -> HeldUp.below(Renewal.class) == 0);
            assertRender(2, site.get("/p"));
            assertEquals(2, site.renders("/p"));
        }
    }

    private static void assertRender(int number, Reply reply) {
        assertTrue(reply.isHit() && reply.isComplete(), reply::toString);
        assertTrue(reply.text().startsWith("render " + number + '\0'), reply::toString);
    }
}
